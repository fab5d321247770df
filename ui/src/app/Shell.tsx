/** The frame that stays while pages change: the profile's line, the title bar, messages. */
import { Outlet } from '@tanstack/react-router';
import { useEffect } from 'react';
import { BackupsProvider } from '../components/Backups';
import { BatchToasts } from '../components/BatchToasts';
import { DropOverlay } from '../components/DropTarget';
import { ImportProvider } from '../components/ImportProfile';
import { Toaster } from '../components/Toaster';
import { DeletionToasts } from '../features/shell/DeletionToasts';
import { GlobalCommands } from '../features/shell/GlobalCommands';
import { KeyList } from '../features/shell/KeyList';
import { Notice } from '../features/shell/Notice';
import { Palette } from '../features/shell/Palette';
import { TitleBar } from '../features/shell/TitleBar';
import { useClosing } from '../features/shell/useClosing';
import css from './Frame.module.css';
import { useScope } from './scope';

export function Shell() {
  const scope = useScope();
  const { profile, epoch } = scope.session;
  useClosing();

  useEffect(() => {
    document.body.dataset['ready'] = 'true';
    document.body.dataset['epoch'] = String(epoch);
    document.body.dataset['profile'] = profile.id;
    void scope.backend.ready();
  }, [scope, epoch, profile.id]);

  return (
    <BackupsProvider>
      <ImportProvider>
        <div className={css.frame}>
          <div className={css.line} aria-hidden />
          <div>
            <TitleBar />
            <Notice />
          </div>
          <main className={css.page}>
            <Outlet />
            <DropOverlay />
          </main>
          <Toaster>
            <DeletionToasts />
          </Toaster>
          <BatchToasts />
          <GlobalCommands />
          <Palette />
          <KeyList />
        </div>
      </ImportProvider>
    </BackupsProvider>
  );
}
