/**
 * A library that works, in memory: what is changed through the calls is there when it is read again, and the profile
 * announces it. For tests of the library's page and for looking at it.
 */
import type { Reply } from '../backend/backend';
import { type FakeBackend, type Handlers, failure } from '../backend/fake';
import { aClipDetail, aClipRow } from './clip';
import { aSource, aSourceDetail, aSourceRow } from './source';

type SourceRow = Reply<'source_page'>['sources'][number];
type ClipRow = Reply<'clip_page'>['clips'][number];
type Source = Reply<'source_tag'>;

export interface Library {
  sources: SourceRow[];
  clips: ClipRow[];
  trashed: { sources: SourceRow[]; clips: ClipRow[] };
  framing: Map<string, Source['framing']>;
  handlers: Handlers;
  /** From now on changes are announced by this backend. */
  announceBy(backend: FakeBackend): void;
}

/** Ten thousand rows are as easy as ten. */
export function manySources(count: number): SourceRow[] {
  return Array.from({ length: count }, (_, n) => aSourceRow({ id: `source-${n}`, name: `take ${n}.mp4` }));
}

export function manyClips(count: number, over: (n: number) => Partial<ClipRow> = () => ({})): ClipRow[] {
  return Array.from({ length: count }, (_, n) =>
    aClipRow({ id: `clip-${n}`, name: `video ${n}`, ...over(n) }),
  );
}

export function aLibrary(start: { sources?: SourceRow[]; clips?: ClipRow[] } = {}): Library {
  let backend: FakeBackend | null = null;
  const sourceChanged = (id: string) => backend?.emit({ event: 'source', source: id });
  const clipChanged = (id: string) => backend?.emit({ event: 'clip', clip: id });

  function taken<T extends { id: string }>(from: T[], id: string): { row: T; index: number } {
    const index = from.findIndex((row) => row.id === id);
    const [row] = index < 0 ? [] : from.splice(index, 1);
    if (!row) throw failure('not_found', `There is no ${id} here.`);
    return { row, index };
  }
  const places = new Map<string, number>();
  function move<T extends { id: string }>(from: T[], to: T[], id: string): T {
    const { row, index } = taken(from, id);
    // It comes back where it was, as a sorted list shows it.
    to.splice(places.get(id) ?? 0, 0, row);
    places.set(id, index);
    return row;
  }
  const stored = (row: SourceRow): Source =>
    aSource({ id: row.id, name: row.name, tags: row.tags, framing: library.framing.get(row.id) ?? null });
  const sourceOf = (id: string): SourceRow => {
    const row = library.sources.find((each) => each.id === id);
    if (!row) throw failure('not_found', `There is no source ${id} here.`);
    return row;
  };
  const has = (name: string, text: string | null | undefined) =>
    name.toLowerCase().includes((text ?? '').toLowerCase());
  const replace = <T extends { id: string }>(rows: T[], id: string, change: (row: T) => T): T[] =>
    rows.map((row) => (row.id === id ? change(row) : row));

  const library: Library = {
    sources: start.sources ?? [],
    clips: start.clips ?? [],
    trashed: { sources: [], clips: [] },
    framing: new Map(),
    announceBy: (by) => {
      backend = by;
    },
    handlers: {
      source_page: ({ filter, limit, offset = 0 }) => {
        const fits = library.sources.filter(
          (row) => has(row.name, filter?.text) && (filter?.tags ?? []).every((tag) => row.tags.includes(tag)),
        );
        return { total: fits.length, sources: fits.slice(offset, offset + limit) };
      },
      source_tags: () => {
        const counts = new Map<string, number>();
        for (const tag of library.sources.flatMap((row) => row.tags))
          counts.set(tag, (counts.get(tag) ?? 0) + 1);
        return [...counts].map(([tag, count]) => ({ tag, count }));
      },
      source_show: ({ id }) => {
        const detail = aSourceDetail(sourceOf(id));
        return { ...detail, source: { ...detail.source, framing: library.framing.get(id) ?? null } };
      },
      source_tag: ({ id, add, remove }) => {
        library.sources = replace(library.sources, id, (row) => ({
          ...row,
          tags: [...new Set([...row.tags.filter((tag) => !remove?.includes(tag)), ...(add ?? [])])].sort(),
        }));
        sourceChanged(id);
        return stored(sourceOf(id));
      },
      source_framing: ({ id, framing }) => {
        library.framing.set(id, framing ?? null);
        sourceChanged(id);
        return stored(sourceOf(id));
      },
      source_remove: ({ id }) => {
        move(library.sources, library.trashed.sources, id);
        sourceChanged(id);
        return { source: id, clips: 0 };
      },
      source_restore: ({ id }) => {
        const row = move(library.trashed.sources, library.sources, id);
        sourceChanged(id);
        return stored(row);
      },
      source_relink: ({ id }) => {
        library.sources = replace(library.sources, id, (row) => ({ ...row, missing: false }));
        sourceChanged(id);
        return stored(sourceOf(id));
      },
      source_trash: () => [...library.trashed.sources],
      clip_page: ({ filter, limit, offset = 0 }) => {
        const fits = library.clips.filter(
          (row) => has(row.name, filter?.text) && (!filter?.triage || row.triage === filter.triage),
        );
        return { total: fits.length, clips: fits.slice(offset, offset + limit) };
      },
      clip_show: ({ id }) => {
        const row = library.clips.find((each) => each.id === id);
        if (!row) throw failure('not_found', `There is no clip ${id} here.`);
        return aClipDetail(row);
      },
      clip_triage: ({ ids, triage }) => {
        library.clips = library.clips.map((row) => (ids.includes(row.id) ? { ...row, triage } : row));
        for (const id of ids) clipChanged(id);
        return library.clips.filter((row) => ids.includes(row.id));
      },
      clip_counts: () => {
        const count = (triage: string) => library.clips.filter((row) => row.triage === triage).length;
        return {
          new: count('new'),
          accepted: count('accepted'),
          rejected: count('rejected'),
          trashed: library.trashed.clips.length,
        };
      },
      clip_remove: ({ id }) => {
        const row = move(library.clips, library.trashed.clips, id);
        clipChanged(id);
        return row;
      },
      clip_restore: ({ id }) => {
        const row = move(library.trashed.clips, library.clips, id);
        clipChanged(id);
        return row;
      },
      clip_erase: ({ id }) => {
        const { row } = taken(library.trashed.clips, id);
        clipChanged(id);
        return row;
      },
      clip_trash: () => [...library.trashed.clips],
      clip_regenerate: () => ({ job: 'job-1', batch: 'batch-1' }),
    },
  };
  return library;
}
