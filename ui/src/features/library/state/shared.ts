/**
 * What has to outlive the page but not the session: an import that goes on while another page is looked at. It is kept
 * beside the replies of the session and goes with them.
 */
import { useQuery, useQueryClient } from '@tanstack/react-query';

export function useShared<T>(name: string, initial: T): [T, (change: (before: T) => T) => void] {
  const client = useQueryClient();
  const queryKey = ['library', name];
  const kept = useQuery<T>({
    queryKey,
    queryFn: () => initial,
    enabled: false,
    initialData: initial,
    gcTime: Infinity,
  });
  const change = (next: (before: T) => T) => {
    client.setQueryData<T>(queryKey, (before) => next(before ?? initial));
  };
  return [kept.data ?? initial, change];
}
