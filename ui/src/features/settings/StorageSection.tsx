/** What takes room in the profile, and its backups. */
import { useQueryClient } from '@tanstack/react-query';
import { Eraser, FolderOpen } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useProfile } from '../../app/profiles';
import { keyOf, useCall, useChange } from '../../app/queries';
import { useScope } from '../../app/scope';
import { useSay, useToasts } from '../../app/toasts';
import { BackupsList } from '../../components/Backups';
import { Button } from '../../components/Button';
import { FailureView, Loading, Skeleton } from '../../components/States';
import { size } from '../../lib/format';
import { ExportProfile } from './ExportProfile';
import { KeepBackups } from './KeepBackups';
import { Group, Section, Setting } from '../../components/Setting';
import css from './Settings.module.css';
import { StorageParts } from './StorageParts';

export function StorageSection() {
  const { t, i18n } = useTranslation(['settings', 'shell']);
  const { backend } = useScope();
  const client = useQueryClient();
  const toasts = useToasts();
  const say = useSay();
  const profile = useProfile();
  const storage = useCall('storage_show', {});
  const clear = useChange('cache_clear');

  const clearCache = async () => {
    const freed = await clear.mutateAsync({});
    toasts.show({ tone: 'good', text: t('cleared', { size: size(freed, i18n.language) }) });
    await client.invalidateQueries({ queryKey: keyOf('storage_show', {}) });
  };

  if (storage.error) return <FailureView failure={storage.error} onRetry={() => void storage.refetch()} />;
  const folder = storage.data?.folder;
  return (
    <Section title={t('section.storage')} text={t('storageText')}>
      {storage.data ? (
        <StorageParts storage={storage.data} />
      ) : (
        <Loading>
          <Skeleton height={180} radius={10} />
        </Loading>
      )}
      <Group>
        <Setting label={t('folder')} help={folder && <span className={css.path}>{folder}</span>}>
          <Button
            icon={<FolderOpen />}
            disabled={!folder}
            onClick={() => folder && say.failing(backend.reveal(folder))}
          >
            {t('showFolder')}
          </Button>
        </Setting>
        <Setting label={t('cache')} help={t('cacheHelp')}>
          <Button icon={<Eraser />} busy={clear.isPending} onClick={() => say.failing(clearCache())}>
            {t('clearCache')}
          </Button>
        </Setting>
      </Group>
      <ExportProfile />
      <Group title={t('backups')}>
        <KeepBackups />
        <Setting tall label={t('backupsLabel')} help={t('shell:backupsHelp')}>
          <BackupsList profile={profile} />
        </Setting>
      </Group>
    </Section>
  );
}
