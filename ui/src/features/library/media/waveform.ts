/** The waveform file of core: "EFW1", pairs a second (u32, little endian), then pairs of i8: lowest and highest. */

export interface Waveform {
  /** Pairs a second. */
  rate: number;
  /** Lowest, highest, lowest, highest …, -127 to 127. */
  peaks: Int8Array;
}

const MAGIC = 'EFW1';
const HEAD = 8;

/** The waveform in these bytes; `null` when they are something else. */
export function parseWaveform(bytes: ArrayBuffer): Waveform | null {
  if (bytes.byteLength < HEAD) return null;
  const magic = String.fromCharCode(...new Uint8Array(bytes, 0, MAGIC.length));
  const rate = new DataView(bytes).getUint32(MAGIC.length, true);
  if (magic !== MAGIC || rate === 0) return null;
  const even = (bytes.byteLength - HEAD) & ~1;
  return { rate, peaks: new Int8Array(bytes, HEAD, even) };
}

/** The lowest and highest of each of `columns` equal stretches, -1 to 1. */
export function columnsOf({ peaks }: Waveform, columns: number): { low: number; high: number }[] {
  const pairs = peaks.length / 2;
  return Array.from({ length: columns }, (_, column) => {
    const from = Math.floor((column * pairs) / columns);
    const to = Math.max(from + 1, Math.floor(((column + 1) * pairs) / columns));
    let low = 0;
    let high = 0;
    for (let pair = from; pair < Math.min(to, pairs); pair += 1) {
      low = Math.min(low, peaks[2 * pair] ?? 0);
      high = Math.max(high, peaks[2 * pair + 1] ?? 0);
    }
    return { low: low / 127, high: high / 127 };
  });
}
