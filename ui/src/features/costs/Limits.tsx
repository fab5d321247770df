/** The limits of this month: one bar for all services together, one for each; they are changed in place. */
import { TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useSay } from '../../app/toasts';
import type { QuotaLine, QuotaState } from '../../backend/bindings/calls';
import { Button } from '../../components/Button';
import { Select } from '../../components/Fields';
import { percent, renewal } from '../../lib/money';
import { blockedText, isOverrun } from '../../lib/saidMoney';
import { providerTitle } from '../../lib/voices';
import css from './Costs.module.css';
import { LimitRow } from './LimitRow';
import { useLimits } from './limits';

/** Shares one can be warned at. */
const WARNINGS = [0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 1];

export function Limits({ quota }: { quota: QuotaState }) {
  const { t, i18n } = useTranslation('costs');
  const limits = useLimits();
  const say = useSay();
  const lines = [quota.total, ...quota.providers];
  const shares = [...new Set([...WARNINGS, quota.warn_at])].sort((a, b) => a - b);

  return (
    <section className={css.card} aria-label={t('limits.title')}>
      <header className={css.head}>
        <div>
          <h2>{t('limits.title')}</h2>
          <p className={css.help}>{t('limits.help', { day: renewal(quota.month, i18n.language) })}</p>
        </div>
        <label className={css.warnAt} htmlFor="warn-at">
          {t('limits.warnAt')}
          <Select
            id="warn-at"
            label={t('limits.warnAt')}
            value={String(quota.warn_at)}
            options={shares.map((at) => ({ value: String(at), label: percent(at, i18n.language) }))}
            onChange={(at) => say.failing(limits.warn(t('limits.warnChanged'), quota.warn_at, Number(at)))}
          />
        </label>
      </header>
      {lines
        .filter((line) => line.blocked !== null)
        .map((line) => (
          <Blocked key={line.provider ?? ''} line={line} month={quota.month} />
        ))}
      {lines.map((line) => (
        <LimitRow key={line.provider ?? ''} line={line} warnAt={quota.warn_at} />
      ))}
    </section>
  );
}

/** Why the next call is refused, and what to do. */
function Blocked({ line, month }: { line: QuotaLine; month: string }) {
  const { t, i18n } = useTranslation('costs');
  const limits = useLimits();
  const say = useSay();
  const name = line.provider === null ? t('all') : providerTitle(line.provider);
  return (
    <div role="alert" className={css.blocked}>
      <TriangleAlert aria-hidden />
      <p data-selectable>
        <strong>{t('blocked.title', { name })}</strong> {blockedText(line, month, t, i18n.language)}
      </p>
      {isOverrun(line) && (
        <Button onClick={() => say.failing(limits.confirm(line))}>{t('blocked.goOn')}</Button>
      )}
    </div>
  );
}
