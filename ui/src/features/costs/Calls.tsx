/** The list of paid calls, the newest first; only the rows in sight are drawn, and pages are read as they are looked at. */
import { useVirtualizer } from '@tanstack/react-virtual';
import { SearchCheck } from 'lucide-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePaged } from '../../app/paged';
import { useScope } from '../../app/scope';
import { useSay, useToasts } from '../../app/toasts';
import { Button } from '../../components/Button';
import { FailureView, Loading, Skeleton } from '../../components/States';
import { number } from '../../lib/format';
import { CallRow } from './CallRow';
import css from './Costs.module.css';
import type { Chosen } from './Spent';

const ROW_PX = 44;
/** Rows in sight before it scrolls. */
const IN_SIGHT = 12;

export function Calls(props: { month: string; chosen: Chosen | null; filter: ReactNode }) {
  const { month, chosen } = props;
  const { t, i18n } = useTranslation('costs');
  const scope = useScope();
  const toasts = useToasts();
  const say = useSay();
  const [busy, setBusy] = useState(false);
  const scroller = useRef<HTMLDivElement>(null);
  const filter = {
    month,
    provider: chosen?.by === 'provider' ? chosen.key : null,
    project: chosen?.by === 'project' ? chosen.key : null,
    released: true,
  };
  const paged = usePaged('cost_list', { filter }, ({ total, costs }) => ({ total, rows: costs }), 0);
  const total = paged.total ?? 0;

  // eslint-disable-next-line react-hooks/incompatible-library -- rows are few and cheap; nothing here is memoised
  const virtual = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: 6,
    useFlushSync: false,
  });
  const items = virtual.getVirtualItems();
  const [first, last] = [items[0]?.index ?? 0, items.at(-1)?.index ?? 0];
  const { look } = paged;
  useEffect(() => look(first, last), [look, first, last]);

  const lost = items.some((item) => paged.at(item.index)?.state === 'unknown');
  const reconcile = async () => {
    setBusy(true);
    try {
      const left = await scope.call('cost_reconcile', {});
      toasts.show({
        tone: left.length === 0 ? 'good' : 'plain',
        text: left.length === 0 ? t('calls.allKnown') : t('calls.stillUnknown', { count: left.length }),
      });
      paged.retry();
    } finally {
      setBusy(false);
    }
  };

  return (
    <section className={css.card} aria-label={t('calls.title')}>
      <header className={css.head}>
        <h2>
          {t('calls.title')} <span className={css.count}>{number(total, i18n.language)}</span>
        </h2>
        <div className={css.actions}>
          {props.filter}
          {lost && (
            <Button icon={<SearchCheck />} busy={busy} onClick={() => say.failing(reconcile())}>
              {t('calls.lookUp')}
            </Button>
          )}
        </div>
      </header>
      {paged.failure && <FailureView compact failure={paged.failure} onRetry={paged.retry} />}
      {paged.total === null && !paged.failure && (
        <Loading>
          <Skeleton height={ROW_PX * 4} radius={10} />
        </Loading>
      )}
      {paged.total === 0 && <p className={css.none}>{t('calls.none')}</p>}
      {total > 0 && (
        <div role="table" aria-label={t('calls.title')} aria-rowcount={total + 1} className={css.calls}>
          <div role="rowgroup">
            <div role="row" aria-rowindex={1} className={css.callHead}>
              {(['time', 'service', 'project', 'state', 'characters', 'money'] as const).map((name) => (
                <span key={name} role="columnheader">
                  {t(`calls.${name}`)}
                </span>
              ))}
            </div>
          </div>
          <div
            ref={scroller}
            role="rowgroup"
            tabIndex={0}
            className={css.scroller}
            data-testid="calls"
            style={{ height: Math.min(total, IN_SIGHT) * ROW_PX }}
          >
            <div role="presentation" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
              {items.map((item) => (
                <CallRow
                  key={item.key}
                  row={paged.at(item.index)}
                  index={item.index + 2}
                  top={item.start}
                  height={ROW_PX}
                />
              ))}
            </div>
          </div>
        </div>
      )}
    </section>
  );
}
