/** How loud voice, music and footage are at each time, as the mix of a rendered video has them approximately. Pure. */
import type { Timeline, Word } from '../backend/bindings/calls';
import { lastAtOrBefore, lengthOf } from './cuts';

/** How far music goes down under the voice, as the compressor of the render brings it down. */
const DUCK_DB = -10;
const ATTACK_MS = 20;
/** After this long without a word, two thirds of the ducking are gone. */
const RELEASE_MS = 140;

export function gainOf(db: number): number {
  return 10 ** (db / 20);
}

/** Shares of full level. What the timeline makes louder than full is kept, everything else brought down with it. */
export interface Levels {
  voice: number;
  music: number;
  footage: (db: number) => number;
}

export function levelsOf(timeline: Timeline): Levels {
  const voice = gainOf(timeline.voice.gain_db);
  const music = timeline.music ? gainOf(timeline.music.gain_db) : 0;
  const scale = 1 / Math.max(1, voice, music);
  return {
    voice: voice * scale,
    music: music * scale,
    footage: (db) => Math.min(1, gainOf(db) * scale),
  };
}

/** How far the music is brought down under the voice at a time, in dB: 0 or less. */
export function duckedDb(words: readonly Word[], ms: number): number {
  const index = lastAtOrBefore(words, ms, (word) => word.start_ms);
  const word = words[index];
  if (!word) return 0;
  const before = words[index - 1];
  const left = before ? released(word.start_ms - before.end_ms) : 0;
  const down = left + (DUCK_DB - left) * Math.min(1, (Math.min(ms, word.end_ms) - word.start_ms) / ATTACK_MS);
  return ms <= word.end_ms ? down : down * Math.exp(-(ms - word.end_ms) / RELEASE_MS);
}

function released(silence: number): number {
  return DUCK_DB * Math.exp(-Math.max(0, silence) / RELEASE_MS);
}

/** The music's level at a time: its own, faded at both ends, ducked under words. */
export function musicAt(timeline: Timeline, levels: Levels, ms: number): number {
  const { music } = timeline;
  if (!music) return 0;
  const length = lengthOf(timeline);
  const fade = Math.min(music.fade_ms, length / 2);
  const edge = Math.min(ms, length - ms);
  const faded = fade > 0 ? Math.min(1, Math.max(0, edge / fade)) : 1;
  const ducked = music.duck ? gainOf(duckedDb(timeline.words, ms)) : 1;
  return levels.music * faded * ducked;
}
