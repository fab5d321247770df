/** A library in which somebody has worked for some weeks. */
import type { Handlers } from '../backend/fake';
import { failure } from '../backend/fake';
import { aClipDetail, aClipRow } from '../testing/clip';
import { aSourceDetail, aSourceRow } from '../testing/source';
import { CLIPS, FOOTAGE, TAGS, named } from './names';

const HOUR = 3_600_000;

function some<T>(list: readonly T[], number: number): T {
  const found = list[number % list.length];
  if (found === undefined) throw new Error('nothing to choose from');
  return found;
}

export function devLibrary(long: boolean): Handlers {
  const now = Date.now();
  const sources = Array.from({ length: 240 }, (_, number) => {
    const upright = number % 3 !== 1;
    return aSourceRow({
      id: `source-${number + 1}`,
      name: named(some(FOOTAGE, number), number, long),
      duration_ms: 6000 + ((number * 7919) % 90_000),
      width: upright ? 1080 : 1920,
      height: upright ? 1920 : 1080,
      hdr: number % 11 === 4,
      has_sound: number % 4 !== 2,
      proxy: number % 2 === 0,
      analysed: number % 17 !== 3,
      missing: number % 23 === 7,
      outside: number % 23 === 7,
      used: number % 5,
      shots: 2 + (number % 7),
      fresh_shots: number % 3,
      tags: [some(TAGS, number), some(TAGS, number * 3 + 1)],
      thumb: `cache/thumbs/source-${number + 1}/at-${number}.jpg`,
      bytes: 8_000_000 + ((number * 104_729) % 400_000_000),
      created_at: now - number * 5 * HOUR,
    });
  });
  const clips = Array.from({ length: 120 }, (_, number) =>
    aClipRow({
      id: `clip-${number + 1}`,
      name: named(`${some(CLIPS, number)} ${1 + Math.floor(number / 5)}`, number, long),
      triage: number < 12 ? 'new' : number % 4 === 0 ? 'rejected' : 'accepted',
      duration_ms: 14_000 + ((number * 3571) % 40_000),
      created_at: now - number * 2 * HOUR,
      project_name: named('Bakery', number, long),
      script_name: some(CLIPS, number),
      thumb: `clips/clip-${number + 1}/thumb-${number}.jpg`,
    }),
  );
  const has = (text: string | null | undefined, name: string) =>
    !text || name.toLowerCase().includes(text.toLowerCase());
  const found = <T extends { id: string }>(list: readonly T[], id: string): T => {
    const one = list.find((row) => row.id === id);
    if (!one) throw failure('not_found', 'There is no such thing in this profile.');
    return one;
  };

  return {
    source_page: ({ filter = {}, limit, offset = 0 }) => {
      const wanted = sources.filter(
        (row) => has(filter.text, row.name) && (filter.tags ?? []).every((tag) => row.tags.includes(tag)),
      );
      return { total: wanted.length, sources: wanted.slice(offset, offset + limit) };
    },
    source_show: ({ id }) => {
      const row = found(sources, id);
      const detail = aSourceDetail(row, {
        strip: Array.from(
          { length: 12 },
          (_, at) => [at * 1000, `cache/thumbs/${id}/strip-${at}.jpg`] as const,
        ).map(([at, path]) => [at, path]),
        used_in: clips.slice(0, row.used).map((clip) => ({ clip: clip.id, name: clip.name })),
      });
      return {
        ...detail,
        shots: detail.shots.map((shot, at) => ({
          ...shot,
          used: at % 3,
          thumb: `cache/thumbs/${id}/shot-${at}.jpg`,
        })),
      };
    },
    source_tags: () => TAGS.map((tag, at) => ({ tag, count: 60 - at * 5 })),
    source_trash: () => sources.slice(200, 204),
    source_tag: ({ id, add, remove }) => {
      const row = found(sources, id);
      row.tags = [...row.tags.filter((tag) => !(remove ?? []).includes(tag)), ...(add ?? [])];
      return aSourceDetail(row).source;
    },
    clip_page: ({ filter = {}, limit, offset = 0 }) => {
      const wanted = clips.filter(
        (row) => has(filter.text, row.name) && (!filter.triage || row.triage === filter.triage),
      );
      return { total: wanted.length, clips: wanted.slice(offset, offset + limit) };
    },
    clip_counts: () => ({ new: 12, accepted: 81, rejected: 27, trashed: 3 }),
    clip_show: ({ id }) => aClipDetail(found(clips, id)),
    clip_trash: () => clips.slice(100, 103),
    clip_triage: ({ ids, triage }) =>
      ids.map((id) => {
        const row = found(clips, id);
        row.triage = triage;
        return aClipDetail(row).clip;
      }),
  };
}
