/**
 * What is heard in the preview: the voice and the music, each an element of the page that plays its file. The voice is
 * played plainly, because it is what the clock follows; the music goes through a gain that ducks it.
 */
import type { Timeline } from '../backend/bindings/calls';
import type { Media } from '../lib/media';
import { lengthOf, msOfFrame } from './cuts';
import { type Levels, levelsOf, musicAt } from './levels';
import { isHeard } from './shuttle';

/** Music that is off by more than this is moved: nobody hears less, and each move is heard. */
const MUSIC_OFF_MS = 500;
/** How quickly the music's gain follows, seconds. */
const GLIDE_S = 0.02;

/** What the player asks of the sound. */
export interface Sounding {
  /** Sounds from `ms` of the timeline at this speed. */
  begin(ms: number, rate: number): void;
  /** Called all the time while playing. Gives how far the voice is ahead of `ms`; `null` when it has nothing to say. */
  follow(ms: number): number | null;
  /** The voice was found to be too far off: put it where it should be. */
  align(ms: number): void;
  stop(): void;
  /** 0 to 1. */
  setVolume(volume: number): void;
  /** The voice's or the music's file that could not be played. */
  failed(): 'voice' | 'music' | null;
  end(): void;
}

export class Sound implements Sounding {
  readonly levels: Levels;
  readonly #voiceFrom: number;
  readonly #voiceTo: number;
  readonly #length: number;
  #voice: HTMLAudioElement | null = null;
  #music: HTMLAudioElement | null = null;
  #mixer: { context: AudioContext; gain: GainNode } | null = null;
  #rate = 0;
  #volume = 1;
  #heard = -1;
  #failed: 'voice' | 'music' | null = null;

  constructor(
    private readonly timeline: Timeline,
    private readonly media: Media,
    private readonly onFailure: () => void,
  ) {
    this.levels = levelsOf(timeline);
    this.#voiceFrom = msOfFrame(timeline.fps, timeline.voice.start);
    this.#voiceTo = this.#voiceFrom + timeline.voice.samples / 48;
    this.#length = lengthOf(timeline);
  }

  begin(ms: number, rate: number): void {
    this.stop();
    this.#rate = rate;
    if (!isHeard(rate)) return;
    this.#open();
    for (const element of [this.#voice, this.#music]) {
      if (element) element.playbackRate = rate;
    }
    // A context that is not allowed to sound yet is allowed now: somebody pressed play.
    if (this.#mixer?.context.state === 'suspended') void this.#mixer.context.resume().catch(() => undefined);
    this.align(ms);
    this.follow(ms);
  }

  follow(ms: number): number | null {
    const voice = this.#voice;
    if (!isHeard(this.#rate) || !voice) return null;
    this.#followMusic(ms);
    if (ms < this.#voiceFrom || ms >= this.#voiceTo || this.#failed === 'voice') {
      if (!voice.paused) voice.pause();
      return null;
    }
    if (voice.paused) {
      if (voice.ended) return null;
      this.align(ms);
      this.#play(voice);
      return null;
    }
    const at = voice.currentTime;
    // A voice that is still where it was has not begun, or its place in the file is not known yet.
    if (voice.seeking || voice.readyState < 3 || at === this.#heard) return null;
    this.#heard = at;
    return this.#voiceFrom + at * 1000 - ms;
  }

  align(ms: number): void {
    const { duration } = this.#music ?? {};
    if (this.#voice) {
      this.#voice.currentTime = Math.max(0, ms - this.#voiceFrom) / 1000;
      this.#heard = this.#voice.currentTime;
    }
    if (this.#music) this.#music.currentTime = duration ? (ms / 1000) % duration : 0;
  }

  stop(): void {
    this.#rate = 0;
    this.#voice?.pause();
    this.#music?.pause();
  }

  setVolume(volume: number): void {
    this.#volume = volume;
    if (this.#voice) this.#voice.volume = this.levels.voice * volume;
  }

  failed(): 'voice' | 'music' | null {
    return this.#failed;
  }

  end(): void {
    this.stop();
    for (const element of [this.#voice, this.#music]) {
      element?.removeAttribute('src');
      element?.load();
    }
    this.#voice = this.#music = null;
    void this.#mixer?.context.close().catch(() => undefined);
    this.#mixer = null;
  }

  #open(): void {
    const { voice, music } = this.timeline;
    if (!this.#voice) {
      this.#voice = this.#element(voice.file.path, 'voice');
      this.#voice.volume = this.levels.voice * this.#volume;
    }
    if (music && !this.#music) {
      this.#music = this.#element(music.file.path, 'music');
      this.#music.loop = true;
      this.#mixer = mixerFor(this.#music);
    }
  }

  #element(path: string, what: 'voice' | 'music'): HTMLAudioElement {
    const element = new Audio();
    element.crossOrigin = 'anonymous';
    element.preload = 'auto';
    element.addEventListener('error', () => {
      // An element that was given back has no address.
      if (!element.hasAttribute('src')) return;
      this.#failed ??= what;
      this.onFailure();
    });
    element.src = this.media.file(path);
    return element;
  }

  #play(element: HTMLAudioElement): void {
    // A refusal comes when it is paused before it began, which is nothing to tell; a broken file tells by its error.
    element.play().catch(() => undefined);
  }

  #followMusic(ms: number): void {
    const music = this.#music;
    if (!music) return;
    if (ms >= this.#length) return music.pause();
    if (music.paused) this.#play(music);
    const level = musicAt(this.timeline, this.levels, ms) * this.#volume;
    if (this.#mixer?.context.state === 'running') {
      music.volume = 1;
      this.#mixer.gain.gain.setTargetAtTime(level, this.#mixer.context.currentTime, GLIDE_S);
    } else {
      music.volume = Math.min(1, level);
    }
    const { duration } = music;
    if (!(duration > 0) || music.seeking) return;
    const off = Math.abs(music.currentTime * 1000 - (ms % (duration * 1000)));
    // Around the end of the file both numbers are right: one has looped already and the other has not.
    if (off > MUSIC_OFF_MS && off < duration * 1000 - MUSIC_OFF_MS) {
      music.currentTime = (ms / 1000) % duration;
    }
  }
}

/** A gain the music goes through; `null` where the web view has none, and then the element's own volume must do. */
function mixerFor(music: HTMLAudioElement): { context: AudioContext; gain: GainNode } | null {
  if (typeof AudioContext === 'undefined') return null;
  const context = new AudioContext();
  const gain = context.createGain();
  context.createMediaElementSource(music).connect(gain).connect(context.destination);
  return { context, gain };
}
