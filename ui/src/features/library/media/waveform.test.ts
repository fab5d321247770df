import { expect, it } from 'vitest';
import { columnsOf, parseWaveform } from './waveform';

function file(magic: string, rate: number, peaks: number[]): ArrayBuffer {
  const bytes = new ArrayBuffer(8 + peaks.length);
  new Uint8Array(bytes).set([...magic].map((letter) => letter.charCodeAt(0)));
  new DataView(bytes).setUint32(4, rate, true);
  new Int8Array(bytes, 8).set(peaks);
  return bytes;
}

it('reads the file that core writes', () => {
  expect(parseWaveform(file('EFW1', 100, [-127, 127, 0, 10]))).toEqual({
    rate: 100,
    peaks: new Int8Array([-127, 127, 0, 10]),
  });
});

it('takes nothing else for a waveform', () => {
  expect(parseWaveform(file('RIFF', 100, [0, 0]))).toBeNull();
  expect(parseWaveform(file('EFW1', 0, [0, 0]))).toBeNull();
  expect(parseWaveform(new ArrayBuffer(3))).toBeNull();
});

it('keeps the ends of every stretch when many pairs share a column', () => {
  const waveform = { rate: 100, peaks: new Int8Array([-1, 2, -127, 0, 0, 127, -5, 5]) };
  expect(columnsOf(waveform, 2)).toEqual([
    { low: -1, high: 2 / 127 },
    { low: -5 / 127, high: 1 },
  ]);
});
