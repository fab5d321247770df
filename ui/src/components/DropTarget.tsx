/**
 * Files dragged over the window. A page says what it does with them; while they are over the window the whole page says
 * so, and a page that takes none says that, too.
 */
import { FileX2, FolderInput } from 'lucide-react';
import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useEffectEvent,
  useMemo,
  useState,
} from 'react';
import { useTranslation } from 'react-i18next';
import { useScope } from '../app/scope';
import type { Drag } from '../backend/backend';
import { listening } from '../lib/listening';
import css from './DropTarget.module.css';

/** Files that were let go over the window. */
export interface Dropped {
  /** Full paths of files and folders. */
  paths: string[];
  /** Where, in pixels of the page. */
  x: number;
  y: number;
}

interface Target {
  label: string;
  take: (dropped: Dropped) => void;
}

const DropContext = createContext<{
  over: boolean;
  target: Target | undefined;
  add: (target: Target) => () => void;
} | null>(null);

export function DropProvider({ children }: { children: ReactNode }) {
  const { backend } = useScope();
  const [over, setOver] = useState(false);
  const [targets, setTargets] = useState<readonly Target[]>([]);
  const target = targets.at(-1);
  const take = useEffectEvent((dropped: Dropped) => target?.take(dropped));

  useEffect(() => {
    const hear = (drag: Drag) => {
      setOver(drag.kind === 'over');
      if (drag.kind === 'dropped') take({ paths: drag.paths, x: drag.x, y: drag.y });
    };
    return listening(
      () => backend.onDrag(hear),
      // Without it files can still be chosen with the button.
      () => setOver(false),
    );
  }, [backend]);

  const add = useMemo(
    () => (added: Target) => {
      setTargets((before) => [...before, added]);
      return () => setTargets((before) => before.filter((other) => other !== added));
    },
    [],
  );
  const value = useMemo(() => ({ over, target, add }), [over, target, add]);
  return <DropContext.Provider value={value}>{children}</DropContext.Provider>;
}

function useDropContext() {
  const context = useContext(DropContext);
  if (!context) throw new Error('files dropped outside of a session');
  return context;
}

/**
 * Takes files that are dropped on the window while the component is mounted; the one mounted last takes them.
 *
 * @param label what happens with them ("Add to the library")
 */
export function useDropped(label: string, dropped: (dropped: Dropped) => void): void {
  const { add } = useDropContext();
  const take = useEffectEvent(dropped);
  useEffect(() => add({ label, take: (files) => take(files) }), [add, label]);
}

/** Over the page while files are dragged. */
export function DropOverlay() {
  const { t } = useTranslation();
  const { over, target } = useDropContext();
  if (!over) return null;
  return (
    <div className={css.overlay} data-takes={target !== undefined} role="status">
      <div className={css.card}>
        {target ? <FolderInput aria-hidden /> : <FileX2 aria-hidden />}
        <p>{target?.label ?? t('dropNowhere')}</p>
      </div>
    </div>
  );
}
