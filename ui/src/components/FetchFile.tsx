/** Fetches a file that another machine has and this one has not. Nothing where no server keeps the profile. */
import { Download } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '../app/queries';
import { useScope } from '../app/scope';
import { useSay } from '../app/toasts';
import type { Arguments } from '../backend/backend';
import { size } from '../lib/format';
import { Button } from './Button';

export function FetchFile({ of }: { of: Arguments<'sync_fetch'>['of'] }) {
  const { t, i18n } = useTranslation('sync');
  const scope = useScope();
  const say = useSay();
  const { data: shown } = useCall('sync_show', {});
  const linked = shown !== undefined && shown.status.remote !== null;
  const { data: missing } = useCall('sync_missing', {}, { enabled: linked });
  const [fetching, setFetching] = useState(false);
  const file = missing?.find((one) => one.of.id === of.id);
  if (!linked || !file) return null;

  const fetch = async () => {
    setFetching(true);
    try {
      await scope.call('sync_fetch', { of });
    } finally {
      setFetching(false);
    }
  };
  return (
    <Button icon={<Download />} busy={fetching} onClick={() => say.failing(fetch())}>
      {t('fetchSize', { size: size(file.bytes, i18n.language) })}
    </Button>
  );
}
