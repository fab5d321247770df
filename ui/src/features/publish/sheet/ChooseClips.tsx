import { Link } from '@tanstack/react-router';
import { Film } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Empty, FailureView, Loading, Skeleton } from '../../../components/States';
import { duration } from '../../../lib/format';
import { platformTitle } from '../../../lib/platforms';
import { ClipStill } from '../ClipStill';
import { useUnscheduled } from '../clips';
import css from './Sheet.module.css';

/** Accepted clips that are not published yet, to be ticked. */
export function ChooseClips(props: {
  chosen: readonly string[];
  onChange: (chosen: readonly string[]) => void;
}) {
  const { t } = useTranslation('publish');
  const { clips, failure, retry } = useUnscheduled();
  if (failure) return <FailureView failure={failure} onRetry={retry} />;
  if (!clips) {
    return (
      <Loading>
        <Skeleton height={48} />
        <Skeleton height={48} />
        <Skeleton height={48} />
      </Loading>
    );
  }
  if (clips.length === 0) {
    return (
      <Empty icon={<Film />} title={t('tray.empty')} text={t('tray.emptyText')}>
        <Link to="/library" search={{ tab: 'clips' }}>
          {t('tray.toClips')}
        </Link>
      </Empty>
    );
  }
  const toggle = (id: string) =>
    props.onChange(
      props.chosen.includes(id) ? props.chosen.filter((other) => other !== id) : [...props.chosen, id],
    );
  return (
    <ul className={css.pick} aria-label={t('tray.title')}>
      {clips.map((clip) => (
        <li key={clip.id}>
          <label className={css.pickRow}>
            <input
              type="checkbox"
              checked={props.chosen.includes(clip.id)}
              onChange={() => toggle(clip.id)}
            />
            <ClipStill path={clip.thumb} />
            <span className={css.who}>
              <span dir="auto">{clip.name}</span>
              <span className={css.muted}>
                {[duration(clip.duration_ms), clip.platform && platformTitle(clip.platform)]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
            </span>
          </label>
        </li>
      ))}
    </ul>
  );
}
