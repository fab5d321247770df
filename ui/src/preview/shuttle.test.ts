import { expect, it } from 'vitest';
import { backwards, forwards, isHeard, plays } from './shuttle';

const press = (key: (rate: number) => number, times: number, from = 0) => {
  const rates = [];
  for (let rate = key(from); rates.length < times; rate = key(rate)) rates.push(rate);
  return rates;
};

it('L goes twice as fast with each press and stops at eight times', () => {
  expect(press(forwards, 5)).toEqual([1, 2, 4, 8, 8]);
});

it('J does the same backwards', () => {
  expect(press(backwards, 5)).toEqual([-1, -2, -4, -8, -8]);
});

it('L slows down what runs backwards before it turns it around', () => {
  expect(press(forwards, 4, -4)).toEqual([-2, -1, 1, 2]);
});

it('is heard only where speech is understood, and plays by itself only forwards', () => {
  expect([-1, 0, 1, 2, 4, 8].map(isHeard)).toEqual([false, false, true, true, false, false]);
  expect([-1, 0, 1, 2, 4, 8].map(plays)).toEqual([false, false, true, true, true, false]);
});
