import { describe, expect, it } from 'vitest';
import { GAP, layoutOf, MOST_TILES, OVERSCAN } from './layout';

const SHAPE = { ratio: 0.75, narrowest: 184, words: 62 };

describe('the layout of a grid', () => {
  it('fills the width with whole tiles', () => {
    const { columns, tileWidth } = layoutOf(900, 700, SHAPE);
    expect(columns).toBe(4);
    expect(columns * tileWidth + (columns - 1) * GAP).toBeLessThanOrEqual(900);
    expect(tileWidth).toBeGreaterThanOrEqual(SHAPE.narrowest);
  });

  it('makes tiles larger in a large window', () => {
    const upright = { ratio: 16 / 9, narrowest: 148, words: 62 };
    expect(layoutOf(890, 700, upright).tileWidth).toBeLessThan(180);
    expect(layoutOf(1470, 980, upright).tileWidth).toBeGreaterThan(190);
  });

  it('has one column where there is no room for more', () => {
    expect(layoutOf(100, 700, SHAPE).columns).toBe(1);
    expect(layoutOf(0, 0, SHAPE).columns).toBe(1);
  });

  it('makes tiles larger rather than having more than a hundred, however large the window is', () => {
    for (const [width, height] of [
      [1560, 900],
      [3400, 2000],
      [7000, 4000],
    ] as const) {
      const { columns, tileHeight } = layoutOf(width, height, SHAPE);
      const rows = Math.ceil(height / (tileHeight + GAP)) + 1 + 2 * OVERSCAN;
      expect(columns * rows).toBeLessThanOrEqual(MOST_TILES);
    }
  });
});
