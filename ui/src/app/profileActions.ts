/** What can be done with a profile, with its way back and what is said when it fails. */
import { useTranslation } from 'react-i18next';
import { useSaid } from '../lib/said';
import { useShowBackups } from './backups';
import { useHistory } from './history';
import { useProfiles } from './profiles';
import { useScope } from './scope';
import { useToasts } from './toasts';
import { useWindow } from './window';
import { type ProfileInfo, asFailure } from '../backend/backend';

export function useProfileActions() {
  const { t } = useTranslation('shell');
  const said = useSaid();
  const scope = useScope();
  const toasts = useToasts();
  const history = useHistory();
  const profiles = useProfiles();
  const showBackups = useShowBackups();
  const { deletions } = useWindow();

  /** Shows it in this window. False when it could not be. */
  const switchTo = async (profile: ProfileInfo): Promise<boolean> => {
    try {
      await scope.settle();
    } catch (thrown) {
      const failure = asFailure(thrown);
      toasts.show({
        tone: 'bad',
        text: t('unsaved', { why: said.lead(failure) }),
        failure,
        action: { label: t('switchAnyway'), run: () => void show(profile) },
      });
      return false;
    }
    return show(profile);
  };

  const show = async (profile: ProfileInfo): Promise<boolean> => {
    try {
      await scope.backend.switchProfile(profile.id);
      return true;
    } catch (thrown) {
      const failure = asFailure(thrown);
      const backups = { label: t('backups'), run: () => showBackups(profile) };
      const action = failure.code === 'damaged_database' ? { action: backups } : {};
      toasts.show({ tone: 'bad', text: failure.message, failure, ...action });
      return false;
    }
  };

  const put = async (id: string, from: Look, to: Look) => {
    if (from.name !== to.name) await scope.call('profile_rename', { id, name: to.name });
    if (from.colour !== to.colour) await scope.call('profile_colour', { id, colour: to.colour });
  };

  /** Gives it another name and colour; can be undone. */
  const change = (profile: ProfileInfo, to: Look): Promise<void> => {
    const from = { name: profile.name, colour: profile.colour };
    if (from.name === to.name && from.colour === to.colour) return Promise.resolve();
    return history.perform({
      label: t('changed', { name: to.name }),
      redo: () => put(profile.id, from, to),
      undo: () => put(profile.id, to, from),
    });
  };

  /** Makes one and shows it. */
  const create = async (name: string, colour: string | null): Promise<void> => {
    const made = await scope.call('profile_create', { name, colour });
    await switchTo(made);
  };

  /** Deletes it after a while; the window leaves it first. */
  const remove = async (profile: ProfileInfo): Promise<void> => {
    if (profile.id === scope.session.profile.id) {
      const others = profiles.filter((one) => one.id !== profile.id && !one.missing);
      const next = others.toSorted((a, b) => b.used_at - a.used_at)[0];
      if (!next) {
        toasts.show({ tone: 'bad', text: t('noOther') });
        return;
      }
      if (!(await switchTo(next))) return;
    }
    deletions.start(profile);
  };

  return { switchTo, change, create, remove };
}

interface Look {
  name: string;
  colour: string;
}
