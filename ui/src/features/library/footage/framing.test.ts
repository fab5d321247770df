import { expect, it } from 'vitest';
import { anchorAt, windowOf } from './framing';

const WIDE = { width: 1920, height: 1080 };
const TALL = { width: 1080, height: 2400 };

it('shows the full height of a wide picture and the full width of a taller one', () => {
  expect(windowOf(WIDE, { x: 0.5, y: 0.5 })).toMatchObject({ top: 0, height: 1 });
  expect(windowOf(WIDE, { x: 0.5, y: 0.5 }).width).toBeCloseTo(0.316, 3);
  expect(windowOf(TALL, { x: 0.5, y: 0.5 })).toMatchObject({ left: 0, width: 1 });
});

it('never leaves the picture, wherever the anchor is', () => {
  expect(windowOf(WIDE, { x: 0, y: 0 }).left).toBe(0);
  const right = windowOf(WIDE, { x: 1, y: 1 });
  expect(right.left + right.width).toBeCloseTo(1);
});

it('keeps an anchor where it has an effect', () => {
  expect(anchorAt(WIDE, 0, 0.1)).toEqual({ x: 0.158, y: 0.5 });
  expect(anchorAt(WIDE, 0.4, 0.1)).toEqual({ x: 0.4, y: 0.5 });
});
