import { useTranslation } from 'react-i18next';
import { KeyTable } from '../../components/KeyTable';
import { Section } from '../../components/Setting';

/** What the keyboard does, and the way to change it: the same list that opens over the window anywhere. */
export function KeysSection() {
  const { t } = useTranslation('settings');
  return (
    <Section title={t('section.keys')} text={t('keysText')}>
      <KeyTable />
    </Section>
  );
}
