/** Short messages at the edge of the window, often with a way back. They belong to one session and go with it. */
import { createContext, type ReactNode, useCallback, useContext, useMemo, useRef, useState } from 'react';
import { type Failure, asFailure } from '../backend/backend';

export interface Toast {
  id: number;
  tone: 'plain' | 'good' | 'bad';
  text: string;
  /** What to do about it, or how to take it back. */
  action?: { label: string; run: () => void };
  failure?: Failure;
  /** How much of it is done, 0 to 1: it stays until whoever shows it takes it away. */
  progress?: number;
}

/** How long a message with a way back stays. */
export const UNDO_MS = 10_000;
const PLAIN_MS = 5_000;

export interface Toasts {
  list: readonly Toast[];
  show(toast: Omit<Toast, 'id'>, options?: { onGone?: () => void }): number;
  /** Another text or progress in its place. */
  change(id: number, toast: Partial<Omit<Toast, 'id'>>): void;
  dismiss(id: number): void;
}

const ToastContext = createContext<Toasts | null>(null);

export function ToastProvider({ children }: { children: ReactNode }) {
  const [list, setList] = useState<readonly Toast[]>([]);
  const next = useRef(1);
  const gone = useRef(new Map<number, () => void>());

  const dismiss = useCallback((id: number) => {
    setList((before) => before.filter((toast) => toast.id !== id));
    const after = gone.current.get(id);
    gone.current.delete(id);
    after?.();
  }, []);

  const show = useCallback<Toasts['show']>(
    (toast, options) => {
      const id = next.current++;
      setList((before) => [...before.slice(-3), { ...toast, id }]);
      if (options?.onGone) gone.current.set(id, options.onGone);
      // A failure stays until it is read.
      if (toast.tone !== 'bad' && toast.progress === undefined)
        setTimeout(() => dismiss(id), toast.action ? UNDO_MS : PLAIN_MS);
      return id;
    },
    [dismiss],
  );

  const change = useCallback<Toasts['change']>((id, toast) => {
    setList((before) => before.map((one) => (one.id === id ? { ...one, ...toast } : one)));
  }, []);

  const value = useMemo(() => ({ list, show, change, dismiss }), [list, show, change, dismiss]);
  return <ToastContext.Provider value={value}>{children}</ToastContext.Provider>;
}

/** Says in a message when something fails, for what has no better place of its own to say it. */
export function useSay(): { failing: (work: Promise<unknown>) => void } {
  const { show } = useToasts();
  return useMemo(
    () => ({
      failing(work) {
        work.catch((thrown: unknown) => {
          const failure = asFailure(thrown);
          show({ tone: 'bad', text: failure.message, failure });
        });
      },
    }),
    [show],
  );
}

export function useToasts(): Toasts {
  const toasts = useContext(ToastContext);
  if (!toasts) throw new Error('useToasts outside of a session');
  return toasts;
}
