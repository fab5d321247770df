import { expect, it } from 'vitest';
import { normalised, peakBetween, peaksOf, readWav, secondsOf } from './wave';

function wav(
  samples: number[],
  options: { rate?: number; bits?: number; channels?: number; extra?: boolean } = {},
): ArrayBuffer {
  const { rate = 48_000, bits = 16, channels = 1, extra = false } = options;
  const head = extra ? 56 : 44;
  const view = new DataView(new ArrayBuffer(head + samples.length * 2));
  const text = (at: number, word: string) =>
    [...word].forEach((c, i) => view.setUint8(at + i, c.charCodeAt(0)));
  text(0, 'RIFF');
  text(8, 'WAVE');
  text(12, 'fmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, channels, true);
  view.setUint32(24, rate, true);
  view.setUint16(34, bits, true);
  if (extra) {
    text(36, 'LIST');
    view.setUint32(40, 3, true);
  }
  text(head - 8, 'data');
  view.setUint32(head - 4, samples.length * 2, true);
  samples.forEach((value, i) => view.setInt16(head + i * 2, value, true));
  return view.buffer;
}

it('a WAV is read whatever stands before its samples', () => {
  for (const extra of [false, true]) {
    const read = readWav(wav([1, -2, 3], { extra }));
    expect(read && [...read.samples]).toEqual([1, -2, 3]);
    expect(read).toMatchObject({ rate: 48_000, channels: 1 });
  }
});

it('anything else is not a WAV of 16 bit', () => {
  expect(readWav(new ArrayBuffer(4))).toBeNull();
  expect(readWav(new TextEncoder().encode('<html>not found</html>').buffer as ArrayBuffer)).toBeNull();
  expect(readWav(wav([1], { bits: 24 }))).toBeNull();
});

it('a file that ends before it says it does gives what is there', () => {
  const whole = wav([1, 2, 3, 4]);
  expect(readWav(whole.slice(0, whole.byteLength - 4))?.samples.length).toBe(2);
});

it('peaks are the ends of each stretch, and silence outside of the file', () => {
  const samples = new Int16Array(480);
  samples[10] = 16_384;
  samples[300] = -32_768;
  const peaks = peaksOf(samples, 48_000);
  expect(peaks.rate).toBe(200);
  expect([...peaks.pairs]).toEqual([0, 0.5, -1, 0]);
  expect(secondsOf(peaks)).toBeCloseTo(0.01);
  expect(peakBetween(peaks, 0, 0.005)).toEqual([0, 0.5]);
  expect(peakBetween(peaks, 0, 0.01)).toEqual([-1, 0.5]);
  expect(peakBetween(peaks, 5, 6)).toEqual([0, 0]);
});

it('of several channels the first is drawn', () => {
  const peaks = peaksOf(new Int16Array([8192, -32_768, 8192, -32_768]), 400, 2);
  expect([...peaks.pairs]).toEqual([0.25, 0.25]);
});

it('a quiet recording is drawn as high as a loud one, and silence stays silence', () => {
  expect([...normalised({ rate: 1, pairs: new Float32Array([-0.25, 0.125]) }).pairs]).toEqual([-1, 0.5]);
  expect([...normalised({ rate: 1, pairs: new Float32Array([0, 0]) }).pairs]).toEqual([0, 0]);
});
