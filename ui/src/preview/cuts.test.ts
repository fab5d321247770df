import { describe, expect, it } from 'vitest';
import { aBrandedTimeline, aTimeline } from '../testing/timeline';
import { cutAt, cutsOf, frameAt, lengthOf, msOfFrame, reelSeconds, stillSeconds } from './cuts';

describe('cuts', () => {
  it('follow each other without gaps from the intro to the outro', () => {
    const timeline = aBrandedTimeline();
    const cuts = cutsOf(timeline);
    expect(cuts.map((cut) => cut.part)).toEqual(['intro', 'shot', 'shot', 'shot', 'outro']);
    let next = 0;
    for (const cut of cuts) {
      expect(cut.start).toBe(next);
      next += cut.frames;
    }
    expect(next).toBe(timeline.frames);
  });

  it('are found by every one of their frames, and the nearest outside of the timeline', () => {
    const cuts = cutsOf(aTimeline());
    expect([-5, 0, 29, 30, 59, 60, 89, 500].map((frame) => cutAt(cuts, frame))).toEqual([
      0, 0, 0, 1, 1, 2, 2, 2,
    ]);
    expect(cutAt([], 3)).toBe(-1);
  });

  it('hear the footage only when the timeline says so, and an intro by its own sound', () => {
    expect(cutsOf(aTimeline()).map((cut) => cut.soundDb)).toEqual([null, null, null]);
    expect(cutsOf(aTimeline({ source_sound_db: -18 }))[0]?.soundDb).toBe(-18);
    expect(cutsOf(aBrandedTimeline()).map((cut) => cut.soundDb)).toEqual([0, null, null, null, null]);
  });
});

describe('times', () => {
  it('of a frame give that frame again at every frame rate', () => {
    for (const fps of [24, 25, 30, 50, 60]) {
      for (let frame = 0; frame < 2000; frame++) expect(frameAt(fps, msOfFrame(fps, frame))).toBe(frame);
    }
  });

  it('are read in the file from where the shot begins, and never beyond its end', () => {
    const [first] = cutsOf(aTimeline());
    if (!first) throw new Error('no cut');
    expect(reelSeconds(first, 30, 500)).toBeCloseTo(2.5);
    expect(reelSeconds(first, 30, 5000)).toBeCloseTo(3);
    expect(reelSeconds(first, 30, -10)).toBeCloseTo(2);
  });

  it('stand in the middle of a frame, so that rounding never shows the one before', () => {
    const [first] = cutsOf(aTimeline());
    if (!first) throw new Error('no cut');
    expect(stillSeconds(first, 30, 0)).toBeCloseTo(2 + 0.5 / 30);
    expect(stillSeconds(first, 30, 29)).toBeCloseTo(2 + 29.5 / 30);
    expect(stillSeconds(first, 30, 400)).toBeCloseTo(2 + 29.5 / 30);
  });

  it('make the length', () => {
    expect(lengthOf(aTimeline())).toBe(3000);
    expect(lengthOf(aBrandedTimeline())).toBe(4500);
  });
});
