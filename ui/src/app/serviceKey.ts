/** Setting, testing and removing the key of a service. The key itself passes through once and is kept nowhere. */
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { keyOf } from './queries';
import { useScope } from './scope';
import { type Failure, type Reply, asFailure } from '../backend/backend';

export type Tested = Reply<'credential_test'>;

export function useServiceKey(provider: string) {
  const scope = useScope();
  const client = useQueryClient();
  const [busy, setBusy] = useState<'set' | 'test' | 'remove' | null>(null);
  const [tested, setTested] = useState<Tested | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);

  const during = async (what: NonNullable<typeof busy>, work: () => Promise<void>) => {
    setBusy(what);
    setFailure(null);
    setTested(null);
    try {
      await work();
    } catch (thrown) {
      setFailure(asFailure(thrown));
    } finally {
      setBusy(null);
    }
  };
  const refresh = async () => {
    await client.invalidateQueries({ queryKey: keyOf('credential_list', {}) });
    await client.invalidateQueries({ queryKey: keyOf('publish_show', {}) });
  };
  const test = () => during('test', async () => setTested(await scope.call('credential_test', { provider })));

  return {
    busy,
    tested,
    failure,
    test,
    // Not as a mutation: those keep what they were given for a while.
    set: async (secret: string) => {
      let stored = false;
      await during('set', async () => {
        await scope.call('credential_set', { provider, secret });
        stored = true;
        await refresh();
      });
      if (stored) await test();
    },
    remove: () =>
      during('remove', async () => {
        await scope.call('credential_remove', { provider });
        await refresh();
      }),
  };
}
