/** How many backups are kept, and making one now. */
import { useQueryClient } from '@tanstack/react-query';
import { Copy } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useHistory } from '../../app/history';
import { useProfile } from '../../app/profiles';
import { keyOf, useCall, useChange } from '../../app/queries';
import { useSay, useToasts } from '../../app/toasts';
import type { Reply } from '../../backend/backend';
import { Button } from '../../components/Button';
import { Select } from '../../components/Fields';
import { size } from '../../lib/format';
import { Setting } from '../../components/Setting';

type Keep = Reply<'backup_keep_show'>;

const DAYS = [3, 7, 14, 30];
const WEEKS = [0, 4, 8, 26];

export function KeepBackups() {
  const { t, i18n } = useTranslation('keep');
  const client = useQueryClient();
  const toasts = useToasts();
  const say = useSay();
  const history = useHistory();
  const { id } = useProfile();
  const { data: keep } = useCall('backup_keep_show', {});
  const set = useChange('backup_keep_set');
  const copy = useChange('profile_backup');

  const change = (to: Keep) => {
    if (!keep) return;
    const put = (one: Keep) => set.mutateAsync({ keep: one });
    say.failing(history.perform({ label: t('didKeep'), redo: () => put(to), undo: () => put(keep) }));
  };
  const now = async () => {
    const made = await copy.mutateAsync({ id });
    toasts.show({ tone: 'good', text: t('backedUp', { size: size(made.bytes, i18n.language) }) });
    await client.invalidateQueries({ queryKey: keyOf('profile_backups', { id }) });
  };
  const choices = (known: number[], now: number, name: 'daily' | 'weekly') =>
    [...new Set([...known, now])]
      .toSorted((a, b) => a - b)
      .map((count) => ({ value: String(count), label: t(name, { count }) }));

  return (
    <>
      <Setting label={t('keepLabel')} help={t('keepHelp')}>
        {keep && (
          <>
            <Select
              label={t('days')}
              value={String(keep.daily)}
              options={choices(DAYS, keep.daily, 'daily')}
              onChange={(daily) => change({ ...keep, daily: Number(daily) })}
            />
            <Select
              label={t('weeks')}
              value={String(keep.weekly)}
              options={choices(WEEKS, keep.weekly, 'weekly')}
              onChange={(weekly) => change({ ...keep, weekly: Number(weekly) })}
            />
          </>
        )}
      </Setting>
      <Setting label={t('backupNow')}>
        <Button icon={<Copy />} busy={copy.isPending} onClick={() => say.failing(now())}>
          {t('backupNow')}
        </Button>
      </Setting>
    </>
  );
}
