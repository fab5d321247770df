/** The stills of the sources a timeline shows, and what else is known of them. */
import { useQueries } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Timeline } from '../../backend/bindings/calls';
import { keyOf } from '../../app/queries';
import { useScope } from '../../app/scope';
import { lastAtOrBefore } from '../cuts';

export interface Strip {
  name: string;
  /** Time in the source and picture, in order. */
  stills: readonly (readonly [number, string])[];
  missing: boolean;
}

/** By source id. A source that was not read yet, or is gone, is not in it. */
export function useStrips(timeline: Timeline): ReadonlyMap<string, Strip> {
  const scope = useScope();
  const sources = useMemo(
    () => [...new Set(timeline.segments.map((segment) => segment.pick.source))],
    [timeline],
  );
  return useQueries({
    queries: sources.map((id) => ({
      queryKey: keyOf('source_show', { id }),
      queryFn: () => scope.call('source_show', { id }),
    })),
    combine: (results) => {
      const strips = new Map<string, Strip>();
      results.forEach(({ data }, index) => {
        const id = sources[index];
        if (data && id !== undefined) {
          strips.set(id, { name: data.source.name, stills: data.strip, missing: data.missing });
        }
      });
      return strips;
    },
  });
}

/** The still nearest before a time, or the first; `null` when there is none. */
export function stillAt(strip: Strip | undefined, ms: number): string | null {
  const stills = strip?.stills ?? [];
  const index = lastAtOrBefore(stills, ms, (still) => still[0]);
  return (stills[Math.max(0, index)] ?? null)?.[1] ?? null;
}
