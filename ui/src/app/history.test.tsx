import { act, renderHook } from '@testing-library/react';
import type { ReactNode } from 'react';
import { describe, expect, it } from 'vitest';
import { failure } from '../backend/fake';
import { HistoryProvider, useHistory } from './history';
import { ToastProvider, useToasts } from './toasts';

function history() {
  const wrapper = ({ children }: { children: ReactNode }) => (
    <ToastProvider>
      <HistoryProvider>{children}</HistoryProvider>
    </ToastProvider>
  );
  return renderHook(() => ({ history: useHistory(), toasts: useToasts() }), { wrapper }).result;
}

/** A list that is written to, with steps that know their way back. */
function list() {
  const things: string[] = [];
  const add = (thing: string) => ({
    label: `Added ${thing}`,
    redo: async () => void things.push(thing),
    undo: async () => void things.splice(things.lastIndexOf(thing), 1),
  });
  return { things, add };
}

describe('undo and redo', () => {
  it('take_steps_back_and_do_them_again_in_order', async () => {
    const result = history();
    const { things, add } = list();
    await act(() => result.current.history.perform(add('one')));
    await act(() => result.current.history.perform(add('two')));
    expect(result.current.history).toMatchObject({ canUndo: 'Added two', canRedo: null });
    await act(() => result.current.history.undo());
    expect(things).toEqual(['one']);
    expect(result.current.history).toMatchObject({ canUndo: 'Added one', canRedo: 'Added two' });
    await act(() => result.current.history.redo());
    expect(things).toEqual(['one', 'two']);
  });

  it('a_new_step_forgets_what_was_taken_back', async () => {
    const result = history();
    const { things, add } = list();
    await act(() => result.current.history.perform(add('one')));
    await act(() => result.current.history.undo());
    await act(() => result.current.history.perform(add('two')));
    expect(result.current.history.canRedo).toBeNull();
    expect(things).toEqual(['two']);
  });

  it('a_second_undo_waits_until_the_first_is_done', async () => {
    const result = history();
    const undone: string[] = [];
    let first = () => {};
    const slow = new Promise<void>((resolve) => (first = resolve));
    act(() => {
      result.current.history.remember({
        label: 'one',
        undo: async () => void undone.push('one'),
        redo: async () => undefined,
      });
      result.current.history.remember({
        label: 'two',
        undo: () => slow.then(() => undone.push('two')),
        redo: async () => undefined,
      });
    });
    await act(async () => {
      const both = [result.current.history.undo(), result.current.history.undo()];
      await Promise.resolve();
      expect(undone).toEqual([]);
      first();
      await Promise.all(both);
    });
    expect(undone).toEqual(['two', 'one']);
  });

  it('what_cannot_be_undone_is_said_and_the_rest_still_can', async () => {
    const result = history();
    const { things, add } = list();
    await act(() => result.current.history.perform(add('one')));
    act(() =>
      result.current.history.remember({
        label: 'broken',
        undo: () => Promise.reject(failure('not_found', 'The clip is gone.')),
        redo: async () => undefined,
      }),
    );
    await act(async () => expect(await result.current.history.undo()).toBeNull());
    expect(result.current.toasts.list.map((toast) => toast.text)).toEqual(['The clip is gone.']);
    await act(() => result.current.history.undo());
    expect(things).toEqual([]);
  });

  it('a_step_that_fails_is_not_remembered', async () => {
    const result = history();
    const step = { ...list().add('one'), redo: () => Promise.reject(failure('disk_full', 'Full.')) };
    await act(() =>
      expect(result.current.history.perform(step)).rejects.toMatchObject({ code: 'disk_full' }),
    );
    expect(result.current.history.canUndo).toBeNull();
  });
});
