/** Settings of the program: theme, language, keys, where ffmpeg is. Shared by all windows and profiles. */
import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { asFailure } from '../backend/backend';
import type { AppSettings } from '../backend/bindings/calls';
import { keyOf, useCall } from './queries';
import { useScope } from './scope';
import { useToasts } from './toasts';

const KEY = keyOf('app_settings_show', {});
const UNREAD: AppSettings = { theme: 'system', language: null, keys: {}, ffmpeg: null };

export function useSettings(): {
  settings: AppSettings;
  /** False until they were read: nothing is changed before. */
  read: boolean;
  /** They could not be read: the window goes on with what it takes for granted. */
  failed: boolean;
  /** Shows the change at once and stores it; what cannot be stored is taken back and said. */
  change: (patch: Partial<AppSettings>) => Promise<boolean>;
} {
  const scope = useScope();
  const client = useQueryClient();
  const toasts = useToasts();
  const { data, isError } = useCall('app_settings_show', {});

  const change = useCallback(
    async (patch: Partial<AppSettings>) => {
      const before = client.getQueryData<AppSettings>(KEY);
      if (!before) return false;
      const settings = { ...before, ...patch };
      client.setQueryData(KEY, settings);
      try {
        client.setQueryData(KEY, await scope.call('app_settings_set', { settings }));
        return true;
      } catch (thrown) {
        client.setQueryData(KEY, before);
        const failure = asFailure(thrown);
        toasts.show({ tone: 'bad', text: failure.message, failure });
        return false;
      }
    },
    [client, scope, toasts],
  );
  return { settings: data ?? UNREAD, read: data !== undefined, failed: isError, change };
}
