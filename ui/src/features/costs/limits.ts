/** Changing limits; each change knows its way back. */
import { useQueryClient } from '@tanstack/react-query';
import { useHistory } from '../../app/history';
import { keyOf } from '../../app/queries';
import { useScope } from '../../app/scope';
import type { QuotaLine, QuotaState } from '../../backend/bindings/calls';

export interface Limit {
  characters: number | null;
  microusd: number | null;
}

export function useLimits() {
  const scope = useScope();
  const client = useQueryClient();
  const history = useHistory();
  const keep = (state: QuotaState) => client.setQueryData(keyOf('quota_show', {}), state);
  const set = async (provider: string | null, limit: Limit) =>
    keep(await scope.call('quota_set', { provider, ...limit }));
  const warn = async (at: number) => keep(await scope.call('quota_warn', { at }));

  return {
    /** Rejects when it was not taken. */
    change: (label: string, line: QuotaLine, patch: Partial<Limit>) => {
      const before = { characters: line.limit_characters, microusd: line.limit_microusd };
      return history.perform({
        label,
        redo: () => set(line.provider, { ...before, ...patch }),
        undo: () => set(line.provider, before),
      });
    },
    /** The same limit once more: who sets it has seen what was charged, and it goes on. */
    confirm: (line: QuotaLine) =>
      set(line.provider, { characters: line.limit_characters, microusd: line.limit_microusd }),
    warn: (label: string, before: number, at: number) =>
      history.perform({ label, redo: () => warn(at), undo: () => warn(before) }),
  };
}
