/** Jobs for tests. */
import type { Job } from '../backend/bindings/calls';

/** A video that waits to be made. */
export function aJob(id: string, over: Partial<Job> = {}): Job {
  return {
    id,
    title: `Bakery – video ${id}`,
    kind: { kind: 'render', variant: `variant-${id}` },
    batch: null,
    state: 'queued',
    priority: 10,
    position: 1,
    step: '',
    progress: 0,
    attempts: 0,
    failure: null,
    result: null,
    eta_ms: null,
    created_at: 0,
    started_at: null,
    finished_at: null,
    ...over,
  };
}
