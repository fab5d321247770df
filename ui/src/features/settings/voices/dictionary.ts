/** How names are said: reading and changing the dictionary. Every change knows its way back. */
import { useQueryClient } from '@tanstack/react-query';
import { useHistory } from '../../../app/history';
import { keyOf, useCall } from '../../../app/queries';
import { useScope } from '../../../app/scope';
import { useUndoable } from '../../../app/undoable';
import type { Pronunciation } from '../../../backend/bindings/calls';

const KEY = keyOf('pronunciation_show', {});

/** The same entry: a word has one pronunciation in a language, letter case aside. */
export function same(a: Pronunciation, b: Pronunciation): boolean {
  return (
    a.language.toLowerCase() === b.language.toLowerCase() &&
    a.written.toLowerCase() === b.written.toLowerCase()
  );
}

/** There is a letter or a digit in it: something to read, or to say. */
export const hasLetters = (text: string): boolean => /[\p{L}\p{N}]/u.test(text);

export function useDictionary() {
  const scope = useScope();
  const client = useQueryClient();
  const history = useHistory();
  const undoable = useUndoable();
  const shown = useCall('pronunciation_show', {});
  const entries = shown.data ?? [];

  const set = async (next: readonly Pronunciation[]) => {
    client.setQueryData(KEY, await scope.call('pronunciation_set', { entries: [...next] }));
  };
  const step = (label: string, next: readonly Pronunciation[]) => ({
    label,
    redo: () => set(next),
    undo: () => set(entries),
  });
  return {
    shown,
    entries,
    /** Rejects when it was not taken. */
    add: (label: string, entry: Pronunciation) => history.perform(step(label, [...entries, entry])),
    change: (label: string, before: Pronunciation, after: Pronunciation) =>
      history.perform(
        step(
          label,
          entries.map((one) => (same(one, before) ? after : one)),
        ),
      ),
    /** Says it, with the way back. */
    remove: (label: string, entry: Pronunciation) =>
      undoable(
        step(
          label,
          entries.filter((one) => !same(one, entry)),
        ),
      ),
  };
}
