/** The background work of the profile, as pages ask for it. */
import type { Failure } from '../backend/backend';
import type { Job, JobState } from '../backend/bindings/calls';
import { useCall } from '../app/queries';

/** How many jobs are read: those that wait or run come first, then what ended last. */
const MOST = 500;

export interface Jobs {
  /** `null` until they were read. */
  jobs: readonly Job[] | null;
  failure: Failure | null;
  /** When they were read, UTC milliseconds. */
  at: number;
  again: () => void;
}

/** All jobs, live. */
export function useJobs(): Jobs {
  const query = useCall('job_list', { limit: MOST });
  return {
    jobs: query.data ?? null,
    failure: query.error,
    at: query.dataUpdatedAt,
    again: () => void query.refetch(),
  };
}

const OPEN: readonly JobState[] = ['queued', 'running', 'paused', 'interrupted'];

/** True while something is still to happen to it. */
export function isOpen(job: Job): boolean {
  return OPEN.includes(job.state);
}

/** Videos that were asked for together and are all finished now. */
export interface FinishedBatch {
  batch: string;
  /** What a person calls it. */
  title: string;
  made: number;
  failed: number;
}

/** The batches of videos that had something to do before and have nothing to do now. */
export function finishedBatches(before: readonly Job[], after: readonly Job[]): FinishedBatch[] {
  const wasOpen = new Set(before.filter(isOpen).map((job) => job.batch));
  const found = new Map<string, Job[]>();
  for (const job of after) {
    if (job.batch === null || !wasOpen.has(job.batch)) continue;
    found.set(job.batch, [...(found.get(job.batch) ?? []), job]);
  }
  return [...found].flatMap(([batch, jobs]) => {
    const ended = !jobs.some(isOpen);
    const videos = jobs.filter((job) => job.kind.kind === 'render');
    const made = videos.filter((job) => job.state === 'done').length;
    const failed = jobs.filter((job) => job.state === 'failed').length;
    if (!ended || made + failed === 0) return [];
    const title = jobs.find((job) => job.kind.kind === 'generate')?.title ?? jobs[0]?.title ?? '';
    return [{ batch, title, made, failed }];
  });
}
