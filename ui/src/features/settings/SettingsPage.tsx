/** Settings of the profile and of the program. Everything takes effect at once; what changes the profile can be undone. */
import { Link, useSearch } from '@tanstack/react-router';
import {
  Activity,
  AudioLines,
  Captions,
  CloudCog,
  HardDrive,
  KeyRound,
  Keyboard,
  type LucideIcon,
  MonitorCog,
  Palette,
  UserRound,
} from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { SETTINGS_SECTIONS, type SettingsSection } from '../../app/router';
import { useProfile } from '../../app/profiles';
import { usePageTitle } from '../../app/titles';
import { AppSection } from './AppSection';
import { BrandSection } from './BrandSection';
import { CaptionsSection } from './CaptionsSection';
import { DiagnosticsSection } from './DiagnosticsSection';
import { KeysSection } from './KeysSection';
import { ProfileSection } from './ProfileSection';
import { ServicesSection } from './ServicesSection';
import css from './Settings.module.css';
import { StorageSection } from './StorageSection';
import { SyncSection } from './SyncSection';
import { VoicesSection } from './VoicesSection';

const SECTIONS: Record<
  SettingsSection,
  { icon: LucideIcon; part: () => React.ReactNode; of: 'profile' | 'app' }
> = {
  profile: { icon: UserRound, part: ProfileSection, of: 'profile' },
  brand: { icon: Palette, part: BrandSection, of: 'profile' },
  captions: { icon: Captions, part: CaptionsSection, of: 'profile' },
  voices: { icon: AudioLines, part: VoicesSection, of: 'profile' },
  services: { icon: KeyRound, part: ServicesSection, of: 'profile' },
  sync: { icon: CloudCog, part: SyncSection, of: 'profile' },
  storage: { icon: HardDrive, part: StorageSection, of: 'profile' },
  app: { icon: MonitorCog, part: AppSection, of: 'app' },
  keys: { icon: Keyboard, part: KeysSection, of: 'app' },
  diagnostics: { icon: Activity, part: DiagnosticsSection, of: 'app' },
};

export function SettingsPage() {
  const { t } = useTranslation('settings');
  const { section = 'profile' } = useSearch({ from: '/settings' });
  const { name } = useProfile();
  usePageTitle(t('title'));
  const Part = SECTIONS[section].part;

  const links = (of: 'profile' | 'app') =>
    SETTINGS_SECTIONS.filter((one) => SECTIONS[one].of === of).map((one) => {
      const Icon = SECTIONS[one].icon;
      return (
        <li key={one}>
          <Link
            to="/settings"
            search={{ section: one }}
            className={css.link}
            aria-current={one === section ? 'page' : undefined}
          >
            <Icon aria-hidden />
            {t(`section.${one}`)}
          </Link>
        </li>
      );
    });

  return (
    <div className={css.page}>
      <nav aria-label={t('title')} className={css.side}>
        <h1>{t('title')}</h1>
        <h2 className={css.of} dir="auto" title={name}>
          {name}
        </h2>
        <ul>{links('profile')}</ul>
        <h2 className={css.of}>{t('program')}</h2>
        <ul>{links('app')}</ul>
      </nav>
      <div key={section} className={css.main}>
        <Part />
      </div>
    </div>
  );
}
