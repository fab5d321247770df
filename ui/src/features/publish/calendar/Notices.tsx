/** What somebody should know before the calendar: nothing can go out yet, something failed, something is not known. */
import { CircleHelp, Plug, RotateCw, SearchCheck, TriangleAlert, Unplug } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PublishShown } from '../../../backend/bindings/calls';
import { Button } from '../../../components/Button';
import { accountTitle } from '../../../lib/platforms';
import { canPublish } from '../ready';
import css from './Calendar.module.css';
import type { EntryActions } from './useEntryActions';

export function Notices(props: { shown: PublishShown; actions: EntryActions; onSetup: () => void }) {
  const { shown, actions } = props;
  const { t } = useTranslation('publish');
  const [busy, setBusy] = useState<'retry' | 'check' | null>(null);
  const during = (what: 'retry' | 'check', work: Promise<void>) => {
    setBusy(what);
    void work.finally(() => setBusy(null));
  };
  const apart = shown.accounts.filter((account) => account.ticked && (account.disabled || account.gone));
  return (
    <>
      {!canPublish(shown) && (
        <Notice
          tone="plain"
          icon={<Plug />}
          text={t(shown.key ? 'notice.noAccounts' : 'notice.notConnected')}
        >
          <Button onClick={props.onSetup}>{t(shown.key ? 'notice.choose' : 'notice.connect')}</Button>
        </Notice>
      )}
      {shown.failed > 0 && (
        <Notice tone="bad" icon={<TriangleAlert />} text={t('notice.failed', { count: shown.failed })}>
          <Button
            icon={<RotateCw />}
            busy={busy === 'retry'}
            onClick={() => during('retry', actions.retryAll())}
          >
            {t('retryAll')}
          </Button>
        </Notice>
      )}
      {shown.unknown > 0 && (
        <Notice tone="warn" icon={<CircleHelp />} text={t('notice.unknown', { count: shown.unknown })}>
          <Button
            icon={<SearchCheck />}
            busy={busy === 'check'}
            onClick={() => during('check', actions.check())}
          >
            {t('lookNow')}
          </Button>
        </Notice>
      )}
      {shown.key && apart.length > 0 && (
        <Notice
          tone="warn"
          icon={<Unplug />}
          text={t('notice.apart', {
            count: apart.length,
            accounts: apart.map((account) => accountTitle(account, account.platform)).join(', '),
          })}
        >
          <Button onClick={props.onSetup}>{t('notice.see')}</Button>
        </Notice>
      )}
    </>
  );
}

function Notice(props: {
  tone: 'plain' | 'warn' | 'bad';
  icon: ReactNode;
  text: string;
  children: ReactNode;
}) {
  return (
    <div className={css.notice} data-tone={props.tone} role="status">
      {props.icon}
      <p>{props.text}</p>
      {props.children}
    </div>
  );
}
