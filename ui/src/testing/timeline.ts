/** Timelines for tests: small enough to count in one's head. */
import type { Segment, Timeline } from '../backend/bindings/calls';

export function aSegment(over: Partial<Segment> = {}): Segment {
  return {
    start: 0,
    frames: 30,
    sentence: 0,
    pick: { shot: 'shot-1', source: 'source-1', source_hash: '00', in_ms: 2000 },
    framing: { how: 'fill', x: 0.5, y: 0.5 },
    reason: 'tag: oven',
    ...over,
  };
}

/**
 * Three seconds at 30 frames a second: three shots of a second each, of two sources, over two sentences of two words.
 */
export function aTimeline(over: Partial<Timeline> = {}): Timeline {
  const word = (text: string, start_ms: number, sentence: number) => ({
    text,
    start_ms,
    end_ms: start_ms + 400,
    sentence,
  });
  const voice = { provider: 'flite', voice: 'slt' };
  const words = [word('Fresh', 0, 0), word('bread.', 500, 0), word('Every', 1500, 1), word('day.', 2000, 1)];
  return {
    version: 1,
    platform: 'tiktok',
    width: 1080,
    height: 1920,
    fps: 30,
    frames: 90,
    intro: null,
    outro: null,
    segments: [
      aSegment(),
      aSegment({
        start: 30,
        pick: { shot: 'shot-2', source: 'source-2', source_hash: '01', in_ms: 500 },
        sentence: 0,
      }),
      aSegment({
        start: 60,
        pick: { shot: 'shot-3', source: 'source-1', source_hash: '00', in_ms: 9000 },
        sentence: 1,
      }),
    ],
    voice: {
      file: { path: 'cache/voice/a.wav', hash: '02' },
      start: 0,
      samples: 144_000,
      gain_db: 0,
      asked: voice,
      used: voice,
      reasons: [],
    },
    words,
    captions: [0, 1].map((sentence) => ({
      start_ms: sentence * 1500,
      end_ms: sentence * 1500 + 900,
      sentence,
      words: words
        .filter((one) => one.sentence === sentence)
        .map(({ text, start_ms, end_ms }) => ({ text, start_ms, end_ms })),
    })) as Timeline['captions'],
    caption_style: null,
    hook_title: null,
    logo: null,
    music: null,
    source_sound_db: null,
    ...over,
  };
}

/** The same with an intro of one second and an outro of half a second. */
export function aBrandedTimeline(): Timeline {
  const plain = aTimeline();
  const insert = { framing: { how: 'fit' as const }, sound: true };
  return {
    ...plain,
    frames: 135,
    intro: { ...insert, file: { path: 'media/brand/in.mp4', hash: '03' }, frames: 30 },
    outro: { ...insert, file: { path: 'media/brand/out.mp4', hash: '04' }, frames: 15, sound: false },
    segments: plain.segments.map((segment) => ({ ...segment, start: segment.start + 30 })),
    voice: { ...plain.voice, start: 30 },
  };
}
