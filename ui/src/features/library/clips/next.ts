/** Which clip comes next when one was judged. */
import { PAGE, type Paged } from '../../../app/paged';
import type { ClipRow } from '../types';

export interface Place {
  row: ClipRow;
  index: number;
}

type Rows = Pick<Paged<ClipRow>, 'at' | 'total' | 'between'>;

/**
 * The next clip to review after `index`, from the top again at the end; `null` when there is none.
 *
 * @param judged those that were judged just now
 */
export async function nextToReview(
  rows: Rows,
  index: number,
  judged: ReadonlySet<string>,
): Promise<Place | null> {
  const total = rows.total ?? 0;
  const fits = (row: ClipRow | undefined): row is ClipRow => row?.triage === 'new' && !judged.has(row.id);
  // What is loaded is looked at without waiting, so that a quick hand is not held up.
  for (let step = 1; step < Math.min(total, PAGE); step += 1) {
    const at = (index + step) % total;
    const row = rows.at(at);
    if (row === undefined) break;
    if (fits(row)) return { row, index: at };
  }
  for (const [from, to] of [
    [index + 1, total - 1],
    [0, index - 1],
  ] as const) {
    for (let start = from; start <= to; start += PAGE) {
      const read = await rows.between(start, Math.min(to, start + PAGE - 1));
      const nth = read.findIndex(fits);
      const row = read[nth];
      if (row) return { row, index: start + nth };
    }
  }
  return null;
}

/** The nearest clip that stays when some go: after them, else before. */
export function neighbour(
  rows: Pick<Rows, 'at' | 'total'>,
  index: number,
  going: ReadonlySet<string>,
): Place | null {
  const total = rows.total ?? 0;
  for (const by of [1, -1]) {
    for (let at = index + by; at >= 0 && at < total; at += by) {
      const row = rows.at(at);
      if (row === undefined) break;
      if (!going.has(row.id)) return { row, index: at };
    }
  }
  return null;
}
