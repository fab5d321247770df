/** Dragging a waiting job to another place, with the pointer. */
import { type PointerEvent, useRef, useState } from 'react';
import type { Job } from '../../backend/bindings/calls';
import { peersOf } from './groups';

export interface DragOrder {
  /** What is dragged, and how many places it would move. */
  dragged: { id: string; by: number } | null;
  begin: (job: Job) => (event: PointerEvent<HTMLElement>) => void;
}

/**
 * @param rowHeight pixels from one waiting row to the next
 * @param move called when it is let go at another place
 */
export function useDragOrder(
  waiting: readonly Job[],
  rowHeight: number,
  move: (job: Job, by: number) => void,
): DragOrder {
  const [dragged, setDragged] = useState<DragOrder['dragged']>(null);
  const from = useRef(0);
  const begin = (job: Job) => (event: PointerEvent<HTMLElement>) => {
    if (event.button !== 0) return;
    const grip = event.currentTarget;
    event.preventDefault();
    grip.setPointerCapture(event.pointerId);
    from.current = event.clientY;
    const peers = peersOf(waiting, job);
    const place = peers.findIndex((other) => other.id === job.id);
    const placesTo = (clientY: number) =>
      Math.min(peers.length - 1 - place, Math.max(-place, Math.round((clientY - from.current) / rowHeight)));
    const moved = (next: globalThis.PointerEvent) => setDragged({ id: job.id, by: placesTo(next.clientY) });
    const ended = (last: globalThis.PointerEvent) => {
      grip.removeEventListener('pointermove', moved);
      grip.removeEventListener('pointerup', ended);
      grip.removeEventListener('pointercancel', ended);
      setDragged(null);
      const by = placesTo(last.clientY);
      if (last.type === 'pointerup' && by !== 0) move(job, by);
    };
    grip.addEventListener('pointermove', moved);
    grip.addEventListener('pointerup', ended);
    grip.addEventListener('pointercancel', ended);
    setDragged({ id: job.id, by: 0 });
  };
  return { dragged, begin };
}
