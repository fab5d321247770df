import { useTranslation } from 'react-i18next';
import type { CostSum, SumBy } from '../../backend/bindings/calls';
import { number } from '../../lib/format';
import { dayName, money } from '../../lib/money';
import { counted } from '../../lib/saidMoney';
import { providerTitle } from '../../lib/voices';
import css from './Costs.module.css';
import type { Chosen } from './Spent';

/** One line for each day, service or project, the newest or the dearest first. */
export function Sums(props: {
  by: SumBy;
  sums: readonly CostSum[];
  chosen: Chosen | null;
  onChoose: (key: string, name: string) => void;
}) {
  const { by } = props;
  const { t, i18n } = useTranslation('costs');
  const { language } = i18n;
  const worth = (sum: CostSum) => sum.charged.microusd + sum.reserved.microusd;
  const sums = props.sums.toSorted((a, b) =>
    by === 'day' ? (b.key ?? '').localeCompare(a.key ?? '') : worth(b) - worth(a),
  );
  const most = Math.max(1, ...sums.map(worth));
  const nameOf = (sum: CostSum) => {
    if (by === 'day') return sum.key === null ? '' : dayName(sum.key, language);
    if (by === 'provider') return providerTitle(sum.key ?? '');
    return sum.key === null ? t('sums.noProject') : (sum.name ?? t('sums.gone'));
  };

  return (
    <div className={css.scroll} tabIndex={0} role="group" aria-label={t('sums.title')}>
      <table className={css.sums}>
        <thead>
          <tr>
            <th scope="col">{t(`sums.${by}`)}</th>
            <th scope="col">
              <span className="visually-hidden">{t('sums.share')}</span>
            </th>
            <th scope="col">{t('calls.title')}</th>
            <th scope="col">{t('calls.characters')}</th>
            <th scope="col">{t('calls.money')}</th>
          </tr>
        </thead>
        <tbody>
          {sums.map((sum) => {
            const name = nameOf(sum);
            const { key } = sum;
            const on = props.chosen?.by === by && props.chosen.key === key;
            return (
              <tr key={key ?? ''} data-chosen={on || undefined}>
                <th scope="row" dir="auto">
                  {by !== 'day' && key !== null ? (
                    <button
                      type="button"
                      className={css.pick}
                      aria-pressed={on}
                      title={t('sums.choose', { name })}
                      onClick={() => props.onChoose(key, name)}
                    >
                      {name}
                    </button>
                  ) : (
                    name
                  )}
                </th>
                <td className={css.bar} aria-hidden>
                  <span style={{ width: `${(sum.charged.microusd / most) * 100}%` }} />
                  <span data-held style={{ width: `${(sum.reserved.microusd / most) * 100}%` }} />
                </td>
                <td>{number(sum.calls, language)}</td>
                <td title={t('characters', counted(sum.charged.characters, language))}>
                  {number(sum.charged.characters, language)}
                </td>
                <td
                  title={
                    sum.reserved.microusd > 0
                      ? t('limits.held', { amount: money(sum.reserved.microusd, language) })
                      : undefined
                  }
                >
                  {money(sum.charged.microusd, language)}
                  {sum.reserved.microusd > 0 && (
                    <small> {t('sums.plus', { amount: money(sum.reserved.microusd, language) })}</small>
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
