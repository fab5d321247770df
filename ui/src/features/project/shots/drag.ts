/** Dragging shots to other places of the script. */
import { createContext, useContext } from 'react';
import { follow as followPointer } from '../../../lib/follow';

/** What is dragged: a shot of the timeline, or one of the footage. */
export type Dragged =
  { kind: 'place'; index: number } | { kind: 'shot'; shot: string; source: string; inMs: number };

export interface Dragging {
  dragged: Dragged | null;
  /** Index of the place it is over. */
  over: number | null;
  /** Begins to drag once the pointer moves. */
  begin(event: React.PointerEvent<HTMLElement>, dragged: Dragged): void;
}

/** Marks what can be dropped on; its value is the index of the place. */
export const DROP = 'data-drop-place';
export const DragContext = createContext<Dragging | null>(null);

export function useDragging(): Dragging {
  const dragging = useContext(DragContext);
  if (!dragging) throw new Error('useDragging outside of a project');
  return dragging;
}

/** Follows one drag of a shot to its end. */
export function follow(
  event: React.PointerEvent<HTMLElement>,
  hear: {
    begun: () => void;
    over: (place: number | null) => void;
    /** `null` when it was let go elsewhere, or given up. */
    ended: (place: number | null) => void;
  },
): void {
  const place = (goal: string | null) => (goal === null ? null : Number(goal));
  followPointer(event, DROP, {
    begun: hear.begun,
    over: (goal) => hear.over(place(goal)),
    ended: (goal) => hear.ended(place(goal)),
  });
}
