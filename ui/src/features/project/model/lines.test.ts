import { expect, test } from 'vitest';
import { aTimelineOf } from '../../../testing/project';
import { exchanged, lineAt, linesOf, onFrame, pinFor, placesOf, speaks } from './lines';

const TWICE = ['One and one.', 'Two.', 'One and one.'];
const script = (texts: readonly string[]) => ({
  language: 'en',
  sentences: texts.map((text) => ({ text, paragraph: 0 })),
});

test('each sentence has its words, its shots and its time', () => {
  const lines = linesOf(aTimelineOf(TWICE), null);
  expect(lines.map((line) => line.text)).toEqual(TWICE);
  expect(lines.map((line) => line.occurrence)).toEqual([0, 0, 1]);
  expect(lines[0]?.places.map((place) => place.part)).toEqual([0, 1]);
  expect(lines[1]?.startMs).toBeCloseTo(lines[0]?.endMs ?? 0);
  expect(placesOf(lines).map((place) => place.index)).toEqual([0, 1, 2, 3, 4, 5]);
});

test('the text of a sentence is the script’s as long as it says the same', () => {
  const timeline = aTimelineOf(['你好 世界。']);
  expect(linesOf(timeline, script(['你好世界。']))[0]?.text).toBe('你好世界。');
  expect(linesOf(timeline, script(['再见。']))[0]?.text).toBe('你好 世界。');
  expect(speaks(timeline, script(['你好世界。']))).toBe(true);
  expect(speaks(timeline, script(['再见。']))).toBe(false);
});

test('the line that is heard is the last one that began', () => {
  const lines = linesOf(aTimelineOf(TWICE), null);
  expect(lineAt(lines, 0)?.number).toBe(0);
  expect(lineAt(lines, lines[1]?.startMs ?? 0)?.number).toBe(1);
  expect(lineAt(lines, 1e9)?.number).toBe(2);
  expect(lineAt([], 0)).toBeNull();
});

test('a pin names its place by the sentence’s text, however often it is said', () => {
  const lines = linesOf(aTimelineOf(TWICE), null);
  const place = lines[2]?.places[1];
  if (!place) throw new Error('no place');
  expect(pinFor(lines, place, 4, 'shot-9', 1234.6)).toEqual({
    variant: 4,
    sentence: 'One and one.',
    occurrence: 1,
    part: 1,
    shot: 'shot-9',
    in_ms: 1235,
  });
});

test('two shots that change places are pinned where the other one was', () => {
  const lines = linesOf(aTimelineOf(TWICE), null);
  const [first, , third] = placesOf(lines);
  if (!first || !third) throw new Error('no place');
  const pins = exchanged(lines, first, third, 0);
  expect(pins.map((pin) => [pin.sentence, pin.part, pin.shot])).toEqual([
    ['One and one.', 0, third.segment.pick.shot],
    ['Two.', 0, first.segment.pick.shot],
  ]);
});

test('going to a word stands on the first frame in which it is heard', () => {
  expect(onFrame(960, 30)).toBeCloseTo(966.667, 2);
  expect(onFrame(1000, 30)).toBe(1000);
  expect(onFrame(0, 30)).toBe(0);
});
