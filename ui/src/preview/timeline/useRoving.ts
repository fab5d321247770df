/** Arrow keys inside a lane: one item of it can be reached with Tab, the arrows go from there. */
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';

export interface Roving {
  /** The item that Tab reaches. */
  focusable: number;
  /** For the lane's element. */
  onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
  /** For each item. */
  onFocus: (index: number) => void;
}

/**
 * @param current the item that counts as current until another one is reached
 * @param onMove an arrow key went to this item
 * @param onPick Enter or Space
 */
export function useRoving(
  count: number,
  current: number | null,
  onMove: (index: number) => void,
  onPick: (index: number) => void,
): Roving {
  const [reached, setReached] = useState<number | null>(null);
  const lane = useRef<HTMLElement | null>(null);
  const wanted = useRef<number | null>(null);
  const focusable = Math.min(Math.max(0, reached ?? current ?? 0), Math.max(0, count - 1));

  // What was out of view is only there after it was scrolled to.
  useEffect(() => {
    const index = wanted.current;
    const item = index === null ? null : lane.current?.querySelector<HTMLElement>(`[data-index="${index}"]`);
    if (!item) return;
    wanted.current = null;
    item.focus({ preventScroll: true });
  });

  return {
    focusable,
    onFocus: (index) => setReached(index),
    onKeyDown: (event) => {
      if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
      const goals: Record<string, number> = {
        ArrowLeft: focusable - 1,
        ArrowRight: focusable + 1,
        Home: 0,
        End: count - 1,
      };
      const goal = goals[event.key];
      if (goal !== undefined) {
        event.preventDefault();
        const index = Math.min(count - 1, Math.max(0, goal));
        lane.current = event.currentTarget;
        wanted.current = index;
        setReached(index);
        onMove(index);
      } else if (event.key === 'Enter' || event.key === ' ') {
        event.preventDefault();
        onPick(focusable);
      }
    },
  };
}
