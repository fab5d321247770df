/** A change with its way back: it is done at once, told in a message with "Undo", and kept in the history. */
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useHistory } from './history';
import { useToasts } from './toasts';
import { asFailure } from '../backend/backend';

export interface Undoable {
  /** What was done, as a person says it. */
  label: string;
  redo: () => Promise<unknown>;
  undo: () => Promise<unknown>;
  /** Small changes one sees anyway are not told. */
  quiet?: boolean;
  /** Of quick changes in a row only the last one is told: a message takes the place of the one before it. */
  instead?: boolean;
}

/** Gives a function that does it; true when it worked. What failed is told. */
export function useUndoable(): (change: Undoable) => Promise<boolean> {
  const { t } = useTranslation();
  const history = useHistory();
  const toasts = useToasts();
  const told = useRef<number | null>(null);
  return async ({ label, redo, undo, quiet, instead }) => {
    const step = { label, redo, undo };
    try {
      await history.perform(step);
    } catch (thrown) {
      const failure = asFailure(thrown);
      toasts.show({ tone: 'bad', text: failure.message, failure });
      return false;
    }
    if (!quiet) {
      const takeBack = () => void history.takeBack(step);
      if (instead && told.current !== null) toasts.dismiss(told.current);
      const id = toasts.show({ tone: 'plain', text: label, action: { label: t('undo'), run: takeBack } });
      if (instead) told.current = id;
    }
    return true;
  };
}
