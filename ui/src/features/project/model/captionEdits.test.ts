import { expect, test } from 'vitest';
import type { Timeline } from '../../../backend/bindings/calls';
import { aTimelineOf } from '../../../testing/project';
import {
  type EditedCue,
  cleared,
  cuesOf,
  emphasised,
  isEdited,
  joined,
  lineBroken,
  placed,
  retexted,
  split,
} from './captionEdits';
import { linesOf } from './lines';

const TEXT = 'one two three four five';

function cues(change: (timeline: Timeline) => void = () => undefined): EditedCue[] {
  const timeline = aTimelineOf([TEXT, 'six seven']);
  change(timeline);
  return cuesOf(timeline, linesOf(timeline, null));
}

function cue(index: number, change?: (timeline: Timeline) => void): EditedCue {
  const found = cues(change)[index];
  if (!found) throw new Error('no such cue');
  return found;
}

test('cues stand for spoken words, sentence by sentence', () => {
  expect(cues().map((one) => [one.first, one.last, one.text])).toEqual([
    [0, 2, 'one two three'],
    [3, 4, 'four five'],
    [0, 1, 'six seven'],
  ]);
});

test('words that no cue shows are a hidden one', () => {
  const hidden = cues((timeline) => timeline.captions.shift());
  expect(hidden[0]).toMatchObject({ first: 0, last: 2, text: '', spoken: 'one two three' });
});

test('other words are shown, and the spoken ones take the edit back', () => {
  const edits = retexted([], cue(1), '  4   and 5 ');
  expect(edits).toEqual([
    { sentence: TEXT, occurrence: 0, first: 3, last: 4, change: { kind: 'text', text: '4 and 5' } },
  ]);
  expect(retexted(edits, cue(1), 'four five')).toEqual([]);
  expect(isEdited(edits, cue(1))).toBe(true);
  expect(isEdited(edits, cue(0))).toBe(false);
});

test('a cue is broken where the caret is, and joined again', () => {
  const edits = split([], cue(0), 2);
  expect(edits).toEqual([
    { sentence: TEXT, occurrence: 0, first: 2, last: 2, change: { kind: 'cue_break', on: true } },
  ]);
  const second = { ...cue(0), first: 2 };
  expect(joined(edits, second)).toEqual([
    { sentence: TEXT, occurrence: 0, first: 2, last: 2, change: { kind: 'cue_break', on: false } },
  ]);
  expect(joined([], cue(0))).toEqual([]);
});

test('a cue with other words keeps them on both sides of a break', () => {
  const shown = cue(0, (timeline) => {
    const first = timeline.captions[0];
    if (!first) return;
    const [start, step] = [first.start_ms, 240];
    first.words = ['1', 'and', '2', '3'].map((text, index) => ({
      text,
      start_ms: start + index * step,
      end_ms: start + (index + 1) * step,
    }));
  });
  const before = retexted([], shown, '1 and 2 3');
  const edits = split(before, shown, 3);
  expect(edits.map((edit) => [edit.first, edit.last, edit.change])).toEqual([
    [0, 1, { kind: 'text', text: '1 and 2' }],
    [2, 2, { kind: 'text', text: '3' }],
    [2, 2, { kind: 'cue_break', on: true }],
  ]);
});

test('emphasis, lines and place are edits of their own', () => {
  const one = cue(0);
  let edits = emphasised([], one, 1, true);
  edits = lineBroken(edits, one, 1, true);
  edits = placed(edits, one, { x: 0.5, y: 0.2 });
  edits = emphasised(edits, one, 1, false);
  expect(edits.map((edit) => [edit.first, edit.last, edit.change.kind])).toEqual([
    [1, 1, 'line_break'],
    [0, 2, 'place'],
    [1, 1, 'emphasis'],
  ]);
  expect(edits.at(-1)?.change).toEqual({ kind: 'emphasis', on: false });
  expect(cleared(edits, one.line)).toEqual([]);
});
