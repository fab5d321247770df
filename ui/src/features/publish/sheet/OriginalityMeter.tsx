import { useTranslation } from 'react-i18next';
import type { Originality } from '../../../backend/bindings/calls';
import { Meter } from '../../../components/Meter';
import { exactly } from '../../../lib/format';
import { percent } from '../../../lib/money';
import css from './Sheet.module.css';

/** From here on a clip is much like one that is out already. */
const MUCH = 0.7;

/** How near a clip is to what the profile has published. */
export function OriginalityMeter({ originality, days }: { originality: Originality; days: number }) {
  const { t, i18n } = useTranslation('publish');
  const { distance, nearest, nearest_at, shown_lately, shots } = originality;
  const alike = distance === null ? null : 1 - distance;
  const says =
    alike === null
      ? t('originality.first')
      : t('originality.alike', { share: percent(alike, i18n.language), name: nearest ?? t('clipGone') });
  return (
    <div className={css.originality} data-much={(alike ?? 0) >= MUCH || undefined}>
      <span className={css.label}>{t('originality.title')}</span>
      <Meter label={t('originality.title')} says={says} used={alike} mark={MUCH} />
      <p className={css.muted}>
        <span title={nearest_at === null ? undefined : exactly(nearest_at, i18n.language)}>{says}</span>
        {shown_lately > 0 && ` ${t('originality.shots', { shown: shown_lately, all: shots, count: days })}`}
      </p>
    </div>
  );
}
