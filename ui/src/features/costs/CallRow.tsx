import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { CostRow, LedgerState } from '../../backend/bindings/calls';
import { Badge } from '../../components/States';
import { exactly, number } from '../../lib/format';
import { money } from '../../lib/money';
import { downText } from '../../lib/saidDowns';
import { providerTitle } from '../../lib/voices';
import css from './Costs.module.css';

const TONES: Record<LedgerState, 'plain' | 'good' | 'warn' | 'action'> = {
  reserved: 'action',
  sent: 'action',
  settled: 'good',
  released: 'plain',
  unknown: 'warn',
};

/** One paid call. Until its page is read, its place is kept. */
export function CallRow(props: { row: CostRow | undefined; index: number; top: number; height: number }) {
  const { row } = props;
  const { t, i18n } = useTranslation('costs');
  const { t: say } = useTranslation('said');
  const { language } = i18n;
  const style = { transform: `translateY(${props.top}px)`, height: props.height };
  if (!row) {
    return (
      <div role="row" aria-rowindex={props.index} className={css.call} style={style}>
        <span role="cell">{t('calls.reading')}</span>
      </div>
    );
  }
  const price = row.charged ?? (row.state === 'released' ? { characters: 0, microusd: 0 } : row.reserved);
  // Held, not charged: it may turn out less.
  const most = row.charged === null && row.state !== 'released';
  const why = row.why === null ? null : downText(row.why, say);
  const when = new Intl.DateTimeFormat(language, {
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
  }).format(row.created_at);
  return (
    <div role="row" aria-rowindex={props.index} className={css.call} style={style}>
      <span role="cell" title={exactly(row.created_at, language)}>
        {when}
      </span>
      <span role="cell" className={css.two} title={row.request_id ?? undefined}>
        <span>{providerTitle(row.provider)}</span>
        <small>{row.model}</small>
      </span>
      <span role="cell" className={css.cut} dir="auto">
        {row.project !== null && row.project_name !== null ? (
          <Link to="/projects/$id" params={{ id: row.project }}>
            {row.project_name}
          </Link>
        ) : (
          t(row.project === null ? 'sums.noProject' : 'sums.gone')
        )}
      </span>
      <span role="cell" className={css.two} title={t(`stateHelp.${row.state}`)}>
        <span className={css.badges}>
          <Badge tone={TONES[row.state]}>{t(`state.${row.state}`)}</Badge>
          {row.overrun && (
            <Badge tone="bad" title={t('overrunHelp', { most: money(row.reserved.microusd, language) })}>
              {t('overrun')}
            </Badge>
          )}
        </span>
        {why !== null && (
          <small title={why} data-selectable>
            {why}
          </small>
        )}
      </span>
      <span role="cell">{number(price.characters, language)}</span>
      <span role="cell">
        {most ? t('atMost', { amount: money(price.microusd, language) }) : money(price.microusd, language)}
      </span>
    </div>
  );
}
