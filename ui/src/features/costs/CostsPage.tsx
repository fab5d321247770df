/** What was spent on speech: this month against its limits, then by day, service and project, then call by call. */
import { ChevronLeft, ChevronRight, FileSpreadsheet } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../app/commands/commands';
import { useCall } from '../../app/queries';
import { useScope } from '../../app/scope';
import { usePageTitle } from '../../app/titles';
import { useSay, useToasts } from '../../app/toasts';
import type { QuotaState } from '../../backend/bindings/calls';
import { Button, IconButton } from '../../components/Button';
import { FailureView, Loading, Skeleton } from '../../components/States';
import { monthBeside, monthName } from '../../lib/money';
import css from './Costs.module.css';
import { Limits } from './Limits';
import { Prices } from './Prices';
import { Spent } from './Spent';

export function CostsPage() {
  const { t } = useTranslation('costs');
  const quota = useCall('quota_show', {});
  usePageTitle(t('title'));
  return (
    <div className={css.page}>
      <div className={css.column}>
        {quota.error && <FailureView failure={quota.error} onRetry={() => void quota.refetch()} />}
        {!quota.data && !quota.error && (
          <>
            <h1>{t('title')}</h1>
            <Loading>
              <Skeleton height={210} radius={10} />
              <Skeleton height={260} radius={10} />
            </Loading>
          </>
        )}
        {quota.data && <Costs quota={quota.data} />}
      </div>
    </div>
  );
}

function Costs({ quota }: { quota: QuotaState }) {
  const { t, i18n } = useTranslation('costs');
  const scope = useScope();
  const { backend } = scope;
  const toasts = useToasts();
  const say = useSay();
  const [chosen, setChosen] = useState<string | null>(null);
  const [exporting, setExporting] = useState(false);
  const month = chosen ?? quota.month;
  const now = month >= quota.month;
  const go = (by: -1 | 1) => {
    const next = monthBeside(month, by);
    if (next <= quota.month) setChosen(next === quota.month ? null : next);
  };

  const save = async () => {
    const to = await backend.chooseGoal(t('export.title'), 'edit-factory-costs.csv');
    if (to === null) return;
    setExporting(true);
    try {
      const path = await scope.call('cost_export', { to });
      toasts.show({
        tone: 'good',
        text: t('export.done'),
        action: { label: t('export.show'), run: () => say.failing(backend.reveal(path)) },
      });
    } finally {
      setExporting(false);
    }
  };
  const group = t('title');
  useCommand({
    id: 'costs.export',
    group,
    title: t('export.command'),
    key: 'Ctrl+E',
    run: () => say.failing(save()),
  });
  useCommand({ id: 'costs.previous', group, title: t('month.previous'), key: '[', run: () => go(-1) });
  useCommand({ id: 'costs.next', group, title: t('month.next'), key: ']', enabled: !now, run: () => go(1) });

  return (
    <>
      <header className={css.top}>
        <h1>{t('title')}</h1>
        <div className={css.month} role="group" aria-label={t('month.label')}>
          <IconButton label={t('month.previous')} shortcut="[" onClick={() => go(-1)}>
            <ChevronLeft />
          </IconButton>
          <span aria-live="polite">{monthName(month, i18n.language)}</span>
          <IconButton label={t('month.next')} shortcut="]" disabled={now} onClick={() => go(1)}>
            <ChevronRight />
          </IconButton>
        </div>
        <Button icon={<FileSpreadsheet />} busy={exporting} onClick={() => say.failing(save())}>
          {t('export.button')}
        </Button>
      </header>
      {now && <Limits quota={quota} />}
      <Spent key={month} month={month} current={now} />
      <Prices />
    </>
  );
}
