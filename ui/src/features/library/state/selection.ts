/**
 * What has the focus in a long list, and what is selected in it. Both are known by id, so that they stay with their rows
 * when rows come and go above them.
 */
import { useState } from 'react';
import type { Paged } from '../../../app/paged';

interface Row {
  id: string;
}

interface State<T> {
  question: string;
  index: number;
  id: string | null;
  /** Where a range begins. */
  anchor: number;
  chosen: ReadonlyMap<string, T>;
}

/** How a step changes the selection: this row alone, up to this row, this row in or out, the focus only. */
export type Step = 'alone' | 'range' | 'toggle' | 'focus';

export interface Selection<T> {
  /** The row with the focus. */
  index: number;
  current: T | undefined;
  /** Rows selected by hand; empty when nothing is. */
  ids: ReadonlySet<string>;
  /** What an action is about: the selected rows, else the one with the focus. */
  targets: readonly T[];
  go(index: number, step: Step): void;
  goTo(row: T, index: number): void;
  all(): void;
  none(): void;
}

/** How far the focused row is looked for when rows were added or taken away before it. */
const NEAR = 200;

export function useSelection<T extends Row>(
  paged: Paged<T>,
  focus: { index: number; set: (index: number) => void },
) {
  const [kept, setKept] = useState<State<T>>(fresh(paged.question));
  // Another search begins at its top with nothing selected.
  const state = kept.question === paged.question ? kept : fresh<T>(paged.question);
  const index = locate(paged, state.id, state.index);
  const current = paged.at(index);

  const change = (next: Partial<State<T>>) => {
    setKept({ ...state, ...next });
    if (next.index !== undefined) focus.set(next.index);
  };
  const clamped = (to: number) => Math.max(0, Math.min((paged.total ?? 1) - 1, to));

  const selection: Selection<T> = {
    index,
    current,
    ids: new Set(state.chosen.keys()),
    targets: state.chosen.size > 0 ? paged.latest([...state.chosen.values()]) : current ? [current] : [],
    go(to, step) {
      const at = clamped(to);
      const row = paged.at(at);
      const id = row?.id ?? null;
      if (step === 'focus') return change({ index: at, id });
      if (step === 'alone') {
        return change({ index: at, id, anchor: at, chosen: row ? new Map([[row.id, row]]) : new Map() });
      }
      if (step === 'toggle') {
        const chosen = new Map(state.chosen);
        if (row && !chosen.delete(row.id)) chosen.set(row.id, row);
        return change({ index: at, id, anchor: at, chosen });
      }
      change({ index: at, id });
      void paged.between(state.anchor, at).then((rows) => {
        setKept((latest) => ({ ...latest, chosen: new Map(rows.map((each) => [each.id, each])) }));
      });
    },
    goTo(row, to) {
      change({ index: to, id: row.id, anchor: to, chosen: new Map([[row.id, row]]) });
    },
    all() {
      if (!paged.total) return;
      void paged.between(0, paged.total - 1).then((rows) => {
        setKept({ ...state, chosen: new Map(rows.map((each) => [each.id, each])) });
      });
    },
    none() {
      change({ chosen: new Map() });
    },
  };
  return selection;
}

function fresh<T>(question: string): State<T> {
  return { question, index: 0, id: null, anchor: 0, chosen: new Map() };
}

/** Where the row with this id is, looked for around the place it had; that place when it is gone. */
export function locate<T extends Row>(
  paged: Pick<Paged<T>, 'at' | 'total'>,
  id: string | null,
  index: number,
): number {
  const last = Math.max(0, (paged.total ?? 1) - 1);
  const here = Math.min(index, last);
  if (id === null || paged.at(here)?.id === id) return here;
  for (let far = 1; far <= NEAR; far += 1) {
    if (here >= far && paged.at(here - far)?.id === id) return here - far;
    if (paged.at(here + far)?.id === id) return here + far;
  }
  return here;
}
