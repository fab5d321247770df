import { Link } from '@tanstack/react-router';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useDraft } from '../../../app/draft';
import { useCall } from '../../../app/queries';
import type { PublishShown } from '../../../backend/bindings/calls';
import { TextInput } from '../../../components/Fields';
import { ServiceKey } from '../../../components/ServiceKey';
import { Group, Setting } from '../../../components/Setting';
import { FailureView, Loading, Skeleton } from '../../../components/States';
import { useSaid } from '../../../lib/said';
import css from '../Publish.module.css';
import { NumberField } from './NumberField';
import type { Change } from './useSettings';

const HOSTED = 'https://api.postiz.com/public/v1';

/** Where the workspace is, and the key to it. */
export function Workspace({ shown, change }: { shown: PublishShown; change: Change }) {
  const { t } = useTranslation('publish');
  const said = useSaid();
  const id = useId();
  const keys = useCall('credential_list', {});
  const key = keys.data?.find((one) => one.provider === 'postiz');
  const { settings } = shown;
  const address = useDraft(settings.address, (text) => {
    const to = text.trim() === '' ? HOSTED : text.trim();
    return change(t('address.changed'), { address: to });
  });
  return (
    <>
      <Group title={t('address.title')}>
        <Setting
          label={t('address.label')}
          htmlFor={id}
          help={t('address.help')}
          error={address.failure && said.line(address.failure)}
        >
          <TextInput id={id} type="url" placeholder={HOSTED} className={css.address} {...address.field} />
        </Setting>
        <Setting label={t('rate.label')} help={t('rate.help', { count: shown.requests_left })}>
          <NumberField
            label={t('rate.label')}
            value={settings.requests_an_hour}
            least={1}
            most={3_600}
            unit={t('rate.unit')}
            onChange={(requests_an_hour) => change(t('rate.changed'), { requests_an_hour })}
          />
        </Setting>
      </Group>
      {keys.error && <FailureView compact failure={keys.error} onRetry={() => void keys.refetch()} />}
      {!keys.data && !keys.error && (
        <Loading>
          <Skeleton height={120} radius={10} />
        </Loading>
      )}
      {key && <ServiceKey info={key} />}
      <Link to="/settings" search={{ section: 'services' }} className={css.otherKeys}>
        {t('otherKeys')}
      </Link>
    </>
  );
}
