/** A project with a script, footage and planned variants for tests, with what a test does not say filled in. */
import type { Reply } from '../backend/backend';
import type {
  Brand,
  CaptionStyle,
  Cue,
  Job,
  Look,
  Platform,
  Project,
  ProjectDetail,
  Segment,
  StoredScript,
  Timeline,
  VoiceInfo,
  Word,
} from '../backend/bindings/calls';

type VariantRow = Reply<'project_variants'>['batches'][number]['variants'][number];

export function aLook(over: Partial<Look> = {}): Look {
  return {
    platform: 'tiktok',
    caption_style: null,
    captions: true,
    voice: null,
    voice_gain_db: 0,
    music: null,
    source_sound_db: null,
    framing: null,
    ...over,
  };
}

export function aProject(over: Partial<Project> = {}): Project {
  return { id: 'project-1', name: 'Small world', look: aLook(), created_at: 1_760_000_000_000, ...over };
}

export const SENTENCES = [
  'A rabbit wakes up in a quiet meadow.',
  'Seen from far above, the earth turns in the night.',
  'Down on the square, people cross and pass each other by.',
  'A white van waits on the street.',
] as const;

export function aScript(over: Partial<StoredScript> = {}): StoredScript {
  return {
    id: 'script-1',
    project: 'project-1',
    name: 'Small world',
    text: SENTENCES.join(' '),
    language: null,
    tags: [],
    recording: null,
    ...over,
  };
}

export function aProjectDetail(over: Partial<ProjectDetail> = {}): ProjectDetail {
  return { project: aProject(), scripts: [aScript()], pins: {}, sources: [], ...over };
}

const FPS = 30;
const WORD_MS = 320;
const PAUSE_MS = 300;
const frameOf = (ms: number) => Math.round((ms * FPS) / 1000);
const msOf = (frame: number) => (frame * 1000) / FPS;
const letters = (hex: string) => hex.repeat(32);

/** What a segment shows, for a test that does not care: shot 1 of source 1, and so on. */
export interface Pick {
  shot: string;
  source: string;
  inMs: number;
  reason: string;
  pinned?: boolean;
}

export function aPick(number: number): Pick {
  const source = `source-${(number % 5) + 1}`;
  const shot = Math.floor(number / 5) % 4;
  return { shot: `${source}-shot-${shot}`, source, inMs: shot * 3000 + 200, reason: 'unused, sharp' };
}

/** Sentences spoken one after the other, with two shots for each; words take 0.32 s, three of them make a caption. */
export function aTimelineOf(
  sentences: readonly string[],
  pick: (number: number) => Pick = aPick,
  over: Partial<Timeline> = {},
): Timeline {
  const words: Word[] = [];
  const captions: Cue[] = [];
  const segments: Segment[] = [];
  let frame = 0;
  sentences.forEach((sentence, number) => {
    const texts = sentence.split(' ');
    const start = msOf(frame);
    const spoken = texts.map((text, index) => ({
      text,
      start_ms: Math.round(start + index * WORD_MS),
      end_ms: Math.round(start + (index + 1) * WORD_MS),
      sentence: number,
    }));
    words.push(...spoken);
    for (let i = 0; i < spoken.length; i += 3) {
      const shown = spoken.slice(i, i + 3);
      captions.push({
        start_ms: shown[0]?.start_ms ?? 0,
        end_ms: shown.at(-1)?.end_ms ?? 0,
        words: shown.map(({ text, start_ms, end_ms }) => ({ text, start_ms, end_ms })),
        sentence: number,
      });
    }
    const frames = frameOf(texts.length * WORD_MS + PAUSE_MS);
    const first = Math.ceil(frames / 2);
    [first, frames - first].forEach((length, part) => {
      const chosen = pick(segments.length);
      segments.push({
        start: frame + (part === 0 ? 0 : first),
        frames: length,
        sentence: number,
        pick: {
          shot: chosen.shot,
          source: chosen.source,
          source_hash: letters('5a'),
          in_ms: chosen.inMs,
        },
        framing: { how: 'fill', x: 0.5, y: 0.5 },
        reason: chosen.reason,
        ...(chosen.pinned ? { pinned: true } : {}),
      });
    });
    frame += frames;
  });
  return {
    version: 1,
    platform: 'tiktok',
    width: 1080,
    height: 1920,
    fps: FPS,
    frames: frame,
    intro: null,
    outro: null,
    segments,
    voice: {
      file: { path: 'cache/voice/one.wav', hash: letters('7f') },
      start: 0,
      samples: (frame * 48_000) / FPS,
      gain_db: 0,
      asked: { provider: 'flite', voice: 'slt' },
      used: { provider: 'flite', voice: 'slt' },
      reasons: [],
    },
    words,
    captions,
    caption_style: aStyle(),
    hook_title: null,
    logo: null,
    music: null,
    source_sound_db: null,
    ...over,
  };
}

export function aVariant(number: number, over: Partial<VariantRow> = {}): VariantRow {
  const timeline = aTimelineOf(SENTENCES, (place) => aPick(place + number * 7));
  return {
    id: `variant-${number}`,
    project: 'project-1',
    batch: 'batch-1',
    script: 'script-1',
    created_at: 1_760_000_000_000,
    number,
    seed: 7,
    timeline,
    notes: [],
    clip: null,
    job: null,
    ...over,
  };
}

export function aStyle(over: Partial<CaptionStyle> = {}): CaptionStyle {
  return {
    id: 'bold-pop',
    name: 'Bold pop',
    font: 'Montserrat ExtraBold',
    size: 0.044,
    letter_spacing: 0,
    colour: '#ffffff',
    highlight_colour: '#ffd91a',
    on_box_colour: null,
    emphasis_colour: '#ff7a45',
    highlight: 'pop',
    outline_colour: '#0a0a0a',
    outline: 0.0036,
    shadow: 0.0018,
    shadow_opacity: 0.7,
    softness: 0,
    background: null,
    capitals: true,
    max_words: 4,
    max_characters: 22,
    height_in_safe_zone: 0.66,
    ...over,
  };
}

export function aPlatform(over: Partial<Platform> = {}): Platform {
  return {
    name: 'tiktok',
    title: 'TikTok',
    width: 1080,
    height: 1920,
    fps: 30,
    video: {
      crf: 20,
      maxrate_kbps: 12_000,
      bufsize_kbps: 24_000,
      profile: 'high',
      level: '4.0',
      gop: 60,
      b_frames: 3,
      preset: 'superfast',
    },
    audio_kbps: 192,
    loudness: { lufs: -14, peak_dbtp: -1.5 },
    max_seconds: 600,
    safe: { left: 0.06, right: 0.15, top: 0.07, bottom: 0.28 },
    framing: { how: 'fill', x: 0.5, y: 0.5 },
    sources: [],
    ...over,
  };
}

export function aVoice(provider: string, voice: string, over: Partial<VoiceInfo> = {}): VoiceInfo {
  return { id: { provider, voice }, language: 'en', name: voice, installed: true, paid: false, ...over };
}

export function aBrand(over: Partial<Brand> = {}): Brand {
  return {
    logo: null,
    intro: null,
    outro: null,
    hook_title: null,
    caption_style: null,
    caption_colours: { text: null, highlight: null, emphasis: null, outline: null },
    font: null,
    ...over,
  };
}

/** A job as it is stored; waits to be run. */
export function aJobOf(kind: Job['kind'], over: Partial<Job> = {}): Job {
  return {
    id: 'job-1',
    kind,
    batch: 'batch-1',
    state: 'queued',
    priority: 10,
    position: 1,
    step: '',
    progress: 0,
    attempts: 1,
    failure: null,
    result: null,
    eta_ms: null,
    created_at: 1_760_000_000_000,
    started_at: null,
    finished_at: null,
    ...over,
  } as Job;
}
