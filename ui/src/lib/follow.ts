/**
 * Dragging with the pointer. The web view's own dragging is taken by the shell for files, so this one is made of pointer
 * events: it works the same on every system.
 */

/** How far the pointer moves before it is a drag, pixels. */
const FAR = 5;

/** What is under the pointer and takes what is dragged: the value of its mark. */
function goalAt(mark: string, x: number, y: number): string | null {
  return document.elementFromPoint(x, y)?.closest(`[${mark}]`)?.getAttribute(mark) ?? null;
}

/**
 * Follows one drag to its end.
 *
 * @param mark the attribute of what can be dropped on
 */
export function follow(
  event: React.PointerEvent<HTMLElement>,
  mark: string,
  hear: {
    begun: () => void;
    over: (goal: string | null) => void;
    /** `null` when it was let go elsewhere, or given up. */
    ended: (goal: string | null) => void;
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
    hear.over(goalAt(mark, next.clientX, next.clientY));
  };
  const end = (goal: string | null) => {
    window.removeEventListener('pointermove', move);
    window.removeEventListener('pointerup', up);
    window.removeEventListener('pointercancel', cancel);
    window.removeEventListener('keydown', key, true);
    if (!ghost) return;
    ghost.remove();
    // The click that ends a drag is not one on what was dragged.
    window.addEventListener('click', swallow, { capture: true, once: true });
    setTimeout(() => window.removeEventListener('click', swallow, true));
    hear.ended(goal);
  };
  const up = (last: PointerEvent) => end(ghost ? goalAt(mark, last.clientX, last.clientY) : null);
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
