/** Peaks of sound files, for drawing. Pure but for the decoding of music. */

export interface Peaks {
  /** Pairs a second. */
  rate: number;
  /** Lowest and highest of each stretch, −1 to 1, one after the other. */
  pairs: Float32Array;
}

const RATE = 200;

/** The samples of a WAV of 16 bit; `null` when it is something else. */
export function readWav(file: ArrayBuffer): { rate: number; channels: number; samples: Int16Array } | null {
  const view = new DataView(file);
  const name = (at: number) => String.fromCharCode(...new Uint8Array(file, at, 4));
  if (file.byteLength < 12 || name(0) !== 'RIFF' || name(8) !== 'WAVE') return null;
  let format: { rate: number; channels: number } | null = null;
  for (let at = 12; at + 8 <= file.byteLength;) {
    const body = at + 8;
    const size = Math.min(view.getUint32(at + 4, true), file.byteLength - body);
    if (name(at) === 'fmt ' && size >= 16) {
      if (view.getUint16(body + 14, true) !== 16) return null;
      format = { channels: view.getUint16(body + 2, true), rate: view.getUint32(body + 4, true) };
    }
    if (name(at) === 'data' && format) {
      const whole = file.slice(body, body + (size & ~1));
      return { ...format, samples: new Int16Array(whole) };
    }
    at = body + size + (size & 1);
  }
  return null;
}

/** Peaks of samples, of the first channel. `full` is what counts as 1. */
export function peaksOf(
  samples: Int16Array | Float32Array,
  rate: number,
  channels = 1,
  full = samples instanceof Int16Array ? 32_768 : 1,
): Peaks {
  const stretch = Math.max(1, Math.round(rate / RATE)) * channels;
  const count = Math.ceil(samples.length / stretch);
  const pairs = new Float32Array(count * 2);
  for (let n = 0; n < count; n++) {
    let low = Infinity;
    let high = -Infinity;
    const end = Math.min(samples.length, (n + 1) * stretch);
    for (let i = n * stretch; i < end; i += channels) {
      const value = samples[i] ?? 0;
      if (value < low) low = value;
      if (value > high) high = value;
    }
    pairs[n * 2] = low / full;
    pairs[n * 2 + 1] = high / full;
  }
  return { rate: rate / (stretch / channels), pairs };
}

/** Lowest and highest between two times of the file, in seconds; silence outside of it. */
export function peakBetween(peaks: Peaks, from: number, to: number): [number, number] {
  const first = Math.max(0, Math.floor(from * peaks.rate));
  const last = Math.min(peaks.pairs.length / 2 - 1, Math.max(first, Math.ceil(to * peaks.rate) - 1));
  let low = 0;
  let high = 0;
  for (let n = first; n <= last; n++) {
    low = Math.min(low, peaks.pairs[n * 2] ?? 0);
    high = Math.max(high, peaks.pairs[n * 2 + 1] ?? 0);
  }
  return [low, high];
}

/** The same with its loudest place at 1: what is drawn shows where something is said, not how loud it was recorded. */
export function normalised(peaks: Peaks): Peaks {
  const loudest = peaks.pairs.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return loudest > 0 ? { ...peaks, pairs: peaks.pairs.map((value) => value / loudest) } : peaks;
}

/** How long the file is, seconds. */
export function secondsOf(peaks: Peaks): number {
  return peaks.pairs.length / 2 / peaks.rate;
}

/** Fetches a sound file and gives its peaks. Anything but a WAV of 16 bit is decoded by the web view. */
export async function fetchPeaks(url: string, signal: AbortSignal): Promise<Peaks> {
  const answer = await fetch(url, { signal });
  if (!answer.ok) throw new Error(`The sound file could not be read (${answer.status}).`);
  const file = await answer.arrayBuffer();
  const wav = readWav(file);
  if (wav) return normalised(peaksOf(wav.samples, wav.rate, wav.channels));
  // At a low rate: nobody hears it, and a song of minutes stays small.
  const decoded = await new OfflineAudioContext(1, 1, 8_000).decodeAudioData(file);
  return normalised(peaksOf(decoded.getChannelData(0), decoded.sampleRate));
}
