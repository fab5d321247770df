/**
 * Caption edits as the editor makes them: core names spoken words by their place in the sentence, people work on what
 * is shown. Pure.
 */
import type {
  CaptionChange,
  CaptionEdits,
  CaptionPlace,
  Cue,
  Timeline,
  Word,
} from '../../../backend/bindings/calls';
import type { Line } from './lines';

/** One change made by hand. */
export type CaptionEdit = CaptionEdits[number];

/** A cue with the spoken words it stands for. */
export interface EditedCue {
  /** Stable while the cue begins with the same word. */
  id: string;
  line: Line;
  /** First spoken word, from 0 in its sentence. */
  first: number;
  /** Last spoken word, itself included. */
  last: number;
  startMs: number;
  endMs: number;
  /** What is shown; empty when these words are hidden. */
  text: string;
  /** What is spoken. */
  spoken: string;
  /** The shown words, each with the spoken word it stands over. */
  words: { text: string; over: number; emphasis: boolean; breakAfter: boolean }[];
  place: CaptionPlace | null;
}

function cueOf(line: Line, first: number, last: number, cue: Cue | null): EditedCue {
  const spoken = line.words.slice(first, last + 1);
  const over = (startMs: number) => {
    const found = line.words.findLastIndex((word) => word.start_ms <= startMs);
    return Math.min(last, Math.max(first, found));
  };
  return {
    id: `${line.number}-${first}`,
    line,
    first,
    last,
    startMs: cue?.start_ms ?? spoken[0]?.start_ms ?? line.startMs,
    endMs: cue?.end_ms ?? spoken.at(-1)?.end_ms ?? line.endMs,
    text: cue?.words.map((word) => word.text).join(' ') ?? '',
    spoken: spoken.map((word) => word.text).join(' '),
    words:
      cue?.words.map((word) => ({
        text: word.text,
        over: over(word.start_ms),
        emphasis: word.emphasis ?? false,
        breakAfter: word.break_after ?? false,
      })) ?? [],
    place: cue?.place ?? null,
  };
}

/** The cues of a timeline, hidden ones too, in order. */
export function cuesOf(timeline: Timeline, lines: readonly Line[]): EditedCue[] {
  return lines.flatMap((line) => {
    const cues = timeline.captions.filter((cue) => cue.sentence === line.number);
    const found: EditedCue[] = [];
    let next = 0;
    cues.forEach((cue, index) => {
      const starts = Math.max(next, firstSpoken(line.words, cue.start_ms));
      // Words before it that no cue shows were hidden by hand.
      if (starts > next) found.push(cueOf(line, next, starts - 1, null));
      const following = cues[index + 1];
      const until = following ? following.start_ms : Infinity;
      const within = line.words.findLastIndex((word) => word.start_ms < Math.min(cue.end_ms, until));
      const last = Math.max(starts, within);
      found.push(cueOf(line, starts, last, cue));
      next = last + 1;
    });
    if (next < line.words.length) found.push(cueOf(line, next, line.words.length - 1, null));
    return found;
  });
}

function firstSpoken(words: readonly Word[], startMs: number): number {
  // Captions may begin a moment before or after their word: the nearest beginning counts.
  let best = 0;
  words.forEach((word, index) => {
    if (Math.abs(word.start_ms - startMs) < Math.abs((words[best]?.start_ms ?? 0) - startMs)) best = index;
  });
  return best;
}

type Range = Pick<EditedCue, 'line' | 'first' | 'last'>;

function edit(range: Range, change: CaptionChange): CaptionEdit {
  return {
    sentence: range.line.text,
    occurrence: range.line.occurrence,
    first: range.first,
    last: range.last,
    change,
  };
}

const ofLine = (line: Line) => (one: CaptionEdit) =>
  one.sentence === line.text && (one.occurrence ?? 0) === line.occurrence;

/** Adds an edit; one of the same kind for the same words gives way to it. */
function set(edits: readonly CaptionEdit[], added: CaptionEdit): CaptionEdit[] {
  const same = (one: CaptionEdit) =>
    one.sentence === added.sentence &&
    (one.occurrence ?? 0) === (added.occurrence ?? 0) &&
    one.first === added.first &&
    one.last === added.last &&
    one.change.kind === added.change.kind;
  return [...edits.filter((one) => !same(one)), added];
}

function withoutText(edits: readonly CaptionEdit[], range: Range): CaptionEdit[] {
  const here = ofLine(range.line);
  return edits.filter(
    (one) => !(here(one) && one.change.kind === 'text' && one.first <= range.last && one.last >= range.first),
  );
}

/** Shows `text` for these words; what is spoken takes the edit back, nothing hides them. */
export function retexted(edits: readonly CaptionEdit[], cue: EditedCue, text: string): CaptionEdit[] {
  const shown = text.trim().replace(/\s+/g, ' ');
  const rest = withoutText(edits, cue);
  return shown === cue.spoken ? rest : set(rest, edit(cue, { kind: 'text', text: shown }));
}

/** Breaks a cue before its shown word number `at` (from 1). Words keep the text they are shown with. */
export function split(edits: readonly CaptionEdit[], cue: EditedCue, at: number): CaptionEdit[] {
  const over = cue.words[at]?.over;
  if (over === undefined || cue.last === cue.first) return [...edits];
  const cut = Math.min(cue.last, Math.max(cue.first + 1, over));
  const text = (from: number, to?: number) =>
    cue.words
      .slice(from, to)
      .map((word) => word.text)
      .join(' ');
  const left: EditedCue = {
    ...cue,
    last: cut - 1,
    spoken: cue.line.words
      .slice(cue.first, cut)
      .map((word) => word.text)
      .join(' '),
  };
  const right: EditedCue = {
    ...cue,
    first: cut,
    spoken: cue.line.words
      .slice(cut, cue.last + 1)
      .map((word) => word.text)
      .join(' '),
  };
  let done: CaptionEdit[] = [...edits];
  // One text for all of these words would leave the second cue without any.
  if (cue.text !== cue.spoken) done = retexted(retexted(done, left, text(0, at)), right, text(at));
  return set(done, edit({ line: cue.line, first: cut, last: cut }, { kind: 'cue_break', on: true }));
}

/** Joins a cue with the one before it, when that is of the same sentence. */
export function joined(edits: readonly CaptionEdit[], cue: EditedCue): CaptionEdit[] {
  if (cue.first === 0) return [...edits];
  return set(
    edits,
    edit({ line: cue.line, first: cue.first, last: cue.first }, { kind: 'cue_break', on: false }),
  );
}

/** Draws the shown word number `at` in the emphasis colour, or not. */
export function emphasised(
  edits: readonly CaptionEdit[],
  cue: EditedCue,
  at: number,
  on: boolean,
): CaptionEdit[] {
  const over = cue.words[at]?.over ?? cue.first;
  return set(edits, edit({ line: cue.line, first: over, last: over }, { kind: 'emphasis', on }));
}

/** Ends a line after the shown word number `at`, or not. */
export function lineBroken(
  edits: readonly CaptionEdit[],
  cue: EditedCue,
  at: number,
  on: boolean,
): CaptionEdit[] {
  const over = cue.words[at]?.over ?? cue.first;
  return set(edits, edit({ line: cue.line, first: over, last: over }, { kind: 'line_break', on }));
}

/** Puts a cue somewhere else; `null` puts it back to the style's place. */
export function placed(
  edits: readonly CaptionEdit[],
  cue: EditedCue,
  place: CaptionPlace | null,
): CaptionEdit[] {
  return set(edits, edit(cue, { kind: 'place', place }));
}

/** Takes all edits of the cue's sentence back. */
export function cleared(edits: readonly CaptionEdit[], line: Line): CaptionEdit[] {
  const here = ofLine(line);
  return edits.filter((one) => !here(one));
}

/** True when something of this cue was changed by hand. */
export function isEdited(edits: readonly CaptionEdit[], cue: EditedCue): boolean {
  const here = ofLine(cue.line);
  return edits.some((one) => here(one) && one.first <= cue.last && one.last >= cue.first);
}
