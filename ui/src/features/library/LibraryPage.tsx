/** The library: footage, finished videos, and what was taken away. Files dropped anywhere on it are taken in. */
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../app/commands/commands';
import { useCall } from '../../app/queries';
import type { LibraryTab } from '../../app/router';
import { FirstRun, useFirstRun } from '../../components/FirstRun';
import { useDropped } from '../../components/DropTarget';
import { TabPanel, Tabs } from '../../components/Tabs';
import css from './LibraryPage.module.css';
import { ClipDialog } from './clips/ClipDialog';
import { ClipsTab } from './clips/ClipsTab';
import { FootageTab } from './footage/FootageTab';
import { RefusedDialog } from './imports/RefusedDialog';
import { useImport } from './imports/useImport';
import { TrashTab } from './trash/TrashTab';

export function LibraryPage() {
  const { t } = useTranslation('library');
  const navigate = useNavigate();
  const { tab = 'footage', clip } = useSearch({ from: '/library' });
  const imports = useImport();
  const counts = useCall('clip_counts', {});
  const first = useFirstRun();
  const go = (to: LibraryTab) => void navigate({ to: '/library', search: { tab: to } });
  const open = (id: string | undefined) => void navigate({ to: '/library', search: { tab, clip: id } });

  useDropped(t('import.drop'), ({ paths }) => {
    if (tab !== 'footage') go('footage');
    imports.take(paths);
  });
  const group = t('group');
  useCommand({ id: 'library.footage', group, title: t('commands.footage'), run: () => go('footage') });
  useCommand({ id: 'library.clips', group, title: t('commands.clips'), run: () => go('clips') });
  useCommand({ id: 'library.trash', group, title: t('commands.trash'), run: () => go('trash') });

  // Until something is in it, there is nothing to look through.
  if (first && !imports.under && tab === 'footage') {
    return (
      <>
        <FirstRun onChoose={() => void imports.chooseFiles().then(imports.take)} />
        <RefusedDialog imports={imports} />
      </>
    );
  }
  return (
    <>
      <h1 className="visually-hidden">{t('title')}</h1>
      <Tabs
        label={t('title')}
        value={tab}
        tabs={[
          { value: 'footage', label: t('tabs.footage') },
          { value: 'clips', label: t('tabs.clips'), count: counts.data?.new || undefined },
          { value: 'trash', label: t('tabs.trash') },
        ]}
        onChange={go}
        className={css.page}
      >
        <TabPanel value="footage" className={css.panel}>
          <FootageTab imports={imports} onOpenClip={open} />
        </TabPanel>
        <TabPanel value="clips" className={css.panel}>
          <ClipsTab />
        </TabPanel>
        <TabPanel value="trash" className={css.panel}>
          <TrashTab />
        </TabPanel>
      </Tabs>
      {clip && <ClipDialog id={clip} onClose={() => open(undefined)} />}
      <RefusedDialog imports={imports} />
    </>
  );
}
