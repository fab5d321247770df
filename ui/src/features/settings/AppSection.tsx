/** Settings of the program, the same for every profile. */
import { FolderSearch } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useScope } from '../../app/scope';
import { useSettings } from '../../app/settings';
import { Button } from '../../components/Button';
import { Select } from '../../components/Fields';
import { LANGUAGES } from '../../i18n';
import { Group, Section, Setting } from '../../components/Setting';
import css from './Settings.module.css';

const THEMES = ['system', 'dark', 'light'] as const;
const SYSTEM = '';

export function AppSection() {
  const { t } = useTranslation('settings');
  const { backend, session } = useScope();
  const { settings, read, change } = useSettings();

  const chooseFfmpeg = async () => {
    const [path] = await backend.chooseFiles(t('chooseFfmpeg'));
    if (path) await change({ ffmpeg: path });
  };

  return (
    <Section title={t('section.app')} text={t('appText')}>
      <Group>
        <Setting label={t('theme')}>
          <Select
            label={t('theme')}
            disabled={!read}
            value={settings.theme}
            options={THEMES.map((theme) => ({ value: theme, label: t(`themes.${theme}`) }))}
            onChange={(theme) => void change({ theme })}
          />
        </Setting>
        <Setting label={t('language')} help={t('languageHelp')}>
          <Select
            label={t('language')}
            disabled={!read}
            value={settings.language ?? SYSTEM}
            options={[
              { value: SYSTEM, label: t('systemLanguage') },
              ...Object.entries(LANGUAGES).map(([value, label]) => ({ value, label })),
            ]}
            onChange={(language) => void change({ language: language === SYSTEM ? null : language })}
          />
        </Setting>
      </Group>
      <Group>
        <Setting
          label={t('ffmpeg')}
          help={settings.ffmpeg ? <span className={css.path}>{settings.ffmpeg}</span> : t('ffmpegFound')}
        >
          {settings.ffmpeg && (
            <Button tone="plain" onClick={() => void change({ ffmpeg: null })}>
              {t('ffmpegOwn')}
            </Button>
          )}
          <Button icon={<FolderSearch />} disabled={!read} onClick={() => void chooseFfmpeg()}>
            {t('choose.ffmpeg')}
          </Button>
        </Setting>
      </Group>
      <p className={css.path}>Edit Factory {session.version}</p>
    </Section>
  );
}
