/** All profiles: to switch to, to change, to add one. */
import { AppWindow, Import, Plus } from 'lucide-react';
import { type KeyboardEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useShowBackups } from '../../app/backups';
import { useImportProfile } from '../../app/imports';
import { useProfiles } from '../../app/profiles';
import { useScope } from '../../app/scope';
import type { ProfileInfo } from '../../backend/backend';
import { Button } from '../../components/Button';
import { SearchInput } from '../../components/Fields';
import { search } from '../../lib/search';
import css from './ProfileList.module.css';
import { ProfileForm } from './ProfileForm';
import { ProfileRow } from './ProfileRow';
import { useProfileActions } from '../../app/profileActions';

export function ProfileList(props: { begin: 'list' | 'new'; onDone: () => void }) {
  const { t } = useTranslation(['shell', 'keep']);
  const { backend, session } = useScope();
  const profiles = useProfiles();
  const actions = useProfileActions();
  const showBackups = useShowBackups();
  const importProfile = useImportProfile();
  const [query, setQuery] = useState('');
  const [editing, setEditing] = useState<ProfileInfo | 'new' | null>(props.begin === 'new' ? 'new' : null);
  const panel = useRef<HTMLDivElement>(null);

  if (editing !== null) {
    const profile = editing === 'new' ? null : editing;
    const store = async (name: string, colour: string | null) => {
      if (profile) {
        await actions.change(profile, { name, colour: colour ?? profile.colour });
        setEditing(null);
      } else {
        await actions.create(name, colour);
        props.onDone();
      }
    };
    return <ProfileForm profile={profile} onStore={store} onCancel={() => setEditing(null)} />;
  }

  const shown = search(query, profiles, (profile) => profile.name);
  const choose = (profile: ProfileInfo) => {
    props.onDone();
    if (profile.id !== session.profile.id) void actions.switchTo(profile);
  };

  /** Arrows go through the list from the search and back; letters go on writing in the search. */
  const move = (event: KeyboardEvent) => {
    const stops = [...(panel.current?.querySelectorAll<HTMLElement>('input, [data-row]') ?? [])];
    const at = stops.findIndex((stop) => stop === document.activeElement);
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      stops[Math.min(stops.length - 1, Math.max(0, at + (event.key === 'ArrowDown' ? 1 : -1)))]?.focus();
      event.preventDefault();
    } else if (event.key === 'Enter' && at === 0 && shown[0]) {
      event.preventDefault();
      choose(shown[0]);
    } else if (at > 0 && event.key.length === 1 && event.key !== ' ' && !event.ctrlKey && !event.altKey) {
      stops[0]?.focus();
    }
  };

  return (
    <div ref={panel} className={css.panel} onKeyDown={move}>
      <div className={css.search}>
        <SearchInput label={t('findProfile')} value={query} onChange={setQuery} />
      </div>
      <ul aria-label={t('profiles')} className={css.list} data-searching={query !== ''}>
        {shown.map((profile) => (
          <ProfileRow
            key={profile.id}
            profile={profile}
            number={profiles.indexOf(profile) + 1}
            here={profile.id === session.profile.id}
            only={profiles.length === 1}
            onChoose={() => choose(profile)}
            onEdit={() => setEditing(profile)}
            onBackups={() => {
              props.onDone();
              showBackups(profile);
            }}
            onDelete={() => {
              props.onDone();
              void actions.remove(profile);
            }}
          />
        ))}
        {shown.length === 0 && <li className={css.none}>{t('noProfile', { query })}</li>}
      </ul>
      <footer className={css.foot}>
        <Button tone="plain" icon={<Plus />} onClick={() => setEditing('new')}>
          {t('newProfile')}
        </Button>
        <Button
          tone="plain"
          icon={<Import />}
          onClick={() => {
            props.onDone();
            importProfile();
          }}
        >
          {t('keep:import')}
        </Button>
        <Button
          tone="plain"
          icon={<AppWindow />}
          onClick={() => {
            props.onDone();
            void backend.openWindow(null);
          }}
        >
          {t('newWindow')}
        </Button>
      </footer>
    </div>
  );
}
