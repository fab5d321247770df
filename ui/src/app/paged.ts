/**
 * A long list, read in pages as they are looked at. What is on the screen stays while another search is answered, and
 * rows that were seen come back at once.
 */
import { keepPreviousData, useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { keyOf } from './queries';
import { useScope } from './scope';
import type { Arguments, CallName, Failure, Reply } from '../backend/backend';

/** Rows in a page. */
export const PAGE = 200;

type PageCall = Extract<CallName, 'source_page' | 'clip_page' | 'cost_list'>;
type Question<K extends PageCall> = Omit<Arguments<K>, 'limit' | 'offset'>;

export interface Page<T> {
  total: number;
  rows: T[];
}

export interface Paged<T> {
  /** Changes when something else is asked for. */
  question: string;
  /** How many rows there are; `null` until it is known. */
  total: number | null;
  failure: Failure | null;
  /** The row, once its page was read. */
  at(index: number): T | undefined;
  /** Says which rows are looked at, so that their pages are read. */
  look(first: number, last: number): void;
  /** Every row from one to another, read where it was not yet. */
  between(from: number, to: number): Promise<T[]>;
  /** These rows as they were read last, wherever they are by now. */
  latest(rows: readonly T[]): T[];
  retry(): void;
}

/**
 * @param keep a row outside of what is looked at whose page stays loaded (the focused one)
 */
export function usePaged<K extends PageCall, T extends { id: string }>(
  name: K,
  question: Question<K>,
  pageOf: (reply: Reply<K>) => Page<T>,
  keep: number,
): Paged<T> {
  const scope = useScope();
  const client = useQueryClient();
  const options = (asked: Question<K>, page: number) => {
    const args = { ...asked, limit: PAGE, offset: page * PAGE } as unknown as Arguments<K>;
    return { queryKey: keyOf(name, args), queryFn: () => scope.call(name, args) };
  };

  // What is shown changes when the first page of the new question is there, so that typing does not flicker.
  const first = useQuery<Reply<K>, Failure>({ ...options(question, 0), placeholderData: keepPreviousData });
  const [shown, setShown] = useState(question);
  const asked = JSON.stringify(question);
  if (first.data && !first.isPlaceholderData && JSON.stringify(shown) !== asked) setShown(question);

  const [looked, setLooked] = useState({ first: 0, last: 0 });
  const total = first.data ? pageOf(first.data).total : null;
  const wanted = pagesOf(looked.first, looked.last, keep, total ?? 0);
  const answers = useQueries({
    queries: wanted.map((page) => ({ ...options(shown, page), enabled: total !== null })),
  });
  const rows = new Map<number, T[]>();
  wanted.forEach((page, nth) => {
    const reply = answers[nth]?.data as Reply<K> | undefined;
    if (reply) rows.set(page, pageOf(reply).rows);
  });
  const failed = answers.find((answer) => answer.error)?.error as Failure | undefined;

  return {
    question: JSON.stringify(shown),
    total,
    failure: first.error ?? failed ?? null,
    at: (index) => rows.get(Math.floor(index / PAGE))?.[index % PAGE],
    look: (from, to) => {
      if (from !== looked.first || to !== looked.last) setLooked({ first: from, last: to });
    },
    between: async (from, to) => {
      const pages = pagesOf(Math.min(from, to), Math.max(from, to), from, total ?? 0);
      const all = await Promise.all(pages.map((page) => client.fetchQuery(options(shown, page))));
      const start = (pages[0] ?? 0) * PAGE;
      const read = all.flatMap((reply) => pageOf(reply as Reply<K>).rows);
      return read.slice(Math.min(from, to) - start, Math.max(from, to) - start + 1);
    },
    latest: (known) => {
      const read = new Map<string, T>();
      for (const page of pagesOf(0, (total ?? 1) - 1, 0, total ?? 0)) {
        const reply = client.getQueryData<Reply<K>>(options(shown, page).queryKey);
        for (const row of reply ? pageOf(reply).rows : []) read.set(row.id, row);
      }
      return known.map((row) => read.get(row.id) ?? row);
    },
    retry: () => void client.invalidateQueries({ queryKey: [name] }),
  };
}

/** Numbers of the pages that hold these rows and one more, in order. */
export function pagesOf(first: number, last: number, keep: number, total: number): number[] {
  const lastPage = Math.max(0, Math.ceil(total / PAGE) - 1);
  const page = (row: number) => Math.min(lastPage, Math.max(0, Math.floor(row / PAGE)));
  const pages = new Set([page(keep)]);
  for (let at = page(first); at <= page(last); at += 1) pages.add(at);
  return [...pages].sort((a, b) => a - b);
}
