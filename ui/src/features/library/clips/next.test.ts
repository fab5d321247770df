import { expect, it } from 'vitest';
import { manyClips } from '../../../testing/library';
import { PAGE } from '../../../app/paged';
import { neighbour, nextToReview } from './next';

const JUDGED: Record<string, 'new' | 'accepted' | 'rejected'> = { n: 'new', a: 'accepted', x: 'rejected' };

function rows(triages: string, loaded = triages.length) {
  const all = manyClips(triages.length, (n) => ({
    triage: JUDGED[triages[n] ?? 'n'] ?? 'new',
  }));
  return {
    total: all.length,
    at: (index: number) => (index < loaded ? all[index] : undefined),
    between: (from: number, to: number) => Promise.resolve(all.slice(from, to + 1)),
  };
}

it('goes to the next clip that was not judged, from the top again at the end', async () => {
  expect(await nextToReview(rows('nanxn'), 0, new Set(['clip-0']))).toMatchObject({ index: 2 });
  expect(await nextToReview(rows('nanxn'), 4, new Set(['clip-4']))).toMatchObject({ index: 0 });
});

it('finds one on a page that was not read yet', async () => {
  const far = `n${'a'.repeat(PAGE + 50)}n`;
  expect(await nextToReview(rows(far, 20), 0, new Set(['clip-0']))).toMatchObject({ index: PAGE + 51 });
});

it('goes nowhere when all are judged', async () => {
  expect(await nextToReview(rows('axn'), 2, new Set(['clip-2']))).toBeNull();
});

it('takes the neighbour when clips go: after them, else before', () => {
  expect(neighbour(rows('aaaa'), 1, new Set(['clip-1', 'clip-2']))).toMatchObject({ index: 3 });
  expect(neighbour(rows('aaaa'), 3, new Set(['clip-3']))).toMatchObject({ index: 2 });
  expect(neighbour(rows('a'), 0, new Set(['clip-0']))).toBeNull();
});
