import { useCall } from '../../../app/queries';
import type { Analysing } from './FootageTile';

/** How far looking for the shots of each source is. */
export function useAnalysing(): Analysing {
  const jobs = useCall('job_list', { states: ['running', 'queued', 'interrupted', 'paused'] });
  const found = new Map<string, number | null>();
  for (const job of jobs.data ?? []) {
    if (job.kind.kind === 'analyse')
      found.set(job.kind.source, job.state === 'running' ? job.progress : null);
  }
  return found;
}
