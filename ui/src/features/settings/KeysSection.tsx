import { Keyboard } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useCommands } from '../../app/commands/commands';
import { useAllCommands } from '../../app/commands/pages';
import { useSettings } from '../../app/settings';
import { Button } from '../../components/Button';
import { Kbd } from '../../components/Kbd';
import { Group, Section, Setting } from './Setting';

/** What the keyboard does; the list itself opens over the window, here as everywhere. */
export function KeysSection() {
  const { t } = useTranslation(['settings', 'common']);
  const { keyOf, run } = useCommands();
  const known = useAllCommands();
  const { settings } = useSettings();
  const list = known.find((command) => command.id === 'shell.keys');
  const changed = known.filter((command) => settings.keys[command.id] !== undefined);

  return (
    <Section title={t('section.keys')} text={t('keysText')}>
      <Group>
        <Setting label={t('keyList')} help={t('keyListHelp')}>
          <Button icon={<Keyboard />} shortcut={list && keyOf(list)} onClick={() => run('shell.keys')}>
            {t('showKeys')}
          </Button>
        </Setting>
        {changed.map((command) => (
          <Setting key={command.id} label={command.title} help={t('keyChanged', { group: command.group })}>
            {keyOf(command) ? <Kbd>{keyOf(command) ?? ''}</Kbd> : t('common:none')}
          </Setting>
        ))}
      </Group>
    </Section>
  );
}
