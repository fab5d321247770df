/**
 * Planning by itself: whenever what a video is made of changes, its variants are planned again (spoken, cut, not
 * rendered), so that the preview shows what would come out. The seed stays, so what did not change keeps its shots.
 * Where speaking would be paid for, nothing is planned by itself: money is spent by a button alone.
 */
import { useEffect, useEffectEvent, useState } from 'react';
import { type Failure, asFailure } from '../../../backend/backend';
import type { Brand, Job, Pin, ProjectDetail, StoredScript } from '../../../backend/bindings/calls';
import { useCall } from '../../../app/queries';
import { useScope } from '../../../app/scope';
import { storedFor } from '../../../lib/stored';
import type { CaptionEdit } from './captionEdits';

/** How long after a change it is planned, milliseconds: a few changes in a row are planned once. */
export const PLAN_AFTER_MS = 700;
export const MOST_VARIANTS = 100;

/** Everything of the profile that a plan depends on. */
export interface Inputs {
  detail: ProjectDetail;
  script: StoredScript;
  edits: readonly CaptionEdit[];
  brand: Brand;
  variants: number;
}

/** A short text that changes when one of the inputs does. */
export function fingerprint(inputs: Inputs): string {
  const { detail, script, edits, brand, variants } = inputs;
  const pins: Pin[] = detail.pins[script.id] ?? [];
  const text = JSON.stringify([
    script.text,
    script.language,
    script.tags,
    script.recording,
    detail.project.look,
    detail.sources,
    pins,
    edits,
    brand,
    variants,
  ]);
  // FNV-1a, twice with different starts: nobody attacks this, it only has to notice changes.
  let [a, b] = [0x811c9dc5, 0x01234567];
  for (let i = 0; i < text.length; i += 1) {
    a = Math.imul(a ^ text.charCodeAt(i), 0x01000193);
    b = Math.imul(b ^ text.charCodeAt(i), 0x01000193) + i;
  }
  return `${(a >>> 0).toString(36)}${(b >>> 0).toString(36)}`;
}

/** A seed nobody had before. */
export function freshSeed(): number {
  return crypto.getRandomValues(new Uint32Array(1))[0] ?? 1;
}

const OVER: readonly Job['state'][] = ['done', 'failed', 'cancelled'];

interface Attempt {
  script: string;
  print: string;
  job: string | null;
  failure: Failure | null;
}

export interface Planning {
  /** The job that plans now. */
  job: Job | null;
  busy: boolean;
  /** What is shown is what the script, look and footage say. */
  current: boolean;
  /** Why the last attempt failed, as long as nothing changed since. */
  failure: Failure | null;
  /** Plans (and renders) now. Resolves once it is queued. */
  start(options?: {
    seed?: number;
    render?: boolean;
    scripts?: string[];
    /** Leaves out shots that went out in the last so many days, as far as there are others. */
    avoidPublishedDays?: number;
  }): Promise<void>;
}

export function usePlanning(options: {
  detail: ProjectDetail;
  script: StoredScript | null;
  /** `null` while it is not known. */
  print: string | null;
  /** The same, of what is stored by now. */
  printNow: () => string | null;
  variants: number;
  /** The seed of what is planned already. */
  seed: number | null;
  /** There is a plan of this script. */
  planned: boolean;
  /** It speaks the script's words, in the number wanted. */
  fits: boolean;
  /** There is something to say, and something to show. */
  ready: boolean;
  /** Speaking it costs nothing; `null` until that is known. What costs something is only spoken when it is asked for. */
  free: boolean | null;
  /** The same, asked anew. */
  isFree: () => Promise<boolean>;
  /** What must be stored before. */
  before: () => Promise<void>;
}): Planning {
  const { detail, script, print, variants, planned, fits, ready } = options;
  const scope = useScope();
  const stored = storedFor(scope.session.profile.id);
  const [attempt, setAttempt] = useState<Attempt | null>(null);
  const mine = attempt !== null && attempt.script === script?.id ? attempt : null;
  const running = mine?.job ?? null;
  const job = useCall('job_show', { id: running ?? '' }, { enabled: running !== null });
  const state = running !== null ? (job.data?.state ?? 'queued') : null;
  const busy =
    (mine !== null && mine.job === null && mine.failure === null) ||
    (state !== null && !OVER.includes(state));

  const name = script ? `planned/${script.id}` : null;
  const remembered = name ? stored.read<string | null>(name, null) : null;
  const plannedPrint = state === 'done' && mine ? mine.print : remembered;
  // A plan made elsewhere (the command line) counts as long as it says and shows what is asked for here.
  const current = planned && fits && print !== null && (plannedPrint === null || plannedPrint === print);
  const failure =
    mine && mine.print === print
      ? (mine.failure ?? (state === 'failed' ? (job.data?.failure ?? null) : null))
      : null;
  const stopped = state === 'cancelled' && mine?.print === print;

  const donePrint = state === 'done' && mine ? mine.print : null;
  useEffect(() => {
    if (name && donePrint) stored.write(name, donePrint);
    else if (name && print && plannedPrint === null && current) stored.write(name, print);
  }, [name, donePrint, print, plannedPrint, current, stored]);

  const start: Planning['start'] = async (how = {}) => {
    if (!script) return;
    await options.before();
    // A text that was only just stored changes the print.
    const now = options.printNow() ?? print ?? '';
    setAttempt({ script: script.id, print: now, job: null, failure: null });
    try {
      const queued = await scope.call('generate', {
        project: detail.project.id,
        order: {
          variants,
          platform: null,
          seed: how.seed ?? options.seed ?? freshSeed(),
          scripts: how.scripts ?? [script.id],
          render: how.render ?? false,
          ...(how.avoidPublishedDays === undefined ? {} : { avoid_published_days: how.avoidPublishedDays }),
        },
      });
      setAttempt({ script: script.id, print: now, job: queued.job, failure: null });
    } catch (thrown) {
      setAttempt({ script: script.id, print: now, job: null, failure: asFailure(thrown) });
      throw thrown;
    }
  };

  const due =
    ready && options.free === true && !busy && print !== null && !current && failure === null && !stopped;
  const plan = useEffectEvent(() => {
    // What goes wrong is shown where the plan would be.
    options
      .isFree()
      .then((free) => (free ? start() : undefined))
      .catch(() => undefined);
  });
  useEffect(() => {
    if (!due) return;
    const timer = setTimeout(() => plan(), PLAN_AFTER_MS);
    return () => clearTimeout(timer);
  }, [due, print]);

  return { job: busy ? (job.data ?? null) : null, busy, current, failure, start };
}
