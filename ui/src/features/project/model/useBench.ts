/** Reads what the page of a project is about and keeps its choices. */
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asFailure } from '../../../backend/backend';
import type { Brand, ProjectDetail } from '../../../backend/bindings/calls';
import { useHistory } from '../../../app/history';
import { keyOf, useCall } from '../../../app/queries';
import { useScope } from '../../../app/scope';
import { useToasts } from '../../../app/toasts';
import { storedFor } from '../../../lib/stored';
import { usePlayer } from '../../../preview/player';
import { Drafts, NEW } from '../script/drafts';
import { type Bench, PANELS, type Panel } from './bench';
import type { CaptionEdit } from './captionEdits';
import { useProjectStore } from './changes';
import { linesOf, placesOf, speaks } from './lines';
import { fingerprint, usePlanning } from './planning';

const NONE: never[] = [];
const FIRST_COUNT = 3;
/** Sources that are looked at; a profile with more is told so in the footage panel. */
export const MOST_SOURCES = 1000;

export function useBench(detail: ProjectDetail): Bench {
  const { t } = useTranslation('project');
  const project = detail.project.id;
  const scope = useScope();
  const client = useQueryClient();
  const history = useHistory();
  const toasts = useToasts();
  const store = useProjectStore(project);
  const stored = storedFor(scope.session.profile.id);

  const [slot, setSlot] = useState(() => stored.read<string>(`script/${project}`, ''));
  const script =
    slot === NEW ? null : (detail.scripts.find((one) => one.id === slot) ?? detail.scripts[0] ?? null);
  const [number, setNumber] = useState(0);
  const [index, setIndex] = useState<number | null>(null);
  const [panel, setPanel] = useState(() => stored.read<Panel>('panel', 'voice'));
  const [count, setCount] = useState(() => stored.read<number | null>(`variants/${project}`, null));

  const chooseScript = (id: string) => {
    setSlot(id);
    setNumber(0);
    setIndex(null);
    stored.write(`script/${project}`, id);
  };

  const desk = {
    history,
    changed: t('script.changed'),
    added: t('script.added'),
    name: t('script.name', { number: detail.scripts.length + 1 }),
    onAdded: (added: { id: string }) => chooseScript(added.id),
  };
  const [drafts] = useState(() => new Drafts(store, stored, desk));
  useEffect(() => drafts.bind(desk));
  useEffect(() => {
    const forget = scope.beforeLeave(() => drafts.flush());
    return () => {
      forget();
      // Another page of the same profile is shown: what cannot be stored is remembered by the window, and tried again.
      drafts.flush().catch((thrown: unknown) => {
        const failure = asFailure(thrown);
        toasts.show({ tone: 'bad', text: failure.message, failure });
      });
    };
    // Messages are shown through one and the same provider for the whole session.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [drafts, scope]);

  const read = useCall(
    'script_read',
    { text: script?.text ?? '', language: script?.language ?? null },
    { enabled: script !== null && script.text.trim() !== '' },
  );
  const spoken = read.data ?? null;
  const captions = useCall('caption_edits_show', { script: script?.id ?? '' }, { enabled: script !== null });
  const edits = captions.data ?? NONE;
  const brand = useCall('brand_show', {});
  const planned = useCall('project_variants', { project });
  const sources = useCall('source_page', { filter: {}, sort: 'newest', limit: MOST_SOURCES, offset: 0 });

  const batch = planned.data?.batches.find((one) => one.script === script?.id);
  const variants = batch?.variants ?? NONE;
  const variant = variants.find((one) => one.number === number) ?? variants[0] ?? null;
  const timeline = variant?.timeline ?? null;
  const lines = timeline ? linesOf(timeline, spoken) : NONE;
  const place = index === null ? null : (placesOf(lines).find((one) => one.index === index) ?? null);
  const player = usePlayer(timeline);

  const all = sources.data?.sources ?? NONE;
  const footage = detail.sources.length > 0 ? all.filter((one) => detail.sources.includes(one.id)) : all;
  const wanted = count ?? (variants.length > 0 ? variants.length : FIRST_COUNT);

  const print =
    script && captions.data && brand.data
      ? fingerprint({ detail, script, edits: captions.data, brand: brand.data, variants: wanted })
      : null;
  const printNow = () => {
    const now = store.detail;
    const found = now?.scripts.find((one) => one.id === script?.id);
    if (!now || !found) return null;
    const of = <T>(key: readonly unknown[]) => client.getQueryData<T>(key);
    const editsNow = of<CaptionEdit[]>(keyOf('caption_edits_show', { script: found.id }));
    const brandNow = of<Brand>(keyOf('brand_show', {}));
    if (!editsNow || !brandNow) return null;
    return fingerprint({ detail: now, script: found, edits: editsNow, brand: brandNow, variants: wanted });
  };
  // Variants share one voiceover: how many there are changes nothing.
  const speechArgs = { scripts: script ? [script.id] : [], variants: 1 };
  const speech = useCall('speech_plan', speechArgs, { enabled: spoken !== null });
  const speechOfAll = useCall(
    'speech_plan',
    { scripts: detail.scripts.map((one) => one.id), variants: 1 },
    { enabled: spoken !== null && detail.scripts.length > 1 },
  );
  /** Asks anew: what was typed a moment ago may cost something. */
  const isFree = async () => {
    const now = await scope.call('speech_plan', speechArgs);
    client.setQueryData(keyOf('speech_plan', speechArgs), now);
    return now.characters === 0;
  };
  const planning = usePlanning({
    detail,
    script,
    print,
    printNow,
    variants: wanted,
    seed: variants[0]?.seed ?? null,
    planned: variants.length > 0,
    fits:
      timeline !== null &&
      spoken !== null &&
      speaks(timeline, spoken) &&
      variants.length === wanted &&
      timeline.platform === detail.project.look.platform,
    ready: spoken !== null && planned.data !== undefined && footage.some((one) => one.shots > 0),
    free: speech.data ? speech.data.characters === 0 : null,
    isFree,
    before: () => drafts.flush(),
  });

  return {
    store,
    detail,
    script,
    chooseScript,
    spoken,
    unspoken: read.error,
    drafts,
    brand: brand.data ?? null,
    edits,
    pins: (script && detail.pins[script.id]) ?? NONE,
    footage,
    allFootage: all,
    footageTotal: sources.data?.total ?? null,
    variants,
    distance: batch?.distance ?? null,
    variant,
    chooseVariant: (next) => {
      setNumber(next);
      setIndex(null);
    },
    wanted,
    want: (next) => {
      setCount(next);
      stored.write(`variants/${project}`, next);
    },
    timeline,
    lines,
    player,
    place,
    choose: setIndex,
    planning,
    speech: speech.data ?? null,
    speechOfAll: speechOfAll.data ?? null,
    panel: PANELS.includes(panel) ? panel : 'voice',
    showPanel: (next) => {
      setPanel(next);
      stored.write('panel', next);
    },
  };
}
