/** Whose window this is, and the way to another profile. */
import { ChevronDown } from 'lucide-react';
import { type ComponentProps, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand, useCommands } from '../../app/commands/commands';
import { useProfile } from '../../app/profiles';
import { Avatar } from '../../components/Avatar';
import { Popover } from '../../components/Popover';
import { Tooltip } from '../../components/Tooltip';
import { ProfileList } from './ProfileList';
import css from './TitleBar.module.css';

/** What the opened switcher begins with. */
type Opened = 'closed' | 'list' | 'new';

export function ProfileSwitcher() {
  const { t } = useTranslation('shell');
  const [opened, setOpened] = useState<Opened>('closed');

  useCommand({
    id: 'shell.profiles',
    group: t('profile'),
    title: t('switchProfile'),
    key: 'Ctrl+P',
    run: () => setOpened(opened === 'closed' ? 'list' : 'closed'),
  });
  useCommand({
    id: 'shell.newProfile',
    group: t('profile'),
    title: t('newProfile'),
    run: () => setOpened('new'),
  });

  return (
    <Popover
      label={t('profiles')}
      open={opened !== 'closed'}
      onOpen={(open) => setOpened(open ? 'list' : 'closed')}
      trigger={<Chip />}
    >
      {opened !== 'closed' && <ProfileList key={opened} begin={opened} onDone={() => setOpened('closed')} />}
    </Popover>
  );
}

/** The profile's chip. It passes on what makes it open the list. */
function Chip(props: ComponentProps<'button'>) {
  const { t } = useTranslation('shell');
  const { name, colour } = useProfile();
  const { list, keyOf } = useCommands();
  const command = list.find((one) => one.id === 'shell.profiles');
  return (
    <Tooltip text={name} shortcut={command && keyOf(command)}>
      <button type="button" {...props} aria-label={t('profileIs', { name })} className={css.chip}>
        <Avatar name={name} colour={colour} />
        <span className={css.name} dir="auto">
          {name}
        </span>
        <ChevronDown aria-hidden />
      </button>
    </Tooltip>
  );
}
