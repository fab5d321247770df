/**
 * Two videos that take turns: while one shows a cut, the other has the next one loaded and stands at its first picture,
 * so that a cut is only a change of which is seen.
 */
import { type Cut, type Reel, cutAt, reelSeconds, sameReel, stillSeconds } from './cuts';
import { plays } from './shuttle';

/** The part of a video element that is used; tests have their own. */
export type Video = Pick<
  HTMLVideoElement,
  | 'src'
  | 'poster'
  | 'currentTime'
  | 'playbackRate'
  | 'muted'
  | 'volume'
  | 'paused'
  | 'ended'
  | 'seeking'
  | 'readyState'
  | 'videoWidth'
  | 'videoHeight'
  | 'play'
  | 'pause'
  | 'load'
  | 'removeAttribute'
  | 'addEventListener'
  | 'removeEventListener'
>;

/** What is to be seen. */
export interface Wanted {
  ms: number;
  frame: number;
  /** 0 stands still. */
  rate: number;
  /** Level of the footage's own sound: 0 to 1. */
  loudness: (db: number) => number;
}

/** What is seen. */
export interface Shown {
  /** Which of the two videos. */
  slot: 0 | 1;
  /** The cut that was asked for; -1 when there is none. */
  cut: number;
  /** The cut each of the two videos holds; -1 for none. */
  held: readonly [number, number];
  /** The picture asked for is on the screen. */
  settled: boolean;
  /** The file of this cut does not play. */
  failed: boolean;
}

/** A playing video that is off by more than this is moved; less is not seen, and moving stops the picture for a moment. */
const OFF_S = 0.18;
/** A video that was moved because it was off is not moved again before this, so that a slow machine goes on playing. */
const REST_MS = 900;

interface Slot {
  video: Video;
  reel: Reel | null;
  cut: number;
  /** Where it is to stand. */
  at: number;
  failed: boolean;
}

export class Deck {
  readonly #slots: readonly [Slot, Slot];
  #seen: 0 | 1 = 0;
  #moved = -Infinity;
  readonly #stop: () => void;

  /**
   * @param changed called when something came that changes what `show` gives
   */
  constructor(
    videos: readonly [Video, Video],
    private readonly cuts: readonly Cut[],
    private readonly fps: number,
    private readonly media: { url: (reel: Reel) => string; poster: (cut: Cut) => string | null },
    private readonly changed: () => void,
  ) {
    const slot = (video: Video): Slot => ({ video, reel: null, cut: -1, at: 0, failed: false });
    this.#slots = [slot(videos[0]), slot(videos[1])];
    const stops = this.#slots.flatMap((one) => this.#listen(one));
    this.#stop = () => stops.forEach((stop) => stop());
  }

  /** Shows what is wanted as far as it is there, and gets ready what comes next. */
  show(wanted: Wanted): Shown {
    const index = cutAt(this.cuts, wanted.frame);
    const cut = this.cuts[index];
    if (!cut) return { slot: this.#seen, cut: -1, held: [-1, -1], settled: true, failed: false };
    const number = this.#slotFor(index);
    const slot = this.#slots[number];
    this.#load(slot, index, cut);
    this.#drive(slot, cut, wanted);
    const settled = slot.failed || isReady(slot.video);
    // The picture before stays until this one is there: rather a moment late than a moment black.
    if (settled) this.#seen = number;
    const other = this.#slots[number === 0 ? 1 : 0];
    if (settled) {
      quiet(other.video);
      this.#prepare(other, index + (wanted.rate < 0 ? -1 : 1), wanted.rate < 0);
    }
    const standing = wanted.rate !== 0 || slot.failed || this.#stands(slot);
    const held = [this.#slots[0].cut, this.#slots[1].cut] as const;
    return { slot: this.#seen, cut: index, held, settled: settled && standing, failed: slot.failed };
  }

  /** Tries a file again that did not play. */
  retry(): void {
    for (const slot of this.#slots.filter((one) => one.failed)) {
      slot.failed = false;
      slot.reel = null;
    }
    this.changed();
  }

  /** Stops and gives the files back. */
  end(): void {
    this.#stop();
    for (const { video } of this.#slots) {
      quiet(video);
      video.removeAttribute('src');
      video.load();
    }
  }

  #slotFor(index: number): 0 | 1 {
    const holds = (slot: Slot) => slot.cut === index;
    if (holds(this.#slots[this.#seen])) return this.#seen;
    const hidden = this.#seen === 0 ? 1 : 0;
    // At the very start nothing is seen yet, so the first is as good as the second.
    return holds(this.#slots[hidden]) || this.#slots[this.#seen].reel !== null ? hidden : this.#seen;
  }

  #load(slot: Slot, index: number, cut: Cut): void {
    slot.cut = index;
    if (slot.reel && sameReel(slot.reel, cut.reel)) return;
    slot.reel = cut.reel;
    slot.failed = false;
    slot.at = 0;
    slot.video.poster = this.media.poster(cut) ?? '';
    slot.video.src = this.media.url(cut.reel);
  }

  #drive(slot: Slot, cut: Cut, wanted: Wanted): void {
    const { video } = slot;
    if (slot.failed) return;
    if (!plays(wanted.rate)) {
      if (!video.paused) video.pause();
      this.#stand(slot, stillSeconds(cut, this.fps, wanted.frame));
      return;
    }
    const to = reelSeconds(cut, this.fps, wanted.ms);
    if (video.playbackRate !== wanted.rate) video.playbackRate = wanted.rate;
    const heard = cut.soundDb !== null && wanted.rate === 1;
    video.muted = !heard;
    if (heard) video.volume = wanted.loudness(cut.soundDb ?? 0);
    slot.at = to;
    // A file that ends a frame early keeps its last picture; playing it would begin it again.
    if (video.ended && to >= video.currentTime) return;
    if (video.paused) {
      if (video.readyState >= 1 && Math.abs(video.currentTime - to) > OFF_S / 2) video.currentTime = to;
      // A refusal comes when it is paused before it began; a broken file tells by its error.
      video.play().catch(() => undefined);
      return;
    }
    const off = Math.abs(video.currentTime - to);
    if (
      off > OFF_S * Math.max(1, wanted.rate) &&
      !video.seeking &&
      wanted.ms - this.#moved > REST_MS * wanted.rate
    ) {
      this.#moved = wanted.ms;
      video.currentTime = to;
    }
    if (wanted.ms < this.#moved) this.#moved = -Infinity;
  }

  #prepare(slot: Slot, index: number, fromItsEnd: boolean): void {
    const cut = this.cuts[index];
    if (!cut || slot.cut === index) return;
    this.#load(slot, index, cut);
    const frame = fromItsEnd ? cut.start + cut.frames - 1 : cut.start;
    this.#stand(slot, stillSeconds(cut, this.fps, frame));
  }

  /** Puts a video that stands still at a time. While it is on its way somewhere, it goes there first. */
  #stand(slot: Slot, seconds: number): void {
    slot.at = seconds;
    const { video } = slot;
    if (slot.failed || video.readyState < 1 || video.seeking) return;
    if (Math.abs(video.currentTime - seconds) > 0.001) video.currentTime = seconds;
  }

  #stands(slot: Slot): boolean {
    return isReady(slot.video) && Math.abs(slot.video.currentTime - slot.at) < 0.5 / this.fps;
  }

  #listen(slot: Slot): (() => void)[] {
    const { video } = slot;
    const on = (event: string, heard: () => void) => {
      video.addEventListener(event, heard);
      return () => video.removeEventListener(event, heard);
    };
    const arrived = () => {
      if (video.paused) this.#stand(slot, slot.at);
      this.changed();
    };
    const failed = () => {
      if (!slot.reel) return;
      slot.failed = true;
      this.changed();
    };
    return [
      ...['loadedmetadata', 'loadeddata', 'canplay', 'seeked', 'playing'].map((event) => on(event, arrived)),
      on('error', failed),
    ];
  }
}

function isReady(video: Video): boolean {
  return video.readyState >= 2 && !video.seeking;
}

function quiet(video: Video): void {
  video.muted = true;
  if (!video.paused) video.pause();
}
