/** How times lie on the timeline's width. Pure: pixels are CSS pixels, `scale` is pixels per millisecond. */

/** As far as one can zoom in: half a pixel a millisecond, so that single frames can be told apart. */
const CLOSEST = 0.5;
const STEPS = [
  100, 200, 500, 1_000, 2_000, 5_000, 10_000, 15_000, 30_000, 60_000, 120_000, 300_000, 600_000, 1_800_000,
] as const;
/** Labels of the ruler are at least this far apart. */
const LABEL_PX = 72;

/** The scale at which everything is just seen. */
export function fitScale(lengthMs: number, width: number): number {
  return lengthMs > 0 && width > 0 ? Math.min(CLOSEST, width / lengthMs) : CLOSEST;
}

/** The scale at a position of the zoom slider: 0 shows everything, 1 is closest; each step enlarges by the same factor. */
export function scaleAt(zoom: number, fit: number): number {
  return fit * (CLOSEST / fit) ** Math.min(1, Math.max(0, zoom));
}

/** The position of the zoom slider for a scale. */
export function zoomOf(scale: number, fit: number): number {
  const range = Math.log(CLOSEST / fit);
  return range > 0 ? Math.min(1, Math.max(0, Math.log(scale / fit) / range)) : 0;
}

/** How far to scroll so that what lies `at` pixels into the view stays there when the scale changes. */
export function scrollAround(left: number, at: number, before: number, after: number): number {
  return ((left + at) * after) / before - at;
}

export interface Tick {
  ms: number;
  label: boolean;
}

/** The ruler's marks between two times. */
export function ticks(scale: number, fromMs: number, toMs: number): Tick[] {
  const step = STEPS.find((one) => one * scale >= LABEL_PX) ?? 3_600_000;
  const small = step / 5;
  const list: Tick[] = [];
  for (let n = Math.max(0, Math.floor(fromMs / small)); n * small <= toMs; n++) {
    list.push({ ms: n * small, label: n % 5 === 0 });
  }
  return list;
}

/** What of a list that is ordered and does not overlap lies in view. */
export function inView<T>(
  list: readonly T[],
  span: (item: T) => [number, number],
  from: number,
  to: number,
): T[] {
  return list.filter((item) => {
    const [start, end] = span(item);
    return end >= from && start <= to;
  });
}
