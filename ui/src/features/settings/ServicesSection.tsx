/** Keys of paid services. A key goes in and never comes out again: what is shown is that it is there, and how it ends. */
import { useTranslation } from 'react-i18next';
import { useCall } from '../../app/queries';
import { FailureView, Loading, Skeleton } from '../../components/States';
import { Group, Section } from '../../components/Setting';
import { SecretFile } from './services/SecretFile';
import { ServiceKey } from '../../components/ServiceKey';

export function ServicesSection() {
  const { t } = useTranslation(['voices', 'settings']);
  const keys = useCall('credential_list', {});
  if (keys.error) return <FailureView failure={keys.error} onRetry={() => void keys.refetch()} />;
  return (
    <Section title={t('settings:section.services')} text={t('services.text')}>
      {keys.data ? (
        <>
          {keys.data.map((key) => (
            <ServiceKey key={key.provider} info={key} />
          ))}
          <Group title={t('file.title')}>
            <SecretFile />
          </Group>
        </>
      ) : (
        <Loading>
          <Skeleton height={120} radius={10} />
          <Skeleton height={72} radius={10} />
        </Loading>
      )}
    </Section>
  );
}
