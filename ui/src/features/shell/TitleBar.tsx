/** The window's own title bar: whose window it is, where one is, what runs elsewhere, the window's buttons. */
import { Link } from '@tanstack/react-router';
import { Search, Settings } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommands } from '../../app/commands/commands';
import { useScope } from '../../app/scope';
import { useWindow } from '../../app/window';
import { Button } from '../../components/Button';
import { Tooltip } from '../../components/Tooltip';
import { WindowControls } from '../../components/WindowControls';
import { CostsSign } from './CostsSign';
import { ProfileSwitcher } from './ProfileSwitcher';
import { PublishSign } from './PublishSign';
import { QueueCount } from './QueueCount';
import { SyncSign } from './SyncSign';
import css from './TitleBar.module.css';

export function TitleBar() {
  const { t } = useTranslation('shell');
  const { backend } = useScope();
  const { running } = useWindow();
  const { list, keyOf, run } = useCommands();
  const keyOfId = (id: string) => {
    const command = list.find((one) => one.id === id);
    return command && keyOf(command);
  };

  return (
    // A double click on what can be dragged makes the window large: the shell sees to both.
    <header className={css.bar} data-tauri-drag-region>
      <ProfileSwitcher />
      <nav aria-label={t('pages')} className={css.nav} data-tauri-drag-region>
        <Place to="/library" shortcut={keyOfId('go.library')} label={t('library')} />
        <Place to="/projects" shortcut={keyOfId('go.projects')} label={t('projects')} />
        <Place to="/queue" shortcut={keyOfId('go.queue')} label={t('queue')}>
          <QueueCount />
        </Place>
        <Place to="/costs" shortcut={keyOfId('go.costs')} label={t('costs')}>
          <CostsSign />
        </Place>
        <Place to="/publish" shortcut={keyOfId('go.publish')} label={t('publish')}>
          <PublishSign />
        </Place>
      </nav>
      <div className={css.gap} data-tauri-drag-region />
      <SyncSign />
      {running > 0 && (
        <span className={css.elsewhere} role="status" title={t('elsewhereHelp')}>
          <span aria-hidden className={css.pulse} />
          <span className={css.short}>{t('elsewhere', { count: running })}</span>
        </span>
      )}
      <Button
        tone="plain"
        className={css.search}
        icon={<Search />}
        shortcut={keyOfId('shell.palette')}
        onClick={() => run('shell.palette')}
      >
        {t('find')}
      </Button>
      <Tooltip text={t('settings')} shortcut={keyOfId('go.settings')}>
        <Link to="/settings" className={css.gear} aria-label={t('settings')}>
          <Settings aria-hidden />
        </Link>
      </Tooltip>
      <WindowControls backend={backend} />
    </header>
  );
}

function Place(props: {
  to: '/library' | '/projects' | '/queue' | '/costs' | '/publish';
  label: string;
  shortcut: string | undefined;
  children?: ReactNode;
}) {
  return (
    <Tooltip text={props.label} shortcut={props.shortcut}>
      <Link to={props.to} className={css.place}>
        {props.label}
        {props.children}
      </Link>
    </Tooltip>
  );
}
