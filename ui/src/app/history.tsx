/** Undo and redo: each change knows its way back. A list a session, so nothing is undone in another profile. */
import { createContext, type ReactNode, useContext, useMemo, useRef, useState } from 'react';
import { asFailure } from '../backend/backend';
import { useToasts } from './toasts';

export interface Step {
  /** What was done, as a person says it ("Tag added"). */
  label: string;
  undo: () => Promise<unknown>;
  redo: () => Promise<unknown>;
}

export interface History {
  canUndo: string | null;
  canRedo: string | null;
  /** Does it now and remembers the way back. Rejects when doing it fails. */
  perform(step: Step): Promise<void>;
  /** Remembers a step that was done already. */
  remember(step: Step): void;
  /** Takes the last step back; gives what it was, or null when there was nothing or it failed. */
  undo(): Promise<string | null>;
  redo(): Promise<string | null>;
  /** Undoes this very step, whatever was done after it: the "Undo" of its own message. */
  takeBack(step: Step): Promise<string | null>;
}

const LONGEST = 200;
const HistoryContext = createContext<History | null>(null);

export function HistoryProvider({ children }: { children: ReactNode }) {
  const toasts = useToasts();
  const past = useRef<Step[]>([]);
  const future = useRef<Step[]>([]);
  // One step at a time: a second Ctrl+Z waits until the first is done.
  const turn = useRef<Promise<unknown>>(Promise.resolve());
  const [labels, setLabels] = useState<{ undo: string | null; redo: string | null }>({
    undo: null,
    redo: null,
  });

  const actions = useMemo(() => {
    const shown = () =>
      setLabels({ undo: past.current.at(-1)?.label ?? null, redo: future.current.at(-1)?.label ?? null });
    const move = async (how: 'undo' | 'redo'): Promise<string | null> => {
      const [from, to] = how === 'undo' ? [past.current, future.current] : [future.current, past.current];
      const step = from.pop();
      if (!step) return null;
      try {
        await step[how]();
        to.push(step);
        return step.label;
      } catch (thrown) {
        const failure = asFailure(thrown);
        toasts.show({ tone: 'bad', text: failure.message, failure });
        return null;
      } finally {
        shown();
      }
    };
    const inTurn = (work: () => Promise<string | null>) => {
      const done = turn.current.then(work);
      turn.current = done;
      return done;
    };
    const takeBack = async (step: Step): Promise<string | null> => {
      const at = past.current.lastIndexOf(step);
      // Undone already, with the key.
      if (at < 0) return null;
      // It becomes the last one, so that it is undone and can be redone like any other.
      past.current = [...past.current.toSpliced(at, 1), step];
      return move('undo');
    };
    const remember = (step: Step) => {
      past.current = [...past.current.slice(1 - LONGEST), step];
      future.current = [];
      shown();
    };
    return {
      remember,
      async perform(step: Step) {
        await step.redo();
        remember(step);
      },
      undo: () => inTurn(() => move('undo')),
      redo: () => inTurn(() => move('redo')),
      takeBack: (step: Step) => inTurn(() => takeBack(step)),
    };
  }, [toasts]);

  const value = useMemo<History>(
    () => ({ ...actions, canUndo: labels.undo, canRedo: labels.redo }),
    [actions, labels],
  );
  return <HistoryContext.Provider value={value}>{children}</HistoryContext.Provider>;
}

export function useHistory(): History {
  const history = useContext(HistoryContext);
  if (!history) throw new Error('useHistory outside of a session');
  return history;
}
