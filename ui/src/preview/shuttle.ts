/** Speeds of J, K and L: each press goes twice as fast, the other key goes back by one. Pure. */

const SPEEDS = [1, 2, 4, 8] as const;
const FASTEST = 8;

/** The speed after L: forwards from a standstill, else one step to the right on −8 … −1, 1 … 8. */
export function forwards(rate: number): number {
  if (rate === 0) return 1;
  if (rate > 0) return SPEEDS.find((speed) => speed > rate) ?? FASTEST;
  return rate >= -1 ? 1 : -(SPEEDS.findLast((speed) => speed < -rate) ?? 1);
}

/** The speed after J. */
export function backwards(rate: number): number {
  return -forwards(-rate);
}

/** Speeds at which sound is still understood. */
export function isHeard(rate: number): boolean {
  return rate > 0 && rate <= 2;
}

/** Speeds at which a video plays by itself; at others it is moved picture by picture. */
export function plays(rate: number): boolean {
  return rate > 0 && rate <= 4;
}
