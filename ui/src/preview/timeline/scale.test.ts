import { expect, it } from 'vitest';
import { fitScale, scaleAt, scrollAround, ticks, zoomOf } from './scale';

it('the zoom goes from all to single frames and back', () => {
  const fit = fitScale(30_000, 1200);
  expect(scaleAt(0, fit)).toBeCloseTo(0.04);
  expect(scaleAt(1, fit)).toBeCloseTo(0.5);
  for (const zoom of [0, 0.3, 0.77, 1]) expect(zoomOf(scaleAt(zoom, fit), fit)).toBeCloseTo(zoom);
});

it('a timeline shorter than the view is not stretched beyond the closest', () => {
  expect(fitScale(100, 1200)).toBe(0.5);
  expect(zoomOf(0.5, 0.5)).toBe(0);
});

it('what lies below the pointer stays there', () => {
  const left = scrollAround(300, 200, 0.1, 0.4);
  expect((left + 200) / 0.4).toBeCloseTo((300 + 200) / 0.1);
});

it('the ruler’s labels never touch, and marks stay inside what is seen', () => {
  for (const scale of [0.0005, 0.004, 0.04, 0.12, 0.5]) {
    const marks = ticks(scale, 0, 1200 / scale);
    const labels = marks.filter((mark) => mark.label);
    const gap = ((labels[1]?.ms ?? 0) - (labels[0]?.ms ?? 0)) * scale;
    expect(gap).toBeGreaterThanOrEqual(72);
    expect(marks.length).toBeLessThan(120);
    expect(marks.at(-1)?.ms).toBeLessThanOrEqual(1200 / scale);
  }
});
