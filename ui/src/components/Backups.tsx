/** Copies of a profile's database that the program made, and the way back to one. */
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { keyOf, useCall } from '../app/queries';
import { useScope } from '../app/scope';
import { useToasts } from '../app/toasts';
import { type ProfileInfo, asFailure } from '../backend/backend';
import { ago, exactly, size } from '../lib/format';
import css from './Backups.module.css';
import { Button } from './Button';
import { Dialog } from './Dialog';
import { FailureView, Loading, Skeleton } from './States';

/** The copies of one profile; each can be put back, and what was there then is kept as a copy, too. */
export function BackupsList({ profile }: { profile: ProfileInfo }) {
  const { t, i18n } = useTranslation('shell');
  const scope = useScope();
  const toasts = useToasts();
  const client = useQueryClient();
  const backups = useCall('profile_backups', { id: profile.id });
  const [now] = useState(Date.now);
  const [busy, setBusy] = useState<string | null>(null);

  const restore = async (backup: string) => {
    setBusy(backup);
    try {
      await scope.settle();
      await scope.call('profile_restore', { id: profile.id, backup });
      toasts.show({ tone: 'good', text: t('restored', { name: profile.name }) });
      await client.invalidateQueries({ queryKey: keyOf('profile_backups', { id: profile.id }) });
    } catch (thrown) {
      const failure = asFailure(thrown);
      toasts.show({ tone: 'bad', text: failure.message, failure });
    }
    setBusy(null);
  };

  if (backups.error)
    return <FailureView compact failure={backups.error} onRetry={() => void backups.refetch()} />;
  if (!backups.data) {
    return (
      <Loading>
        <Skeleton height={32} />
      </Loading>
    );
  }
  if (backups.data.length === 0) return <p className={css.none}>{t('noBackups')}</p>;
  return (
    <ul className={css.list} aria-label={t('backups')}>
      {backups.data.map((backup) => (
        <li key={backup.name} className={css.row}>
          <span className={css.when} title={exactly(backup.at, i18n.language)}>
            {ago(backup.at, now, i18n.language)}
          </span>
          <span className={css.size}>{size(backup.bytes, i18n.language)}</span>
          <Button
            aria-label={t('restoreOf', { when: exactly(backup.at, i18n.language) })}
            busy={busy === backup.name}
            onClick={() => void restore(backup.name)}
          >
            {t('restore')}
          </Button>
        </li>
      ))}
    </ul>
  );
}

export function BackupsDialog({ profile, onClose }: { profile: ProfileInfo; onClose: () => void }) {
  const { t } = useTranslation('shell');
  return (
    <Dialog open onClose={onClose} title={t('backupsOf', { name: profile.name })}>
      <p className={css.help}>{t('backupsHelp')}</p>
      <BackupsList profile={profile} />
    </Dialog>
  );
}
