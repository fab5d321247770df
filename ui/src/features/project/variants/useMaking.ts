/** Making videos of what is planned: which are ready, which are being rendered, and what the one big button does. */
import { useTranslation } from 'react-i18next';
import type { Failure, Job, VariantRow } from '../../../backend/bindings/calls';
import { useCall } from '../../../app/queries';
import { useScope } from '../../../app/scope';
import { useToasts } from '../../../app/toasts';
import { asFailure } from '../../../backend/backend';
import { useBench } from '../model/bench';
import { freshSeed } from '../model/planning';

export type Standing =
  | { state: 'planned' | 'ready' | 'waiting' | 'paused' | 'cancelled' }
  | { state: 'rendering'; progress: number; step: string; etaMs: number | null }
  | { state: 'failed'; failure: Failure | null; job: string };

/** Where a variant stands. */
export function standingOf(row: VariantRow, job: Job | undefined): Standing {
  if (row.clip !== null) return { state: 'ready' };
  switch (job?.state) {
    case 'running':
      return { state: 'rendering', progress: job.progress, step: job.step, etaMs: job.eta_ms };
    case 'queued':
    case 'interrupted':
      return { state: 'waiting' };
    case 'paused':
    case 'cancelled':
      return { state: job.state };
    case 'failed':
      return { state: 'failed', failure: job.failure, job: job.id };
    case 'done':
    case undefined:
      return { state: 'planned' };
  }
}

export interface Making {
  standings: readonly Standing[];
  /** Some are rendered now, or wait for it. */
  under: boolean;
  /** 0 to 1, of all together. */
  progress: number;
  ready: number;
  /** Every variant that is shown is a video already. */
  complete: boolean;
  make(): void;
  plan(seed?: number): void;
  /** Plans other shots, none of which was published lately as far as there are such. */
  planFresh(): void;
  makeAll(): void;
  retry(job: string): void;
}

export function useMaking(): Making {
  const { t } = useTranslation('project');
  const scope = useScope();
  const toasts = useToasts();
  const { variants, planning, wanted, detail, script } = useBench();
  const batch = variants[0]?.batch ?? '';
  const jobs = useCall('job_batch', { batch }, { enabled: batch !== '' });

  const standings = variants.map((row) =>
    standingOf(
      row,
      jobs.data?.find((job) => job.id === row.job) ??
        jobs.data?.findLast((job) => job.kind.kind === 'render' && job.kind.variant === row.id),
    ),
  );
  const under = standings.some((one) => one.state === 'rendering' || one.state === 'waiting');
  const ready = standings.filter((one) => one.state === 'ready').length;
  const complete = variants.length > 0 && ready === variants.length;
  const share = (one: Standing) => (one.state === 'ready' ? 1 : one.state === 'rendering' ? one.progress : 0);
  const progress = standings.reduce((sum, one) => sum + share(one), 0) / Math.max(1, standings.length);

  const say = (thrown: unknown) => {
    const failure = asFailure(thrown);
    toasts.show({ tone: 'bad', text: failure.message, failure });
  };
  /** What the limit does not cover is refused here, before anything is queued. */
  const afford = async (scripts: readonly string[]) => {
    const { refusal } = await scope.call('speech_plan', { scripts: [...scripts], variants: wanted });
    if (refusal) throw refusal;
  };
  const attempt = (work: () => Promise<unknown>) => void work().catch(say);

  return {
    standings,
    under,
    progress,
    ready,
    complete,
    make: () =>
      attempt(async () => {
        if (under) return;
        // What is shown is what is made. Everything else is planned first, and all of it when it is made already.
        if (planning.current && !planning.busy && !complete && variants.length === wanted) {
          const todo = variants.filter((row) => row.clip === null).map((row) => row.id);
          await scope.call('render_variants', { variants: todo });
        } else {
          if (script) await afford([script.id]);
          await planning.start({
            render: true,
            ...(complete && planning.current ? { seed: freshSeed() } : {}),
          });
        }
      }),
    plan: (seed) => attempt(() => planning.start(seed === undefined ? {} : { seed })),
    planFresh: () =>
      attempt(async () => {
        const { settings } = await scope.call('publish_show', {});
        await planning.start({ seed: freshSeed(), avoidPublishedDays: settings.fresh_after_days });
      }),
    makeAll: () =>
      attempt(async () => {
        await afford(detail.scripts.map((one) => one.id));
        await planning.start({ render: true, scripts: [] });
        toasts.show({ tone: 'plain', text: t('make.allQueued', { count: detail.scripts.length }) });
      }),
    retry: (job) => attempt(() => scope.call('job_retry', { id: job })),
  };
}
