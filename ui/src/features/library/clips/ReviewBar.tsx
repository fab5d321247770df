/** How many videos wait for a judgement, the keys that give it, and which ones are shown. */
import { useTranslation } from 'react-i18next';
import type { Reply } from '../../../backend/backend';
import { Kbd } from '../../../components/Kbd';
import { Segmented } from '../../../components/Segmented';
import type { Triage } from '../types';
import css from './Review.module.css';

export type Shown = 'all' | Triage;
export const SHOWN = ['all', 'new', 'accepted', 'rejected'] as const;

export function ReviewBar(props: {
  counts: Reply<'clip_counts'> | undefined;
  shown: Shown;
  onShow: (shown: Shown) => void;
  /** The keys that are set for accept, reject and another one. */
  keys: { accept: string; reject: string; again: string };
}) {
  const { t } = useTranslation('library');
  const { counts, keys } = props;
  const all = counts ? counts.new + counts.accepted + counts.rejected : undefined;
  const count = (shown: Shown) => (shown === 'all' ? all : counts?.[shown]);
  return (
    <div className={css.bar}>
      <Segmented
        label={t('review.show')}
        value={props.shown}
        segments={SHOWN.map((value) => ({ value, label: t(`review.${value}`), count: count(value) }))}
        onChange={props.onShow}
      />
      {counts && (
        <p className={css.left} role="status" data-some={counts.new > 0 || undefined}>
          {counts.new > 0 ? t('review.left', { count: counts.new }) : t('review.done')}
        </p>
      )}
      <span className={css.gap} />
      {counts !== undefined && counts.new > 0 && (
        <p className={css.keys}>
          <Kbd>{keys.accept}</Kbd> {t('review.accept')} <Kbd>{keys.reject}</Kbd> {t('review.reject')}{' '}
          <Kbd>{keys.again}</Kbd> {t('review.again')} <Kbd>Space</Kbd> {t('review.play')}
        </p>
      )}
    </div>
  );
}
