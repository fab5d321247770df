/** Keeping the profile on a server: signing in, choosing the profile there, how it stands, leaving. */
import { useTranslation } from 'react-i18next';
import { useCall } from '../../app/queries';
import { FailureView, Loading, Skeleton } from '../../components/States';
import { Group, Section } from '../../components/Setting';
import { ChooseRemote } from './sync/ChooseRemote';
import { Leave } from './sync/Leave';
import { MediaChoice } from './sync/MediaChoice';
import { Missing } from './sync/Missing';
import { SignIn } from './sync/SignIn';
import { Standing } from './sync/Standing';

export function SyncSection() {
  const { t } = useTranslation('sync');
  const { data: shown, error, refetch } = useCall('sync_show', {});

  if (error) return <FailureView failure={error} onRetry={() => void refetch()} />;
  if (!shown) {
    return (
      <Section title={t('title')} text={t('text')}>
        <Loading>
          <Skeleton height={180} radius={10} />
        </Loading>
      </Section>
    );
  }
  const linked = shown.status.remote !== null;
  const { account } = shown;
  return (
    <Section title={t('title')} text={t('text')}>
      {linked && <Standing status={shown.status} />}
      {(!account || shown.status.state === 'sign_in') && <SignIn account={account} />}
      {account && !linked && <ChooseRemote />}
      {account && linked && <MediaChoice account={account} />}
      {linked && shown.missing > 0 && <Missing />}
      {account && (
        <Group title={t('leaveTitle')}>
          <Leave account={account} linked={linked} signedOut={shown.status.state === 'sign_in'} />
        </Group>
      )}
    </Section>
  );
}
