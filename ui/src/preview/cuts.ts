/**
 * What a timeline shows when: the intro, each shot and the outro as cuts that follow each other without gaps. Pure.
 * Times of the timeline are milliseconds; a frame is shown from its own time until that of the next one.
 */
import type { Framing, Insert, Timeline } from '../backend/bindings/calls';

/** The file a cut is read from. */
export type Reel = { kind: 'source'; id: string } | { kind: 'file'; path: string };

export interface Cut {
  part: 'intro' | 'shot' | 'outro';
  /** Which segment of the timeline; -1 for intro and outro. */
  segment: number;
  /** First frame on the timeline. */
  start: number;
  frames: number;
  reel: Reel;
  /** Where reading starts in the file. */
  inMs: number;
  framing: Framing;
  /** Level of the file's own sound in dB; `null` when it is not heard. */
  soundDb: number | null;
}

/** The cuts of a timeline, in order. */
export function cutsOf(timeline: Timeline): Cut[] {
  const insert = (part: 'intro' | 'outro', start: number, shown: Insert): Cut => ({
    part,
    segment: -1,
    start,
    frames: shown.frames,
    reel: { kind: 'file', path: shown.file.path },
    inMs: 0,
    framing: shown.framing,
    soundDb: shown.sound ? 0 : null,
  });
  const { intro, outro } = timeline;
  return [
    ...(intro ? [insert('intro', 0, intro)] : []),
    ...timeline.segments.map<Cut>((segment, index) => ({
      part: 'shot',
      segment: index,
      start: segment.start,
      frames: segment.frames,
      reel: { kind: 'source', id: segment.pick.source },
      inMs: segment.pick.in_ms,
      framing: segment.framing,
      soundDb: timeline.source_sound_db ?? null,
    })),
    ...(outro ? [insert('outro', timeline.frames - outro.frames, outro)] : []),
  ];
}

/** Index of the cut that shows this frame; the nearest one outside of the timeline, -1 when there is none. */
export function cutAt(cuts: readonly Cut[], frame: number): number {
  return Math.max(
    cuts.length === 0 ? -1 : 0,
    lastAtOrBefore(cuts, frame, (cut) => cut.start),
  );
}

/** Index of the last of an ordered list that begins at or before `at`; -1 when all begin later. */
export function lastAtOrBefore<T>(list: readonly T[], at: number, begins: (item: T) => number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const item = list[middle];
    if (item !== undefined && begins(item) <= at) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** The frame that is shown at this time. */
export function frameAt(fps: number, ms: number): number {
  // A time that was made from a frame must give that frame again, whatever was lost in rounding.
  return Math.floor((ms * fps) / 1000 + 1e-6);
}

/** When a frame begins. */
export function msOfFrame(fps: number, frame: number): number {
  return (frame * 1000) / fps;
}

/** How long a timeline is. */
export function lengthOf(timeline: Timeline): number {
  return msOfFrame(timeline.fps, timeline.frames);
}

/** Where to stand in a cut's file to see what the timeline shows at `ms`, in seconds. */
export function reelSeconds(cut: Cut, fps: number, ms: number): number {
  const inside = Math.min(Math.max(ms - msOfFrame(fps, cut.start), 0), msOfFrame(fps, cut.frames));
  return (cut.inMs + inside) / 1000;
}

/**
 * The same for a picture that stands still: the middle of its frame, because rendering shows the picture of the file
 * that is nearest to a frame.
 */
export function stillSeconds(cut: Cut, fps: number, frame: number): number {
  const inside = Math.min(Math.max(frame - cut.start, 0), cut.frames - 1);
  return cut.inMs / 1000 + (inside + 0.5) / fps;
}

/** True when both are read from the same file. */
export function sameReel(a: Reel, b: Reel): boolean {
  return a.kind === 'source' ? b.kind === 'source' && a.id === b.id : b.kind === 'file' && a.path === b.path;
}
