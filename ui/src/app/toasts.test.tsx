import { act, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { failure } from '../backend/fake';
import { ToastProvider, UNDO_MS, useSay, useToasts } from './toasts';

const toasts = () => renderHook(() => ({ ...useToasts(), say: useSay() }), { wrapper: ToastProvider }).result;
const texts = (result: ReturnType<typeof toasts>) => result.current.list.map((toast) => toast.text);

describe('messages', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it('go_by_themselves_and_stay_longer_when_there_is_a_way_back', () => {
    const result = toasts();
    act(() => void result.current.show({ tone: 'good', text: 'plain' }));
    act(
      () =>
        void result.current.show({ tone: 'plain', text: 'undo', action: { label: 'Undo', run: vi.fn() } }),
    );
    act(() => vi.advanceTimersByTime(UNDO_MS - 1));
    expect(texts(result)).toEqual(['undo']);
    act(() => vi.advanceTimersByTime(1));
    expect(texts(result)).toEqual([]);
  });

  it('a_failure_stays_until_it_is_read', () => {
    const result = toasts();
    let id = 0;
    act(() => (id = result.current.show({ tone: 'bad', text: 'failed' })));
    act(() => vi.advanceTimersByTime(10 * UNDO_MS));
    expect(texts(result)).toEqual(['failed']);
    act(() => result.current.dismiss(id));
    expect(texts(result)).toEqual([]);
  });

  it('what_follows_a_message_happens_once_whether_it_went_or_was_closed', () => {
    const result = toasts();
    const gone = vi.fn();
    let id = 0;
    act(() => (id = result.current.show({ tone: 'plain', text: 'one' }, { onGone: gone })));
    act(() => result.current.dismiss(id));
    act(() => vi.advanceTimersByTime(UNDO_MS));
    expect(gone).toHaveBeenCalledOnce();
  });

  it('four_at_a_time_are_enough', () => {
    const result = toasts();
    for (const text of ['1', '2', '3', '4', '5'])
      act(() => void result.current.show({ tone: 'plain', text }));
    expect(texts(result)).toEqual(['2', '3', '4', '5']);
  });

  it('say_what_failed', async () => {
    const result = toasts();
    act(() => result.current.say.failing(Promise.reject(failure('disk_full', 'The disk is full.'))));
    await act(() => Promise.resolve());
    expect(result.current.list[0]).toMatchObject({
      tone: 'bad',
      text: 'The disk is full.',
      failure: { code: 'disk_full' },
    });
  });
});
