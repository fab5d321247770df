/**
 * Dragging shots with the pointer. The web view's own dragging is taken by the shell for files, so this one is made of
 * pointer events: it works the same on every system.
 */
import { createContext, useContext } from 'react';

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
/** How far the pointer moves before it is a drag, pixels. */
const FAR = 5;

export const DragContext = createContext<Dragging | null>(null);

export function useDragging(): Dragging {
  const dragging = useContext(DragContext);
  if (!dragging) throw new Error('useDragging outside of a project');
  return dragging;
}

/** The place under the pointer. */
function placeAt(x: number, y: number): number | null {
  const found = document.elementFromPoint(x, y)?.closest(`[${DROP}]`);
  const index = Number(found?.getAttribute(DROP));
  return found && Number.isInteger(index) ? index : null;
}

/** Follows one drag to its end. Gives the way to give it up. */
export function follow(
  event: React.PointerEvent<HTMLElement>,
  hear: {
    begun: () => void;
    over: (place: number | null) => void;
    /** `null` when it was let go elsewhere, or given up. */
    ended: (place: number | null) => void;
  },
): void {
  if (event.button !== 0) return;
  const from = { x: event.clientX, y: event.clientY };
  const what = event.currentTarget;
  let ghost: HTMLElement | null = null;

  const move = (next: PointerEvent) => {
    const [dx, dy] = [next.clientX - from.x, next.clientY - from.y];
    if (!ghost && Math.hypot(dx, dy) < FAR) return;
    if (!ghost) {
      ghost = ghostOf(what);
      hear.begun();
    }
    ghost.style.transform = `translate(${dx}px, ${dy}px)`;
    hear.over(placeAt(next.clientX, next.clientY));
  };
  const end = (place: number | null) => {
    window.removeEventListener('pointermove', move);
    window.removeEventListener('pointerup', up);
    window.removeEventListener('pointercancel', cancel);
    window.removeEventListener('keydown', key, true);
    if (!ghost) return;
    ghost.remove();
    // The click that ends a drag is not one on what was dragged.
    window.addEventListener('click', swallow, { capture: true, once: true });
    setTimeout(() => window.removeEventListener('click', swallow, true));
    hear.ended(place);
  };
  const up = (last: PointerEvent) => end(ghost ? placeAt(last.clientX, last.clientY) : null);
  const cancel = () => end(null);
  const key = (pressed: KeyboardEvent) => {
    if (pressed.key !== 'Escape' || !ghost) return;
    pressed.stopPropagation();
    end(null);
  };
  window.addEventListener('pointermove', move);
  window.addEventListener('pointerup', up);
  window.addEventListener('pointercancel', cancel);
  window.addEventListener('keydown', key, true);
}

function swallow(event: Event): void {
  event.stopPropagation();
  event.preventDefault();
}

/** A copy of what is dragged, under the pointer. */
function ghostOf(what: HTMLElement): HTMLElement {
  const box = what.getBoundingClientRect();
  const ghost = what.cloneNode(true) as HTMLElement;
  ghost.removeAttribute('id');
  ghost.setAttribute('aria-hidden', 'true');
  ghost.inert = true;
  Object.assign(ghost.style, {
    position: 'fixed',
    left: `${box.left}px`,
    top: `${box.top}px`,
    width: `${box.width}px`,
    height: `${box.height}px`,
    margin: '0',
    zIndex: '70',
    pointerEvents: 'none',
    opacity: '0.9',
    boxShadow: 'var(--shadow)',
  });
  document.body.append(ghost);
  return ghost;
}
