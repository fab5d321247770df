/** Commands that work on every page. */
import { useNavigate } from '@tanstack/react-router';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../app/commands/commands';
import { useHistory } from '../../app/history';
import { useImportProfile } from '../../app/imports';
import { useProfiles } from '../../app/profiles';
import { useScope } from '../../app/scope';
import { useToasts } from '../../app/toasts';
import type { ProfileInfo } from '../../backend/backend';
import { useProfileActions } from '../../app/profileActions';

export function GlobalCommands() {
  const { t } = useTranslation(['shell', 'common', 'keep']);
  const scope = useScope();
  const navigate = useNavigate();
  const profiles = useProfiles();
  const importProfile = useImportProfile();
  const pages = t('pages');

  useCommand({
    id: 'go.library',
    group: pages,
    title: t('goLibrary'),
    key: 'Alt+1',
    run: () => void navigate({ to: '/library' }),
  });
  useCommand({
    id: 'go.projects',
    group: pages,
    title: t('goProjects'),
    key: 'Alt+2',
    run: () => void navigate({ to: '/projects' }),
  });
  useCommand({
    id: 'go.queue',
    group: pages,
    title: t('goQueue'),
    key: 'Alt+3',
    run: () => void navigate({ to: '/queue' }),
  });
  useCommand({
    id: 'go.costs',
    group: pages,
    title: t('goCosts'),
    key: 'Alt+4',
    run: () => void navigate({ to: '/costs' }),
  });
  useCommand({
    id: 'go.publish',
    group: pages,
    title: t('goPublish'),
    words: t('publish'),
    key: 'Alt+5',
    run: () => void navigate({ to: '/publish' }),
  });
  useCommand({
    id: 'go.settings',
    group: pages,
    title: t('goSettings'),
    key: 'Ctrl+,',
    run: () => void navigate({ to: '/settings' }),
  });
  useCommand({
    id: 'shell.importProfile',
    group: t('profile'),
    title: t('keep:import'),
    run: importProfile,
  });
  useCommand({
    id: 'shell.newWindow',
    group: t('window'),
    title: t('openNewWindow'),
    key: 'Ctrl+Shift+N',
    run: () => void scope.backend.openWindow(null),
  });
  useUndoCommands();

  return profiles
    .slice(0, 9)
    .map((profile, index) => <SwitchCommand key={profile.id} profile={profile} number={index + 1} />);
}

function SwitchCommand({ profile, number }: { profile: ProfileInfo; number: number }) {
  const { t } = useTranslation(['shell', 'common', 'keep']);
  const scope = useScope();
  const { switchTo } = useProfileActions();
  const here = profile.id === scope.session.profile.id;
  useCommand({
    id: `profile.${number}`,
    group: t('profile'),
    title: t('switchTo', { name: profile.name }),
    key: `Ctrl+${number}`,
    enabled: !here,
    run: () => void switchTo(profile),
  });
  return null;
}

function useUndoCommands() {
  const { t } = useTranslation(['shell', 'common', 'keep']);
  const history = useHistory();
  const toasts = useToasts();
  const last = useRef<number | null>(null);

  /** One message about it at a time, however often the key is pressed. */
  const say = (text: string) => {
    if (last.current !== null) toasts.dismiss(last.current);
    last.current = toasts.show({ tone: 'plain', text });
  };
  const undo = async () => {
    const what = await history.undo();
    if (what !== null) say(t('undone', { what }));
  };
  const redo = async () => {
    const what = await history.redo();
    if (what !== null) say(t('redone', { what }));
  };
  useCommand({
    id: 'shell.undo',
    group: t('edit'),
    title: history.canUndo ? t('common:undoOf', { what: history.canUndo }) : t('common:undo'),
    key: 'Ctrl+Z',
    enabled: history.canUndo !== null,
    run: () => void undo(),
  });
  useCommand({
    id: 'shell.redo',
    group: t('edit'),
    title: history.canRedo ? t('common:redoOf', { what: history.canRedo }) : t('common:redo'),
    key: 'Ctrl+Shift+Z',
    enabled: history.canRedo !== null,
    run: () => void redo(),
  });
}
