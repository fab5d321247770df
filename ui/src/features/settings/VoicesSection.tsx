/** Who speaks in this profile, in which order, with which voice; and how names are said. */
import { useTranslation } from 'react-i18next';
import { InstalledVoices } from './InstalledVoices';
import { Section } from '../../components/Setting';
import { Chain } from './voices/Chain';
import { Dictionary } from './voices/Dictionary';

export function VoicesSection() {
  const { t } = useTranslation(['voices', 'settings']);
  return (
    <Section title={t('settings:section.voices')} text={t('text')}>
      <Chain />
      <InstalledVoices />
      <Dictionary />
    </Section>
  );
}
