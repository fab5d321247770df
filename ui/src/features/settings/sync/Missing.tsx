/** Files that other machines have and this one has not, each with a way to fetch it. */
import { Download } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useCall } from '../../../app/queries';
import { useScope } from '../../../app/scope';
import { useSay } from '../../../app/toasts';
import { Button } from '../../../components/Button';
import { size } from '../../../lib/format';
import { Group, Setting } from '../../../components/Setting';
import css from './Sync.module.css';
import { useShown } from './useShown';
import { useState } from 'react';

export function Missing() {
  const { t, i18n } = useTranslation('sync');
  const scope = useScope();
  const say = useSay();
  const shown = useShown();
  const { data } = useCall('sync_missing', {});
  const [fetching, setFetching] = useState<string | null>(null);

  const fetch = async (file: NonNullable<typeof data>[number]) => {
    setFetching(file.of.id);
    try {
      shown(await scope.call('sync_fetch', { of: file.of }));
    } finally {
      setFetching(null);
    }
  };

  return (
    <Group title={t('missing')}>
      <Setting tall label={t('missingLabel')} help={t('missingHelp')}>
        <ul className={css.list} aria-label={t('missing')}>
          {(data ?? []).map((file) => (
            <li key={file.of.id} className={css.row}>
              <span className={css.what}>
                <span dir="auto">{file.name}</span>
                <span className={css.why}>
                  {t(`of.${file.of.of}`)}, {size(file.bytes, i18n.language)}
                </span>
              </span>
              <Button
                icon={<Download />}
                busy={fetching === file.of.id}
                disabled={fetching !== null}
                aria-label={t('fetchOf', { name: file.name })}
                onClick={() => say.failing(fetch(file))}
              >
                {t('fetch')}
              </Button>
            </li>
          ))}
        </ul>
      </Setting>
    </Group>
  );
}
