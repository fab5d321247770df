/** Copies of a profile's database that the program made, and the way back to one. */
import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { BackupsContext } from '../app/backups';
import { keyOf, useCall } from '../app/queries';
import { useScope } from '../app/scope';
import { useSay, useToasts } from '../app/toasts';
import { type ProfileInfo, asFailure } from '../backend/backend';
import { ago, exactly, size } from '../lib/format';
import css from './Backups.module.css';
import { Button } from './Button';
import { Dialog } from './Dialog';
import { FailureView, Loading, Skeleton } from './States';

/** The copies of one profile; each can be put back, and what was there then is kept as a copy, too. */
export function BackupsList({ profile, onRestored }: { profile: ProfileInfo; onRestored?: () => void }) {
  const { t, i18n } = useTranslation('shell');
  const scope = useScope();
  const toasts = useToasts();
  const say = useSay();
  const client = useQueryClient();
  const backups = useCall('profile_backups', { id: profile.id });
  const [now] = useState(Date.now);
  const [busy, setBusy] = useState<string | null>(null);

  const restore = async (backup: string) => {
    setBusy(backup);
    try {
      await scope.settle();
      await scope.call('profile_restore', { id: profile.id, backup });
      const elsewhere = profile.id !== scope.session.profile.id;
      const open = () => say.failing(scope.switchTo(profile.id));
      toasts.show({
        tone: 'good',
        text: t('restored', { name: profile.name }),
        ...(elsewhere ? { action: { label: t('openIt'), run: open } } : {}),
      });
      onRestored?.();
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
            {backup.name.includes('-replaced-') && <span className={css.note}>{t('replaced')}</span>}
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

/** Lets what is in it open the copies of a profile over the window. */
export function BackupsProvider({ children }: { children: ReactNode }) {
  const { t } = useTranslation('shell');
  const [profile, setProfile] = useState<ProfileInfo | null>(null);
  const close = () => setProfile(null);
  return (
    <BackupsContext.Provider value={setProfile}>
      {children}
      {profile && (
        <Dialog open onClose={close} title={t('backupsOf', { name: profile.name })}>
          <p className={css.help}>{t('backupsHelp')}</p>
          <BackupsList profile={profile} onRestored={close} />
        </Dialog>
      )}
    </BackupsContext.Provider>
  );
}
