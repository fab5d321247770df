/** Footage for tests, with what a test does not say filled in. */
import type { Reply } from '../backend/backend';

type SourceRow = Reply<'source_page'>['sources'][number];
type SourceDetail = Reply<'source_show'>;
type Source = SourceDetail['source'];
type ShotLine = SourceDetail['shots'][number];

/** A source as a list shows it: 12 s, upright, analysed, four shots that no video shows. */
export function aSourceRow(over: Partial<SourceRow> = {}): SourceRow {
  const id = over.id ?? 'source-1';
  return {
    id,
    name: `${id}.mp4`,
    duration_ms: 12_000,
    width: 1080,
    height: 1920,
    has_sound: true,
    hdr: false,
    tags: [],
    shots: 4,
    fresh_shots: 4,
    used: 0,
    proxy: false,
    analysed: true,
    missing: false,
    thumb: `cache/thumbs/${id}/at-0.jpg`,
    created_at: 1_760_000_000_000,
    bytes: 24_000_000,
    outside: false,
    deleted_at: null,
    ...over,
  };
}

/** A source as it is stored. */
export function aSource(over: Partial<Source> = {}): Source {
  const id = over.id ?? 'source-1';
  return {
    id,
    name: `${id}.mp4`,
    hash: 'a1'.repeat(32),
    bytes: 24_000_000,
    path: `media/${id}.mp4`,
    outside: null,
    duration_ms: 12_000,
    width: 1080,
    height: 1920,
    has_sound: true,
    probe: {
      container: 'mov,mp4,m4a,3gp,3g2,mj2',
      codec: 'h264',
      pixel_format: 'yuv420p',
      coded_width: 1080,
      coded_height: 1920,
      pixel_aspect: [1, 1],
      rotation: 0,
      frame_rate: [30_000, 1001],
      variable_rate: false,
      interlaced: false,
      hdr: null,
      sound: ['aac', 48_000, 2],
      colour_matrix: 'bt709',
      colour_primaries: 'bt709',
      full_range: false,
      changed_at: null,
    },
    tags: [],
    framing: null,
    proxy: null,
    analysed_at: 1_760_000_000_000,
    created_at: 1_760_000_000_000,
    ...over,
  };
}

/** The shot with this number of a source: three seconds. */
export function aShot(source: string, number: number, over: Partial<ShotLine> = {}): ShotLine {
  const id = `${source}-shot-${number}`;
  return {
    id,
    source,
    start_ms: number * 3000,
    end_ms: number * 3000 + 3000,
    scene: number,
    motion: 0.4,
    sharpness: 0.7,
    contrast: 0.5,
    brightness: 0.6,
    phash: 0,
    anchor_x: 0.5,
    anchor_y: 0.5,
    framing: null,
    thumb: `cache/thumbs/${source}/${id}.jpg`,
    used: 0,
    ...over,
  };
}

/** All about a source that is in the list. */
export function aSourceDetail(row: SourceRow, over: Partial<SourceDetail> = {}): SourceDetail {
  const { id, name, tags, duration_ms, width, height, bytes, has_sound, created_at } = row;
  return {
    source: aSource({ id, name, tags, duration_ms, width, height, bytes, has_sound, created_at }),
    shots: Array.from({ length: row.shots }, (_, number) => aShot(id, number)),
    missing: row.missing,
    strip: [],
    waveform: null,
    used_in: [],
    ...over,
  };
}
