/**
 * The preview's player: one clock for pictures, captions, sound and the timeline below. It knows nothing of elements
 * that show pictures; those listen.
 */
import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import type { Timeline } from '../backend/bindings/calls';
import { useScope } from '../app/scope';
import { storedFor } from '../lib/stored';
import { Clock } from './clock';
import { type Cut, cutsOf, frameAt, lengthOf, msOfFrame } from './cuts';
import { backwards, forwards } from './shuttle';
import { Sound, type Sounding } from './sound';

/** A stretch that is played again and again. */
export interface Loop {
  inMs: number | null;
  outMs: number | null;
}

export interface PlayerState {
  rate: number;
  loop: Loop;
  /** 0 to 1. */
  volume: number;
  /** What cannot be heard because its file does not play. */
  unheard: 'voice' | 'music' | null;
}

/** Where the player gets its time from; tests have their own. */
export interface Beat {
  now(): number;
  /** Runs `tick` with each picture of the screen until the returned function is called. */
  every(tick: () => void): () => void;
}

/** What outlives one timeline, so that the next one goes on at the same place. */
export interface Memory {
  ms: number;
  volume: number;
}

const SCREEN: Beat = {
  now: () => performance.now(),
  every(tick) {
    let handle = requestAnimationFrame(function again() {
      handle = requestAnimationFrame(again);
      tick();
    });
    return () => cancelAnimationFrame(handle);
  },
};

export class Player {
  readonly cuts: readonly Cut[];
  readonly length: number;
  readonly #clock: Clock;
  readonly #heard = new Set<() => void>();
  readonly #sound: Sounding;
  #ms: number;
  #state: PlayerState;
  #stopBeat: (() => void) | null = null;

  constructor(
    readonly timeline: Timeline,
    makeSound: (onFailure: () => void) => Sounding,
    private readonly memory: Memory = { ms: 0, volume: 1 },
    private readonly beat: Beat = SCREEN,
  ) {
    this.cuts = cutsOf(timeline);
    this.length = lengthOf(timeline);
    this.#clock = new Clock(beat.now);
    this.#sound = makeSound(() => this.#set({ unheard: this.#sound.failed() }));
    this.#ms = this.#onFrame(memory.ms);
    this.#clock.set(this.#ms);
    this.#state = { rate: 0, loop: { inMs: null, outMs: null }, volume: memory.volume, unheard: null };
    this.#sound.setVolume(memory.volume);
  }

  subscribe = (heard: () => void): (() => void) => {
    this.#heard.add(heard);
    return () => this.#heard.delete(heard);
  };

  /** Milliseconds from the start of the timeline. */
  time = (): number => this.#ms;

  /** The frame that is shown. */
  frame = (): number => Math.min(frameAt(this.timeline.fps, this.#ms), this.timeline.frames - 1);

  playing = (): boolean => this.#state.rate !== 0;

  state = (): PlayerState => this.#state;

  /** Goes to the frame at this time. While it plays, it goes on from there. */
  seek(ms: number): void {
    this.#ms = this.#onFrame(ms);
    this.#clock.set(this.#ms);
    if (this.playing()) this.#sound.begin(this.#ms, this.#state.rate);
    this.#tell();
  }

  play(): void {
    this.shuttle(1);
  }

  pause(): void {
    this.shuttle(0);
  }

  toggle(): void {
    this.shuttle(this.playing() ? 0 : 1);
  }

  /** Plays at this speed; below 0 backwards, 0 stands still. */
  shuttle(rate: number): void {
    if (rate > 0 && this.#ms >= this.#lastMs()) this.#ms = this.#state.loop.inMs ?? 0;
    if (rate < 0 && this.#ms <= 0) this.#ms = this.#lastMs();
    // Standing still, it stands on a frame.
    if (rate === 0) this.#ms = this.#onFrame(this.#ms);
    this.#clock.set(this.#ms);
    this.#clock.run(rate);
    if (rate === 0) this.#sound.stop();
    else this.#sound.begin(this.#ms, rate);
    this.#beatWhile(rate !== 0);
    this.#set({ rate });
  }

  faster(): void {
    this.shuttle(forwards(this.#state.rate));
  }

  slower(): void {
    this.shuttle(backwards(this.#state.rate));
  }

  /** Stands still this many frames on, or back. */
  step(frames: number): void {
    const frame = this.frame() + frames;
    if (this.playing()) this.pause();
    this.seek(msOfFrame(this.timeline.fps, frame));
  }

  /** The loop begins here. An end before it is given up. */
  markIn(): void {
    const inMs = this.#onFrame(this.#ms);
    const { outMs } = this.#state.loop;
    this.#set({ loop: { inMs, outMs: outMs !== null && outMs > inMs ? outMs : null } });
  }

  /** The loop ends after the frame that is shown. */
  markOut(): void {
    const outMs = msOfFrame(this.timeline.fps, this.frame() + 1);
    const { inMs } = this.#state.loop;
    this.#set({ loop: { inMs: inMs !== null && inMs < outMs ? inMs : null, outMs } });
  }

  clearLoop(): void {
    this.#set({ loop: { inMs: null, outMs: null } });
  }

  setVolume(volume: number): void {
    this.memory.volume = volume;
    this.#sound.setVolume(volume);
    this.#set({ volume });
  }

  /** Stops everything; what it held of the page is given back. It can be played again all the same. */
  end(): void {
    if (this.playing()) this.pause();
    this.#sound.end();
  }

  #tick(): void {
    const { rate, loop } = this.#state;
    const ahead = this.#sound.follow(this.#clock.time());
    if (ahead !== null && !this.#clock.follow(ahead)) this.#sound.align(this.#clock.time());
    let ms = this.#clock.time();
    const looping = loop.inMs !== null || loop.outMs !== null;
    const to = loop.outMs ?? this.length;
    const from = loop.inMs ?? 0;
    // Only what reaches the end of the loop from inside is sent back: beyond it one may look around freely.
    if (looping && rate > 0 && ms >= to && this.#ms < to) {
      return this.seek(from);
    }
    const ended = rate > 0 ? ms >= this.length : ms <= 0;
    ms = Math.min(Math.max(ms, 0), this.#lastMs());
    this.#ms = ms;
    this.memory.ms = ms;
    if (ended) this.pause();
    else this.#tell();
  }

  #beatWhile(playing: boolean): void {
    if (playing) this.#stopBeat ??= this.beat.every(() => this.#tick());
    else {
      this.#stopBeat?.();
      this.#stopBeat = null;
    }
  }

  #lastMs(): number {
    return msOfFrame(this.timeline.fps, this.timeline.frames - 1);
  }

  #onFrame(ms: number): number {
    const { fps, frames } = this.timeline;
    const frame = Math.min(Math.max(frameAt(fps, Number.isFinite(ms) ? ms : 0), 0), Math.max(0, frames - 1));
    this.memory.ms = msOfFrame(fps, frame);
    return this.memory.ms;
  }

  #set(change: Partial<PlayerState>): void {
    this.#state = { ...this.#state, ...change };
    this.#tell();
  }

  #tell(): void {
    for (const heard of this.#heard) heard();
  }
}

/**
 * A player of a timeline while the component is mounted. The next timeline goes on at the same time, standing still.
 *
 * @param options `silent`: it is not heard, and how loud the profile's player is stays as it is
 */
export function usePlayer(timeline: Timeline | null, options: { silent?: boolean } = {}): Player | null {
  const silent = options.silent ?? false;
  const scope = useScope();
  const [memory] = useState<Memory>(() => ({
    ms: 0,
    volume: silent ? 0 : storedFor(scope.session.profile.id).read('preview.volume', 1),
  }));
  const player = useMemo(
    () =>
      timeline && new Player(timeline, (onFailure) => new Sound(timeline, scope.media, onFailure), memory),
    [timeline, scope, memory],
  );
  useEffect(() => {
    if (!player) return;
    // Nobody watches a window that is not seen, and the screen's beat stops there while sound would go on.
    const hide = () => document.hidden && player.pause();
    document.addEventListener('visibilitychange', hide);
    return () => {
      document.removeEventListener('visibilitychange', hide);
      if (!silent) storedFor(scope.session.profile.id).write('preview.volume', memory.volume);
      player.end();
    };
  }, [player, scope, memory, silent]);
  return player;
}

const NOBODY = () => () => undefined;

/** The player's time, milliseconds, as it goes on. */
export function usePlayerTime(player: Player | null): number {
  return useSyncExternalStore(player?.subscribe ?? NOBODY, player?.time ?? zero);
}

/** Something of the player that changes more rarely than its time; the component is drawn again only then. */
export function usePlayerValue<T>(player: Player, read: (player: Player) => T): T {
  const get = useCallback(() => read(player), [player, read]);
  return useSyncExternalStore(player.subscribe, get);
}

function zero(): number {
  return 0;
}
