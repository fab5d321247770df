import { expect, it } from 'vitest';
import { aTimeline } from '../testing/timeline';
import { duckedDb, gainOf, levelsOf, musicAt } from './levels';

const music = { file: { path: 'media/music/a.mp3', hash: '05' }, gain_db: -6, duck: true, fade_ms: 200 };

it('music goes down under a word and comes back after it', () => {
  const { words } = aTimeline();
  expect(duckedDb(words, 200)).toBeCloseTo(-10);
  expect(duckedDb(words, 1100)).toBeGreaterThan(-3);
  expect(duckedDb(words, 1100)).toBeLessThan(0);
  expect(duckedDb(words, 1499)).toBeGreaterThan(duckedDb(words, 1100));
  expect(duckedDb([], 200)).toBe(0);
});

it('ducking never jumps by more than the attack allows', () => {
  const { words } = aTimeline();
  for (let ms = 0; ms < 3000; ms++)
    expect(Math.abs(duckedDb(words, ms + 1) - duckedDb(words, ms))).toBeLessThan(0.6);
});

it('music is silent at both ends, and at its own level where nobody speaks', () => {
  const timeline = aTimeline({ music: { ...music, duck: false } });
  const levels = levelsOf(timeline);
  expect(musicAt(timeline, levels, 0)).toBe(0);
  expect(musicAt(timeline, levels, 3000)).toBe(0);
  expect(musicAt(timeline, levels, 100)).toBeCloseTo(gainOf(-6) / 2);
  expect(musicAt(timeline, levels, 1500)).toBeCloseTo(gainOf(-6));
});

it('a voice that is made louder than full brings the others down instead', () => {
  const plain = aTimeline();
  const levels = levelsOf({ ...plain, music, voice: { ...plain.voice, gain_db: 6 } });
  expect(levels.voice).toBeCloseTo(1);
  expect(levels.music).toBeCloseTo(gainOf(-12));
  expect(levels.footage(0)).toBeCloseTo(gainOf(-6));
});
