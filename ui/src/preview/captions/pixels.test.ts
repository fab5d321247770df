import { expect, it } from 'vitest';
import { type Piece, together } from './pixels';

const FRAME = { width: 100, height: 50 };

/** A shape of two by one pixels that covers the first wholly and the second by half. */
const piece = (over: Partial<Piece>): Piece => ({
  w: 2,
  h: 1,
  dst_x: 10,
  dst_y: 20,
  stride: 4,
  color: 0xff0000_00 | 0,
  bitmap: 0,
  ...over,
});
const MEMORY = new Uint8Array([255, 128, 0, 0, 255, 255, 0, 0]);

it('a shape is a picture of its own size, as solid as it covers', () => {
  const picture = together([piece({})], MEMORY, FRAME);
  expect(picture).toMatchObject({ x: 10, y: 20, width: 2, height: 1 });
  expect([...(picture?.pixels ?? [])]).toEqual([255, 0, 0, 255, 255, 0, 0, 128]);
});

it('a colour can be clear itself', () => {
  const picture = together([piece({ color: 0x00ff00_80 })], MEMORY, FRAME);
  expect([...(picture?.pixels ?? [])].slice(0, 4)).toEqual([0, 255, 0, 127]);
});

it('a later shape lies over an earlier one', () => {
  const picture = together([piece({ bitmap: 4 }), piece({ color: 0x0000ff_00 })], MEMORY, FRAME);
  const pixels = [...(picture?.pixels ?? [])];
  expect(pixels.slice(0, 4)).toEqual([0, 0, 255, 255]);
  expect(pixels[4]).toBeCloseTo(127, -1);
  expect(pixels.slice(6)).toEqual([128, 255]);
});

it('the picture holds all shapes, and nothing beyond the frame', () => {
  const shapes = [
    piece({}),
    piece({ dst_x: 30, dst_y: 22 }),
    piece({ dst_x: 99, dst_y: 49 }),
    piece({ dst_x: -1, dst_y: 21 }),
  ];
  expect(together(shapes, MEMORY, FRAME)).toMatchObject({ x: 0, y: 20, width: 100, height: 30 });
  const cut = together([piece({ dst_x: -1 })], MEMORY, FRAME);
  expect(cut).toMatchObject({ x: 0, width: 1 });
  expect([...(cut?.pixels ?? [])]).toEqual([255, 0, 0, 128]);
});

it('nothing is nothing', () => {
  expect(together([], MEMORY, FRAME)).toBeNull();
  expect(together([piece({ w: 0 })], MEMORY, FRAME)).toBeNull();
  expect(together([piece({ dst_x: 200 })], MEMORY, FRAME)).toBeNull();
});
