/** Dragging in the calendar: clips of the tray are placed, what stands in it is moved. */
import { type ReactNode, createContext, useContext, useState } from 'react';
import { follow } from '../../../lib/follow';
import type { Entry } from './entries';

/** Where something is let go: a day, and a time of it when it was a slot. */
export interface Goal {
  day: string;
  minute: number | null;
}

type Dragged = { kind: 'clips'; clips: readonly string[] } | { kind: 'entry'; entry: Entry };

interface Dragging {
  dragged: Dragged | null;
  /** The mark of what it is over. */
  over: string | null;
  begin(event: React.PointerEvent<HTMLElement>, dragged: Dragged): void;
}

/** Marks what can be dropped on. */
export const GOAL = 'data-drop-goal';

/** The mark of a day, or of a time in it. */
export function markOf({ day, minute }: Goal): string {
  return minute === null ? day : `${day} ${minute}`;
}

export function goalOf(mark: string): Goal {
  const [day = '', minute] = mark.split(' ');
  return { day, minute: minute === undefined ? null : Number(minute) };
}

const DragContext = createContext<Dragging | null>(null);

export function DragProvider(props: {
  onPlace: (clips: readonly string[], goal: Goal) => void;
  onMove: (entry: Entry, goal: Goal) => void;
  children: ReactNode;
}) {
  const [dragged, setDragged] = useState<Dragged | null>(null);
  const [over, setOver] = useState<string | null>(null);
  const drop = (what: Dragged, mark: string | null) => {
    setDragged(null);
    setOver(null);
    if (mark === null) return;
    if (what.kind === 'clips') props.onPlace(what.clips, goalOf(mark));
    else props.onMove(what.entry, goalOf(mark));
  };
  return (
    <DragContext.Provider
      value={{
        dragged,
        over,
        begin: (event, what) =>
          follow(event, GOAL, {
            begun: () => setDragged(what),
            over: setOver,
            ended: (mark) => drop(what, mark),
          }),
      }}
    >
      {props.children}
    </DragContext.Provider>
  );
}

export function useDragging(): Dragging {
  const dragging = useContext(DragContext);
  if (!dragging) throw new Error('useDragging outside of the calendar');
  return dragging;
}
