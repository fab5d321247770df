/** The queue as a person looks at it: what needs them first. Pure. */
import type { Job, JobState } from '../../backend/bindings/calls';

export const GROUPS = ['needs', 'running', 'waiting', 'paused', 'done'] as const;
export type Group = (typeof GROUPS)[number];

export type Grouped = Record<Group, Job[]>;

const GROUP_OF: Record<JobState, Group> = {
  failed: 'needs',
  running: 'running',
  queued: 'waiting',
  interrupted: 'waiting',
  paused: 'paused',
  done: 'done',
  cancelled: 'done',
};

/** Jobs by group, in the order they came. What ended before today is left out, unless it failed; so is what was only planned. */
export function grouped(jobs: readonly Job[], now: number): Grouped {
  const groups: Grouped = { needs: [], running: [], waiting: [], paused: [], done: [] };
  const today = startOfDay(now);
  for (const job of jobs) {
    const group = GROUP_OF[job.state];
    if (group === 'done' && ((job.finished_at ?? 0) < today || onlyPlanned(job))) continue;
    groups[group].push(job);
  }
  return groups;
}

/** Planned for the preview of the project page, without a video: of no interest once it is done. */
function onlyPlanned(job: Job): boolean {
  return job.kind.kind === 'generate' && job.kind.order.render === false;
}

export function startOfDay(now: number): number {
  const day = new Date(now);
  day.setHours(0, 0, 0, 0);
  return day.getTime();
}

export type Row = { kind: 'head'; group: Group; count: number } | { kind: 'job'; group: Group; job: Job };

/** Headings and jobs, one below the other. */
export function rowsOf(groups: Grouped): Row[] {
  return GROUPS.flatMap((group) => {
    const jobs = groups[group];
    if (jobs.length === 0) return [];
    return [
      { kind: 'head', group, count: jobs.length } as const,
      ...jobs.map((job) => ({ kind: 'job', group, job }) as const),
    ];
  });
}

/** The waiting jobs a job can be moved among: those of its own priority. */
export function peersOf(waiting: readonly Job[], job: Job): Job[] {
  return waiting.filter((other) => other.priority === job.priority);
}

/**
 * Which job it is to stand before, to be moved by so many places among its peers (`null`: behind all of them).
 * `undefined` when it cannot be moved that way.
 */
export function beforeWhich(waiting: readonly Job[], job: Job, by: number): string | null | undefined {
  const peers = peersOf(waiting, job);
  const from = peers.findIndex((other) => other.id === job.id);
  const to = Math.min(peers.length - 1, Math.max(0, from + by));
  if (from < 0 || to === from) return undefined;
  return peers[to < from ? to : to + 1]?.id ?? null;
}
