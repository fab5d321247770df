/**
 * A project that works, in memory: what is changed through the calls is there when it is read again, planning plans and
 * rendering renders at once. For tests of the project's page and for looking at it.
 */
import type { Arguments, Reply } from '../backend/backend';
import type { CaptionEdits, Job, Pin, ProjectDetail } from '../backend/bindings/calls';
import { type Handlers, failure } from '../backend/fake';
import {
  SENTENCES,
  aBrand,
  aJobOf,
  aPick,
  aPlatform,
  aProjectDetail,
  aScript,
  aStyle,
  aTimelineOf,
  aVariant,
  aVoice,
} from './project';
import { aSourceDetail, aSourceRow } from './source';

type SourceRow = Reply<'source_page'>['sources'][number];
type Batch = Reply<'project_variants'>['batches'][number];

export interface Workshop {
  detail: ProjectDetail;
  edits: CaptionEdits;
  sources: SourceRow[];
  batches: Batch[];
  jobs: Job[];
  handlers: Handlers;
}

/** Text to sentences, about as core does it. */
export function sentencesOf(text: string): string[] {
  return (text.match(/[^.!?\n]+[.!?]*/g) ?? []).map((one) => one.trim()).filter((one) => /\p{L}/u.test(one));
}

const samePlace = (a: Pin, b: Pin) =>
  a.variant === b.variant &&
  a.sentence === b.sentence &&
  (a.occurrence ?? 0) === (b.occurrence ?? 0) &&
  a.part === b.part;

/** @param over what is different from a project with a script, five sources and three planned variants */
export function aWorkshop(over: Partial<Omit<Workshop, 'handlers'>> = {}): Workshop {
  const shop: Workshop = {
    detail: aProjectDetail(),
    edits: [],
    sources: [1, 2, 3, 4, 5].map((number) =>
      aSourceRow({ id: `source-${number}`, shots: 4, fresh_shots: 3 }),
    ),
    batches: [
      { batch: 'batch-1', script: 'script-1', distance: 0.72, variants: [0, 1, 2].map((n) => aVariant(n)) },
    ],
    jobs: [],
    handlers: {},
    ...over,
  };
  let count = 0;
  const next = (what: string) => `${what}-new-${(count += 1)}`;
  const script = (id: string) => {
    const found = shop.detail.scripts.find((one) => one.id === id);
    if (!found) throw failure('not_found', 'There is no such script in this profile.');
    return found;
  };
  const change = (id: string, patch: Partial<ReturnType<typeof script>>) => {
    const changed = { ...script(id), ...patch };
    const scripts = shop.detail.scripts.map((one) => (one.id === id ? changed : one));
    shop.detail = { ...shop.detail, scripts };
    return changed;
  };
  const pins = (id: string, list: Pin[]) => {
    shop.detail = { ...shop.detail, pins: { ...shop.detail.pins, [id]: list } };
    return list;
  };
  const job = (kind: Job['kind'], batch: string): Job => {
    const made = aJobOf(kind, { id: next('job'), batch, state: 'done', progress: 1 });
    shop.jobs.push(made);
    return made;
  };
  const removed = new Map<string, ReturnType<typeof script>>();

  const plan = ({ order, project }: Arguments<'generate'>): Reply<'generate'> => {
    const batch = next('batch');
    const made = job({ kind: 'generate', project, order }, batch);
    for (const one of shop.detail.scripts) {
      if (order.scripts && order.scripts.length > 0 && !order.scripts.includes(one.id)) continue;
      const sentences = sentencesOf(one.text);
      const pinned = shop.detail.pins[one.id] ?? [];
      const variants = Array.from({ length: order.variants }, (_, number) => {
        const timeline = aTimelineOf(sentences, (place) => aPick(place + number * 7 + (order.seed % 5)), {
          platform: shop.detail.project.look.platform,
        });
        timeline.segments.forEach((segment, index) => {
          const part = index % 2;
          const pin = pinned.find(
            (held) =>
              held.variant === number && held.part === part && held.sentence === sentences[segment.sentence],
          );
          if (!pin) return;
          segment.pick = { ...segment.pick, shot: pin.shot, source: pin.shot.split('-shot-')[0] ?? '' };
          segment.reason = 'pinned';
          segment.pinned = true;
        });
        const id = next('variant');
        const render = order.render === false ? null : job({ kind: 'render', variant: id }, batch);
        const clip = render ? `clip-of-${id}` : null;
        return aVariant(number, {
          id,
          batch,
          script: one.id,
          seed: order.seed,
          timeline,
          job: render?.id ?? null,
          clip,
        });
      });
      shop.batches = [
        ...shop.batches.filter((old) => old.script !== one.id),
        { batch, script: one.id, distance: 0.72, variants },
      ];
    }
    return { job: made.id, batch };
  };

  shop.handlers = {
    project_list: () => [shop.detail.project],
    project_show: () => shop.detail,
    project_update: ({ name, look }) => {
      shop.detail = { ...shop.detail, project: { ...shop.detail.project, name, look } };
      return shop.detail.project;
    },
    project_sources: ({ sources }) => (shop.detail = { ...shop.detail, sources }),
    script_read: ({ text, language }) => {
      const sentences = sentencesOf(text);
      if (sentences.length === 0) throw failure('nothing_to_speak', 'The script has nothing to speak.');
      return { language: language ?? 'en', sentences: sentences.map((one) => ({ text: one, paragraph: 0 })) };
    },
    script_set: ({ id, text, language }) => change(id, { text, language: language ?? null }),
    script_rename: ({ id, name }) => change(id, { name }),
    script_tags: ({ id, tags }) => change(id, { tags }),
    script_recording: ({ id, recording }) => change(id, { recording: recording ?? null }),
    script_add: ({ script: made }) => {
      const added = aScript({ id: next('script'), name: made.name ?? '', text: made.text ?? '' });
      shop.detail = { ...shop.detail, scripts: [...shop.detail.scripts, added] };
      return added;
    },
    script_remove: ({ id }) => {
      const found = script(id);
      removed.set(id, found);
      shop.detail = { ...shop.detail, scripts: shop.detail.scripts.filter((one) => one.id !== id) };
      return found;
    },
    script_restore: ({ id }) => {
      const found = removed.get(id);
      if (!found) throw failure('not_found', 'There is no such script in the trash.');
      shop.detail = { ...shop.detail, scripts: [...shop.detail.scripts, found] };
      return found;
    },
    pin_set: ({ script: id, pin }) =>
      pins(id, [...(shop.detail.pins[id] ?? []).filter((one) => !samePlace(one, pin)), pin]),
    pin_remove: ({ script: id, pin }) =>
      pins(
        id,
        (shop.detail.pins[id] ?? []).filter((one) => !samePlace(one, pin)),
      ),
    caption_edits_show: () => shop.edits,
    caption_edits_set: ({ edits }) => (shop.edits = edits),
    brand_show: () => aBrand(),
    platform_list: () => [
      aPlatform(),
      aPlatform({ name: 'square', title: 'Square feed', width: 1080, height: 1080, max_seconds: 60 }),
    ],
    style_list: () => [
      aStyle(),
      aStyle({
        id: 'boxed',
        name: 'Boxed word',
        highlight: 'box',
        highlight_colour: '#6b38fb',
        capitals: false,
      }),
    ],
    font_list: () => ['Montserrat ExtraBold'],
    voice_list: () => [
      aVoice('flite', 'slt', { name: 'SLT' }),
      aVoice('flite', 'rms', { name: 'RMS' }),
      aVoice('espeak-ng', 'ro', { name: 'Romanian', language: 'ro' }),
      // Turned off in the profile.
      aVoice('edge', 'en-US-EmmaNeural', { name: 'Emma', installed: false }),
    ],
    sound_add: ({ what_for }) => ({ path: `media/${what_for}/file.wav`, hash: 'ab'.repeat(32) }),
    source_page: () => ({ total: shop.sources.length, sources: shop.sources }),
    source_show: ({ id }) => {
      const row = shop.sources.find((one) => one.id === id);
      if (!row) throw failure('not_found', 'There is no such source in this profile.');
      return aSourceDetail(row);
    },
    shot_candidates: ({ sentence }) => [
      {
        shot: 'source-5-shot-3',
        source: 'source-5',
        source_name: 'source-5.mp4',
        thumb: 'cache/thumbs/source-5/at-0.jpg',
        start_ms: 9000,
        end_ms: 12_000,
        score: 0.8,
        reason: `tag: ${sentencesOf(SENTENCES[sentence] ?? '')[0]?.split(' ')[1] ?? 'meadow'}`,
        used: 0,
      },
    ],
    project_variants: () => ({ batches: shop.batches }),
    generate: plan,
    render_variants: ({ variants }) => {
      const jobs: string[] = [];
      shop.batches = shop.batches.map((batch) => ({
        ...batch,
        variants: batch.variants.map((row) => {
          if (!variants.includes(row.id)) return row;
          const made = job({ kind: 'render', variant: row.id }, batch.batch);
          jobs.push(made.id);
          return { ...row, job: made.id, clip: `clip-of-${row.id}` };
        }),
      }));
      return { jobs, batch: shop.batches[0]?.batch ?? '' };
    },
    job_show: ({ id }) => {
      const found = shop.jobs.find((one) => one.id === id);
      if (!found) throw failure('not_found', 'There is no such job in this profile.');
      return found;
    },
    job_batch: ({ batch }) => shop.jobs.filter((one) => one.batch === batch),
    variant_captions: () => ({ ass: '', fonts: [] }),
  };
  return shop;
}
