import { beforeEach, describe, expect, it } from 'vitest';
import { aTimeline } from '../testing/timeline';
import { cutsOf, msOfFrame } from './cuts';
import { Deck, type Video } from './deck';

/** A video element that loads and seeks when it is told to. */
class Reel extends EventTarget {
  src = '';
  poster = '';
  playbackRate = 1;
  muted = false;
  volume = 1;
  paused = true;
  ended = false;
  seeking = false;
  readyState = 0;
  videoWidth = 1920;
  videoHeight = 1080;
  #time = 0;
  goal: number | null = null;
  seeks = 0;

  get currentTime() {
    return this.goal ?? this.#time;
  }
  set currentTime(seconds: number) {
    this.goal = seconds;
    this.seeking = true;
    this.seeks += 1;
  }
  play = () => {
    this.paused = false;
    return Promise.resolve();
  };
  pause = () => void (this.paused = true);
  load = () => undefined;
  removeAttribute = () => void (this.src = '');
  /** The file is there. */
  loads() {
    this.readyState = 4;
    this.dispatchEvent(new Event('loadedmetadata'));
    this.dispatchEvent(new Event('loadeddata'));
  }
  /** It has arrived where it was sent. */
  arrives() {
    this.#time = this.goal ?? this.#time;
    this.goal = null;
    this.seeking = false;
    this.dispatchEvent(new Event('seeked'));
  }
  goesOnTo(seconds: number) {
    this.#time = seconds;
  }
  breaks() {
    this.readyState = 0;
    this.dispatchEvent(new Event('error'));
  }
}

const FPS = 30;
const cuts = cutsOf(aTimeline());
const still = (frame: number) => ({ ms: msOfFrame(FPS, frame), frame, rate: 0, loudness: () => 1 });
const moving = (frame: number, rate = 1) => ({ ...still(frame), rate });

describe('the two videos', () => {
  let a: Reel;
  let b: Reel;
  let deck: Deck;
  let changes: number;

  beforeEach(() => {
    [a, b] = [new Reel(), new Reel()];
    changes = 0;
    const media = {
      url: (reel: (typeof cuts)[number]['reel']) => (reel.kind === 'source' ? reel.id : reel.path),
      poster: () => 'still.jpg',
    };
    deck = new Deck([a, b] as unknown as [Video, Video], cuts, FPS, media, () => (changes += 1));
  });

  const ready = (reel: Reel) => {
    reel.loads();
    reel.arrives();
  };

  it('stand in the middle of the frame that is wanted, and say when they do', () => {
    expect(deck.show(still(3))).toMatchObject({ slot: 0, cut: 0, settled: false });
    expect(a.src).toBe('source-1');
    a.loads();
    expect(a.currentTime).toBeCloseTo(2 + 3.5 / 30);
    expect(deck.show(still(3)).settled).toBe(false);
    a.arrives();
    expect(deck.show(still(3)).settled).toBe(true);
    expect(changes).toBeGreaterThan(0);
  });

  it('have the next cut loaded and standing at its first picture before it is wanted', () => {
    deck.show(still(0));
    ready(a);
    deck.show(still(0));
    expect(b.src).toBe('source-2');
    b.loads();
    expect(b.currentTime).toBeCloseTo(0.5 + 0.5 / 30);
    expect(b.paused).toBe(true);
    expect(b.muted).toBe(true);
  });

  it('change places exactly at the cut, and then the one that is free gets the next', () => {
    deck.show(still(0));
    ready(a);
    deck.show(moving(0));
    ready(b);
    a.goesOnTo(2.97);
    expect(deck.show(moving(29)).slot).toBe(0);
    expect(deck.show(moving(30)).slot).toBe(1);
    expect([a.paused, b.paused]).toEqual([true, false]);
    expect(b.seeks).toBe(1);
    expect(a.src).toBe('source-1');
    expect(a.currentTime).toBeCloseTo(9 + 0.5 / 30);
  });

  it('keep the picture before until the new one is there', () => {
    deck.show(still(0));
    ready(a);
    deck.show(still(0));
    expect(deck.show(still(40))).toMatchObject({ slot: 0, cut: 1, settled: false });
    ready(b);
    expect(deck.show(still(40))).toMatchObject({ slot: 1, cut: 1 });
  });

  it('go to the last of many places only, one after the other', () => {
    deck.show(still(0));
    ready(a);
    for (let frame = 1; frame <= 20; frame++) deck.show(still(frame));
    expect(a.seeks).toBe(2);
    a.arrives();
    expect(a.seeks).toBe(3);
    expect(a.currentTime).toBeCloseTo(2 + 20.5 / 30);
  });

  it('are left alone while they are nearly right, and moved when they are not', () => {
    deck.show(still(0));
    ready(a);
    deck.show(moving(0));
    a.goesOnTo(2.4);
    deck.show(moving(10));
    expect(a.seeks).toBe(1);
    a.goesOnTo(2.4);
    deck.show(moving(24));
    expect(a.seeks).toBe(2);
    expect(a.currentTime).toBeCloseTo(2.8);
  });

  it('are moved picture by picture backwards, and get the cut before ready', () => {
    deck.show(still(45));
    ready(a);
    deck.show(moving(45, -1));
    expect(a.paused).toBe(true);
    b.loads();
    expect(b.src).toBe('source-1');
    expect(b.currentTime).toBeCloseTo(2 + 29.5 / 30);
  });

  it('say that a file does not play, and try it again when asked', () => {
    deck.show(still(0));
    a.breaks();
    expect(deck.show(still(0))).toMatchObject({ failed: true, settled: true });
    a.src = '';
    deck.retry();
    expect(deck.show(still(0)).failed).toBe(false);
    expect(a.src).toBe('source-1');
  });

  it('do not begin a file again that ended a frame early', () => {
    deck.show(still(0));
    ready(a);
    deck.show(moving(0));
    a.goesOnTo(2.95);
    a.ended = a.paused = true;
    deck.show(moving(29));
    expect(a.paused).toBe(true);
    expect(a.seeks).toBe(1);
  });

  it('are heard only at their own speed, at the level of the timeline', () => {
    const loud = cutsOf(aTimeline({ source_sound_db: -20 }));
    deck = new Deck(
      [a, b] as unknown as [Video, Video],
      loud,
      FPS,
      { url: () => 'x', poster: () => null },
      () => undefined,
    );
    deck.show(still(0));
    ready(a);
    deck.show({ ...moving(0), loudness: (db) => 10 ** (db / 20) });
    expect([a.muted, a.volume]).toEqual([false, 0.1]);
    deck.show(moving(1, 2));
    expect(a.muted).toBe(true);
  });

  it('give their files back at the end', () => {
    deck.show(still(0));
    ready(a);
    deck.end();
    expect([a.src, b.src, a.paused]).toEqual(['', '', true]);
  });
});
