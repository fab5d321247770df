import { TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useCall } from '../../app/queries';
import { percent } from '../../lib/money';
import { shareOf } from '../../lib/saidMoney';
import css from './TitleBar.module.css';

/** How much of a limit is gone, once that is something to know: most of it, or all. */
export function CostsSign() {
  const { t, i18n } = useTranslation('shell');
  const { data } = useCall('quota_show', {});
  if (!data) return null;
  const lines = [data.total, ...data.providers];
  const stopped = lines.some((line) => line.blocked !== null);
  const near = lines.filter((line) => line.warning);
  if (!stopped && near.length === 0) return null;
  const shares = near.map((line) => {
    const share = shareOf(line);
    return share ? share.used + share.held : 0;
  });
  const share = percent(Math.min(1, Math.max(0, ...shares)), i18n.language);
  return (
    <span
      className={css.count}
      data-tone={stopped ? 'bad' : 'warn'}
      title={stopped ? t('costsStopped') : t('costsNear', { share })}
    >
      {stopped ? <TriangleAlert role="img" aria-label={t('costsStopped')} /> : share}
    </span>
  );
}
