/** How it stands, in a sentence; what is set aside and why; a round now. */
import { RefreshCw } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChange } from '../../../app/queries';
import { useSay } from '../../../app/toasts';
import type { Reply } from '../../../backend/backend';
import { Button } from '../../../components/Button';
import { ago, exactly } from '../../../lib/format';
import { useSaid } from '../../../lib/said';
import { syncText, syncTone } from '../../../lib/saidSync';
import { Group, Setting } from '../../../components/Setting';
import css from './Sync.module.css';

type Status = Reply<'sync_show'>['status'];

export function Standing({ status }: { status: Status }) {
  const { t, i18n } = useTranslation('sync');
  const said = useSaid();
  const say = useSay();
  const round = useChange('sync_now');
  const retry = useChange('sync_retry');
  const [now] = useState(Date.now);
  const at = status.in_sync_at;

  return (
    <Group title={t('standing')}>
      <Setting
        label={syncText(status, t)}
        help={
          <>
            {status.failure && <span className={css.why}>{said.line(status.failure)} </span>}
            {at !== null && (
              <span title={exactly(at, i18n.language)}>
                {t('lastRound', { when: ago(at, now, i18n.language) })}
              </span>
            )}
            {status.held > 0 && <span> {t('held', { count: status.held })}</span>}
          </>
        }
      >
        <span className={css.dot} data-tone={syncTone(status)} aria-hidden />
        {/* Without a session there is nothing that could go through. */}
        {status.state !== 'sign_in' && (
          <Button
            icon={<RefreshCw />}
            busy={round.isPending}
            onClick={() => say.failing(round.mutateAsync({}))}
          >
            {t('now')}
          </Button>
        )}
      </Setting>
      {status.set_aside.length > 0 && (
        <Setting tall label={t('setAsideList')} help={t('setAsideHelp')}>
          <ul className={css.list} aria-label={t('setAsideList')}>
            {status.set_aside.map((row) => (
              <li key={`${row.table} ${row.id}`} className={css.row}>
                <span className={css.what}>
                  <span dir="auto">{row.name ?? row.id}</span>
                  <span className={css.why}>{row.why}</span>
                </span>
                <Button
                  busy={retry.isPending}
                  aria-label={t('retryOf', { name: row.name ?? row.id })}
                  onClick={() => say.failing(retry.mutateAsync({ table: row.table, id: row.id }))}
                >
                  {t('retry')}
                </Button>
              </li>
            ))}
          </ul>
        </Setting>
      )}
    </Group>
  );
}
