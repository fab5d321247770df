/** Changing how the profile publishes: all of it is stored at once, and each change has its way back. */
import { useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useHistory } from '../../../app/history';
import { keyOf } from '../../../app/queries';
import { useScope } from '../../../app/scope';
import { useToasts } from '../../../app/toasts';
import type { PublishSettings, PublishShown } from '../../../backend/bindings/calls';

/** Shows the reply of a call as what is stored now. */
export function useShown(): (shown: PublishShown) => void {
  const client = useQueryClient();
  return (shown) => client.setQueryData(keyOf('publish_show', {}), shown);
}

/** Rejects when it could not be stored: the field it was written in says why. */
export type Change = (
  label: string,
  part: Partial<PublishSettings> | ((now: PublishSettings) => Partial<PublishSettings>),
) => Promise<void>;

export function useSettings(settings: PublishSettings): Change {
  const { t } = useTranslation();
  const scope = useScope();
  const client = useQueryClient();
  const history = useHistory();
  const toasts = useToasts();
  const told = useRef<number | null>(null);
  const shown = useShown();
  return async (label, part) => {
    const latest = () => client.getQueryData<PublishShown>(keyOf('publish_show', {}))?.settings ?? settings;
    const now = latest();
    const wanted = typeof part === 'function' ? part(now) : part;
    const before: Partial<PublishSettings> = Object.fromEntries(
      Object.keys(wanted).map((name) => [name, now[name as keyof PublishSettings]]),
    );
    // Only this part: what else was changed meanwhile stays.
    const put = async (to: Partial<PublishSettings>) =>
      shown(await scope.call('publish_set', { settings: { ...latest(), ...to } }));
    const step = { label, redo: () => put(wanted), undo: () => put(before) };
    await history.perform(step);
    const run = () => void history.takeBack(step);
    if (told.current !== null) toasts.dismiss(told.current);
    told.current = toasts.show({ tone: 'plain', text: label, action: { label: t('undo'), run } });
  };
}
