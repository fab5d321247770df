import { expect, it } from 'vitest';
import { locate } from './selection';

const list = (ids: string) => ({
  total: ids.length,
  at: (index: number) => (ids[index] ? { id: ids[index] } : undefined),
});

it('stays with its row when rows come and go before it', () => {
  expect(locate(list('abcd'), 'c', 2)).toBe(2);
  expect(locate(list('xyabcd'), 'c', 2)).toBe(4);
  expect(locate(list('cd'), 'c', 2)).toBe(0);
});

it('keeps its place when its row is gone, and never points past the end', () => {
  expect(locate(list('abd'), 'c', 2)).toBe(2);
  expect(locate(list('ab'), 'c', 2)).toBe(1);
  expect(locate(list(''), 'c', 2)).toBe(0);
});
