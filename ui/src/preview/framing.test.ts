import { expect, it } from 'vitest';
import { coverOf, fitOf, logoStyle } from './framing';

const tall = { width: 1080, height: 1920 };
const wide = { width: 1920, height: 1080 };

it('a wide picture in a tall frame is cropped around its anchor, as far as it reaches', () => {
  expect(fitOf({ how: 'fill', x: 0.5, y: 0.5 }, wide, tall)).toEqual({ fit: 'cover', position: '50% 50%' });
  expect(fitOf({ how: 'fill', x: 0, y: 0.5 }, wide, tall).position).toBe('0% 50%');
  expect(fitOf({ how: 'fill', x: 1, y: 0.5 }, wide, tall).position).toBe('100% 50%');
  // The picture is 3413 wide, the frame 1080: a quarter across is 853 − 540 = 313 of 2333.
  expect(fitOf({ how: 'fill', x: 0.25, y: 0.5 }, wide, tall).position).toMatch(/^13\.4\d*% 50%$/);
});

it('other framings show the whole picture', () => {
  expect(fitOf({ how: 'fit' }, wide, tall).fit).toBe('contain');
  expect(fitOf({ how: 'blur_fit' }, wide, tall).fit).toBe('contain');
});

it('the ground of a blurred picture is its middle, in the shape of the frame', () => {
  expect(coverOf(wide, tall)).toEqual({ x: 656.25, y: 0, width: 607.5, height: 1080 });
});

it('the logo stands inside the safe zone, at its corner', () => {
  const safe = { left: 0.06, right: 0.15, top: 0.07, bottom: 0.28 };
  const logo = { file: { path: 'l.png', hash: '06' }, width: 0.2, opacity: 0.8 };
  expect(logoStyle({ ...logo, corner: 'bottom_right' }, safe)).toEqual({
    bottom: '28%',
    right: '15%',
    width: '20%',
    opacity: 0.8,
  });
  expect(logoStyle({ ...logo, corner: 'top_centre' }, safe)).toMatchObject({ top: '7%', left: '50%' });
});
