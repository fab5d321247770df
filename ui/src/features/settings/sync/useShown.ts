/** Puts what a call said of syncing on the page at once; the event that follows only confirms it. */
import { useQueryClient } from '@tanstack/react-query';
import { keyOf } from '../../../app/queries';
import type { Reply } from '../../../backend/backend';

export function useShown(): (shown: Reply<'sync_show'>) => void {
  const client = useQueryClient();
  return (shown) => client.setQueryData(keyOf('sync_show', {}), shown);
}
