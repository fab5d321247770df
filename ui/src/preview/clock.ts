/**
 * The time of the preview: goes on by itself at a rate, and is drawn towards the voice while that is heard, so that
 * pictures follow the sound and not the other way round. Pure but for the `now` it is given.
 */

/** Differences from the sound up to this are drawn in gently; beyond it the sound is at fault and is moved instead. */
export const FOLLOWED_MS = 250;
/** Differences below this cannot be seen. */
const UNSEEN_MS = 12;
/** The part of a difference that is taken in at once. */
const SHARE = 0.2;

export class Clock {
  #rate = 0;
  #base = 0;
  #since = 0;

  /** @param now milliseconds, from anywhere, never going back */
  constructor(private readonly now: () => number) {}

  get rate(): number {
    return this.#rate;
  }

  time(): number {
    return this.#base + (this.now() - this.#since) * this.#rate;
  }

  set(ms: number): void {
    this.#base = ms;
    this.#since = this.now();
  }

  /** 0 stands still. */
  run(rate: number): void {
    this.set(this.time());
    this.#rate = rate;
  }

  /** The sound is this far ahead. True when the clock follows it; false when the sound is to be moved to the clock. */
  follow(ahead: number): boolean {
    const far = Math.abs(ahead);
    if (far > FOLLOWED_MS) return false;
    if (far > UNSEEN_MS) this.set(this.time() + ahead * SHARE);
    return true;
  }
}
