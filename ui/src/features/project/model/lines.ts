/**
 * A timeline as the page shows it: sentence by sentence, each with its words, its place in time and its shots. Pure.
 */
import type { Pin, Script, Segment, Timeline, Word } from '../../../backend/bindings/calls';

/** One shot of one sentence. */
export interface Place {
  /** Index among the timeline's segments. */
  index: number;
  /** Number of its sentence. */
  sentence: number;
  /** Which shot inside the sentence, from 0: what a pin names. */
  part: number;
  segment: Segment;
  startMs: number;
  endMs: number;
}

/** One spoken sentence. */
export interface Line {
  number: number;
  /** As pins and caption edits name it. */
  text: string;
  /** Which of several sentences with this text, from 0. */
  occurrence: number;
  startMs: number;
  endMs: number;
  words: Word[];
  places: Place[];
}

/** Milliseconds at which a frame starts. */
export function msOfFrame(frame: number, fps: number): number {
  return (frame * 1000) / Math.max(1, fps);
}

/** The first frame, as a time, in which what begins at `ms` is there: a player stands on frames, words do not. */
export function onFrame(ms: number, fps: number): number {
  return msOfFrame(Math.max(0, Math.ceil((ms * fps) / 1000 - 1e-6)), fps);
}

const letters = (text: string) => text.replace(/\s+/g, '');

/** The sentences of a timeline. `script` gives their exact text as long as it says the same words. */
export function linesOf(timeline: Timeline, script: Script | null): Line[] {
  const words = new Map<number, Word[]>();
  for (const word of timeline.words) words.set(word.sentence, [...(words.get(word.sentence) ?? []), word]);
  const places = new Map<number, Place[]>();
  timeline.segments.forEach((segment, index) => {
    const before = places.get(segment.sentence) ?? [];
    const place: Place = {
      index,
      sentence: segment.sentence,
      part: before.length,
      segment,
      startMs: msOfFrame(segment.start, timeline.fps),
      endMs: msOfFrame(segment.start + segment.frames, timeline.fps),
    };
    places.set(segment.sentence, [...before, place]);
  });
  const numbers = [...new Set([...words.keys(), ...places.keys()])].sort((a, b) => a - b);
  const seen = new Map<string, number>();
  return numbers.map((number) => {
    const spoken = words.get(number) ?? [];
    const shown = places.get(number) ?? [];
    const joined = spoken.map((word) => word.text).join(' ');
    const written = script?.sentences[number]?.text;
    const text = written !== undefined && letters(written) === letters(joined) ? written : joined;
    const occurrence = seen.get(text) ?? 0;
    seen.set(text, occurrence + 1);
    return {
      number,
      text,
      occurrence,
      startMs: shown[0]?.startMs ?? spoken[0]?.start_ms ?? 0,
      endMs: shown.at(-1)?.endMs ?? spoken.at(-1)?.end_ms ?? 0,
      words: spoken,
      places: shown,
    };
  });
}

/** True when the timeline speaks exactly what the script says. */
export function speaks(timeline: Timeline, script: Script): boolean {
  const said = letters(timeline.words.map((word) => word.text).join(''));
  return said === letters(script.sentences.map((sentence) => sentence.text).join(''));
}

/** The line that is heard at a time; the last one that began. */
export function lineAt(lines: readonly Line[], ms: number): Line | null {
  return lines.findLast((line) => line.startMs <= ms) ?? lines[0] ?? null;
}

/** All places, in order. */
export function placesOf(lines: readonly Line[]): Place[] {
  return lines.flatMap((line) => line.places).sort((a, b) => a.index - b.index);
}

/** The pin that shows `shot` at a place of a variant. */
export function pinFor(
  lines: readonly Line[],
  place: Place,
  variant: number,
  shot: string,
  inMs?: number,
): Pin {
  const line = lines.find((one) => one.number === place.sentence);
  const pin: Pin = {
    variant,
    sentence: line?.text ?? '',
    occurrence: line?.occurrence ?? 0,
    part: place.part,
    shot,
  };
  return inMs === undefined ? pin : { ...pin, in_ms: Math.round(inMs) };
}

/** True when two pins hold the same place. */
export function samePlace(a: Pin, b: Pin): boolean {
  return (
    a.variant === b.variant &&
    a.sentence === b.sentence &&
    (a.occurrence ?? 0) === (b.occurrence ?? 0) &&
    a.part === b.part
  );
}

/** The pins that exchange the shots of two places. */
export function exchanged(lines: readonly Line[], a: Place, b: Place, variant: number): Pin[] {
  return [
    pinFor(lines, a, variant, b.segment.pick.shot, b.segment.pick.in_ms),
    pinFor(lines, b, variant, a.segment.pick.shot, a.segment.pick.in_ms),
  ];
}
