/** Accepted clips that are neither published nor about to be. */
import { useCall } from '../../app/queries';
import type { Failure, Reply } from '../../backend/backend';

export type ClipRow = Reply<'clip_page'>['clips'][number];

/** As many are shown; who has more publishes some of them first. */
export const MOST = 300;

export interface Unscheduled {
  /** The newest of them; `null` until they were read. */
  clips: readonly ClipRow[] | null;
  /** How many there are. */
  total: number;
  failure: Failure | null;
  retry: () => void;
}

export function useUnscheduled(): Unscheduled {
  const filter = { triage: 'accepted', published: false } as const;
  const page = useCall('clip_page', { filter, sort: 'newest', limit: MOST, offset: 0 });
  return {
    clips: page.data?.clips ?? null,
    total: page.data?.total ?? 0,
    failure: page.error,
    retry: () => void page.refetch(),
  };
}
