/** What is known of a source's shots, as the page needs it. */
import type { Reply } from '../../../backend/backend';
import type { Shot } from '../../../backend/bindings/calls';
import { useCall } from '../../../app/queries';

export interface SeenShot extends Shot {
  /** A still of it. */
  thumb: string | null;
  /** How many clips show it. */
  used: number;
}

export interface Seen {
  source: Reply<'source_show'>['source'];
  shots: readonly SeenShot[];
  /** Stills of the whole source, by time. */
  strip: readonly [number, string][];
}

/** A source with its shots; `null` until it is known. */
export function useSource(id: string, enabled = true): Seen | null {
  const { data } = useCall('source_show', { id }, { enabled });
  if (!data) return null;
  return {
    source: data.source,
    shots: data.shots,
    strip: data.strip,
  };
}

/** The still of a strip that is nearest to a time. */
export function stillAt(strip: readonly [number, string][], ms: number): string | null {
  let best: [number, string] | null = null;
  for (const one of strip) if (!best || Math.abs(one[0] - ms) < Math.abs(best[0] - ms)) best = one;
  return best?.[1] ?? null;
}
