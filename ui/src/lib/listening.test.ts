import { describe, expect, it, vi } from 'vitest';
import { listening } from './listening';

describe('listening', () => {
  it('ends_also_when_it_is_ended_before_it_has_begun', async () => {
    const unlisten = vi.fn();
    let begun: (unlisten: () => void) => void = () => {};
    const stop = listening(() => new Promise((resolve) => (begun = resolve)), vi.fn());
    stop();
    begun(unlisten);
    await Promise.resolve();
    expect(unlisten).toHaveBeenCalledOnce();
  });

  it('ends_once_it_has_begun', async () => {
    const unlisten = vi.fn();
    const stop = listening(() => Promise.resolve(unlisten), vi.fn());
    await Promise.resolve();
    expect(unlisten).not.toHaveBeenCalled();
    stop();
    expect(unlisten).toHaveBeenCalledOnce();
  });

  it('says_when_it_cannot_begin_unless_nobody_waits_any_more', async () => {
    const failed = vi.fn();
    listening(() => Promise.reject(new Error('no')), failed);
    const stop = listening(() => Promise.reject(new Error('late')), failed);
    stop();
    await Promise.resolve();
    await Promise.resolve();
    expect(failed.mock.calls).toEqual([[new Error('no')]]);
  });
});
