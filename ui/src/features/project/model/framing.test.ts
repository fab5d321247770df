import { expect, test } from 'vitest';
import { cropOf, movedAnchor } from './framing';

const wide = { width: 1920, height: 1080 };
const tall = { width: 1080, height: 1920 };

test('a wide picture fills a tall frame with a slice around its anchor', () => {
  const crop = cropOf(wide, tall, 0.5, 0.5);
  expect(crop.height).toBe(1);
  expect(crop.width).toBeCloseTo(0.3164, 3);
  expect(crop.left).toBeCloseTo(0.5 - 0.3164 / 2, 3);
});

test('the slice never leaves the picture', () => {
  expect(cropOf(wide, tall, 0, 0.5).left).toBe(0);
  const right = cropOf(wide, tall, 1, 0.5);
  expect(right.left + right.width).toBeCloseTo(1);
});

test('dragging past the edge stops where the slice stops', () => {
  const from = cropOf(wide, tall, 0.5, 0.5);
  const moved = movedAnchor(wide, tall, from, 5, 0);
  expect(moved.x).toBeCloseTo(1 - 0.3164 / 2, 2);
  // From there, one step back is seen at once.
  const back = movedAnchor(wide, tall, cropOf(wide, tall, moved.x, moved.y), -0.1, 0);
  expect(back.x).toBeCloseTo(moved.x - 0.1, 2);
});
