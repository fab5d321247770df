/** Dragging a row of a short list to another place, with the pointer. */
import { type PointerEvent, type RefObject, useState } from 'react';

export interface Reorder {
  /** Which row is dragged, how far by now (pixels), and where it would come to stand. */
  dragged: { from: number; to: number; by: number } | null;
  begin: (from: number) => (event: PointerEvent<HTMLElement>) => void;
}

/**
 * @param list holds the rows, one child each
 * @param move called when a row is let go at another place
 */
export function useReorder(
  list: RefObject<HTMLElement | null>,
  move: (from: number, to: number) => void,
): Reorder {
  const [dragged, setDragged] = useState<Reorder['dragged']>(null);
  const begin = (from: number) => (event: PointerEvent<HTMLElement>) => {
    const rows = list.current;
    if (event.button !== 0 || !rows) return;
    const grip = event.currentTarget;
    grip.setPointerCapture(event.pointerId);
    const start = event.clientY;
    // As they stand before anything moves.
    const middles = Array.from(rows.children, (row) => {
      const { top, height } = row.getBoundingClientRect();
      return top + height / 2;
    });
    const place = (y: number) => {
      const centre = (middles[from] ?? 0) + y - start;
      return middles.filter((middle, index) => index !== from && middle < centre).length;
    };
    const moving = (next: globalThis.PointerEvent) =>
      setDragged({ from, to: place(next.clientY), by: next.clientY - start });
    const ended = (last: globalThis.PointerEvent) => {
      grip.removeEventListener('pointermove', moving);
      grip.removeEventListener('pointerup', ended);
      grip.removeEventListener('pointercancel', ended);
      setDragged(null);
      const to = place(last.clientY);
      if (last.type === 'pointerup' && to !== from) move(from, to);
    };
    grip.addEventListener('pointermove', moving);
    grip.addEventListener('pointerup', ended);
    grip.addEventListener('pointercancel', ended);
  };
  return { dragged, begin };
}
