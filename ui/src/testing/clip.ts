/** Finished videos for tests, with what a test does not say filled in. */
import type { Reply } from '../backend/backend';

type ClipRow = Reply<'clip_page'>['clips'][number];
type ClipDetail = Reply<'clip_show'>;
type Receipt = ClipDetail['receipt'];

/** A finished video as a list shows it: 28 s, not judged yet. */
export function aClipRow(over: Partial<ClipRow> = {}): ClipRow {
  const id = over.id ?? 'clip-1';
  return {
    id,
    variant: `variant-of-${id}`,
    name: id,
    folder: `clips/${id}`,
    hash: 'c1'.repeat(32),
    bytes: 9_400_000,
    duration_ms: 28_000,
    triage: 'new',
    created_at: 1_760_000_000_000,
    project: 'project-1',
    project_name: 'Bakery',
    script: 'script-1',
    script_name: 'Fresh bread',
    platform: 'tiktok',
    instead: null,
    thumb: `clips/${id}/thumb.jpg`,
    deleted_at: null,
    ...over,
  };
}

/** What a video was made of. */
export function aReceipt(over: Partial<Receipt> = {}): Receipt {
  const voice = { provider: 'flite', voice: 'slt' };
  return {
    version: 1,
    clip: 'clip-1',
    name: 'clip-1',
    made_at: '2025-10-09T08:53:20Z',
    programs: { edit_factory: '0.1.0', ffmpeg: '7.1', x264: '164', fonts: 'f0'.repeat(32) },
    profile: 'profile-1',
    project: { id: 'project-1', name: 'Bakery' },
    script: { id: 'script-1', name: 'Fresh bread' },
    variant: 'variant-1',
    number: 0,
    seed: 7,
    batch: 'batch-1',
    platform: 'tiktok',
    frames: 840,
    duration_ms: 28_000,
    bytes: 9_400_000,
    shots: ['tag: oven', 'unused, sharp', 'strongest opening'].map((reason, nth) => ({
      shot: `source-${nth + 1}-shot-0`,
      source: { id: `source-${nth + 1}`, name: `source-${nth + 1}.mp4` },
      source_hash: 'a1'.repeat(32),
      in_ms: 0,
      out_ms: 9_000,
      at_ms: nth * 9_000,
      framing: { how: 'fill', x: 0.5, y: 0.5 },
      reason,
    })),
    words: [],
    voice: { asked: voice, used: voice, reasons: [] },
    cost: { characters: 0, micro_usd: 0 },
    loudness: {
      target: { lufs: -14, peak_dbtp: -1.5 },
      measured: { lufs: -14.1, peak_dbtp: -1.8, range_lu: 5.2 },
    },
    encoder: { encoder: 'x264', settings: ['-crf', '20'], audio_kbps: 192 },
    hashes: { mp4: 'c1'.repeat(32), srt: 'c2'.repeat(32), vtt: 'c3'.repeat(32), voice: 'c4'.repeat(32) },
    shared_shots: [],
    notes: [],
    timeline_hash: 'd1'.repeat(32),
    timeline: {
      version: 1,
      platform: 'tiktok',
      width: 1080,
      height: 1920,
      fps: 30,
      frames: 840,
      intro: null,
      outro: null,
      segments: [],
      voice: {
        file: { path: 'cache/voice/v.wav', hash: 'e1'.repeat(32) },
        start: 0,
        samples: 1_344_000,
        gain_db: 0,
        asked: voice,
        used: voice,
        reasons: [],
      },
      words: [],
      captions: [],
      caption_style: null,
      hook_title: null,
      logo: null,
      music: null,
      source_sound_db: null,
    },
    ...over,
  };
}

/** All about a video that is in the list. */
export function aClipDetail(row: ClipRow, over: Partial<Receipt> = {}): ClipDetail {
  const { id, variant, name, folder, hash, bytes, duration_ms, triage, created_at } = row;
  return {
    clip: { id, variant, name, folder, hash, bytes, duration_ms, triage, created_at },
    receipt: aReceipt({ clip: id, name, bytes, duration_ms, ...over }),
  };
}
