import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { failure, fakeProfile } from '../backend/fake';
import { Deletions } from './deletions';
import { UNDO_MS } from './toasts';
import { inOrder } from './window';

const PROFILE = fakeProfile('Brand A');

describe('profiles on their way to the trash', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  function deletions(call = vi.fn(() => Promise.resolve(PROFILE))) {
    const made = new Deletions({ call: call as never });
    made.moveTo(1);
    return { made, call };
  }

  it('are_deleted_through_the_session_of_then', async () => {
    const { made, call } = deletions();
    made.start(PROFILE);
    made.moveTo(7);
    await vi.advanceTimersByTimeAsync(UNDO_MS);
    expect(call.mock.calls).toEqual([[7, 'profile_delete', { id: PROFILE.id }]]);
    expect(made.list()).toEqual([]);
  });

  it('are_left_alone_when_that_is_taken_back', async () => {
    const { made, call } = deletions();
    made.start(PROFILE);
    made.undo(PROFILE.id);
    await vi.advanceTimersByTimeAsync(UNDO_MS);
    expect(call).not.toHaveBeenCalled();
  });

  it('are_asked_for_again_when_the_window_moved_on_meanwhile', async () => {
    const call = vi.fn((epoch: number) => {
      if (epoch > 1) return Promise.resolve(PROFILE);
      made.moveTo(2);
      return Promise.reject(failure('stale_session', 'Another profile is shown.'));
    });
    const { made } = deletions(call as never);
    made.start(PROFILE);
    await vi.advanceTimersByTimeAsync(UNDO_MS);
    expect(call.mock.calls.map(([epoch]) => epoch)).toEqual([1, 2]);
    expect(made.list()).toEqual([]);
  });

  it('are_in_the_list_again_when_they_cannot_be_deleted', async () => {
    const { made } = deletions(vi.fn(() => Promise.reject(failure('runner_busy', 'Its jobs are running.'))));
    made.start(PROFILE);
    expect(inOrder([PROFILE], made.list())).toEqual([]);
    await vi.advanceTimersByTimeAsync(UNDO_MS);
    expect(made.list()[0]?.failure?.message).toBe('Its jobs are running.');
    expect(inOrder([PROFILE], made.list())).toEqual([PROFILE]);
  });
});
