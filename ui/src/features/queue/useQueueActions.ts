/** What can be done with a job. A cancelled one comes back with Undo. */
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asFailure } from '../../backend/backend';
import type { Job } from '../../backend/bindings/calls';
import { useChange } from '../../app/queries';
import { useToasts } from '../../app/toasts';
import { useSaid } from '../../lib/said';
import { beforeWhich } from './groups';

/** What was asked of a running job and did not happen yet. */
export type Asked = 'pause' | 'cancel';

export interface QueueActions {
  asked: (job: Job) => Asked | null;
  pause: (job: Job) => void;
  resume: (job: Job) => void;
  cancel: (job: Job) => void;
  retry: (job: Job) => void;
  retryAll: () => void;
  first: (job: Job) => void;
  /** Moves a waiting job by so many places. */
  move: (job: Job, by: number) => void;
}

export function useQueueActions(jobs: readonly Job[], waiting: readonly Job[]): QueueActions {
  const { t } = useTranslation(['queue', 'common']);
  const toasts = useToasts();
  const said = useSaid();
  const pause = useChange('job_pause');
  const resume = useChange('job_resume');
  const cancel = useChange('job_cancel');
  const retry = useChange('job_retry');
  const retryAll = useChange('job_retry_failed');
  const first = useChange('job_first');
  const move = useChange('job_move');
  const [wishes, setWishes] = useState<ReadonlyMap<string, Asked>>(new Map());
  /** Wanted back while they were still stopping. */
  const wantedBack = useRef(new Set<string>());

  const attempt = async (work: () => Promise<unknown>) => {
    try {
      await work();
    } catch (thrown) {
      const failure = asFailure(thrown);
      toasts.show({ tone: 'bad', text: failure.message, failure });
    }
  };
  const wish = (id: string, asked: Asked | null) =>
    setWishes((before) => {
      const next = new Map(before);
      if (asked) next.set(id, asked);
      else next.delete(id);
      return next;
    });
  const ask = (job: Job, asked: Asked, work: () => Promise<unknown>) =>
    attempt(async () => {
      if (job.state === 'running') wish(job.id, asked);
      try {
        await work();
      } catch (thrown) {
        wish(job.id, null);
        throw thrown;
      }
    });
  const queueAgain = (id: string) => {
    wish(id, null);
    return retry.mutateAsync({ id });
  };
  const takeBack = (id: string) =>
    attempt(async () => {
      try {
        await queueAgain(id);
      } catch (thrown) {
        // It takes up to a second to stop; it is queued again as soon as it has.
        if (asFailure(thrown).code !== 'wrong_state') throw thrown;
        wantedBack.current.add(id);
      }
    });

  const stopped = useEffectEvent((id: string) => void attempt(() => queueAgain(id)));
  useEffect(() => {
    for (const job of jobs) {
      if (job.state !== 'cancelled' || !wantedBack.current.delete(job.id)) continue;
      stopped(job.id);
    }
  }, [jobs]);

  return {
    asked: (job) => (job.state === 'running' ? (wishes.get(job.id) ?? null) : null),
    pause: (job) => void ask(job, 'pause', () => pause.mutateAsync({ id: job.id })),
    resume: (job) => {
      wish(job.id, null);
      void attempt(() => resume.mutateAsync({ id: job.id }));
    },
    cancel: (job) =>
      void ask(job, 'cancel', async () => {
        await cancel.mutateAsync({ id: job.id });
        const run = () => void takeBack(job.id);
        const text = t('cancelled', { title: said.title(job) });
        toasts.show({ tone: 'plain', text, action: { label: t('common:undo'), run } });
      }),
    retry: (job) => void attempt(() => queueAgain(job.id)),
    retryAll: () => void attempt(() => retryAll.mutateAsync({})),
    first: (job) => void attempt(() => first.mutateAsync({ id: job.id })),
    move: (job, by) => {
      const before = beforeWhich(waiting, job, by);
      if (before !== undefined) void attempt(() => move.mutateAsync({ id: job.id, before }));
    },
  };
}
