/** One line about the chosen shot: where it is from, how long, and why it was picked. */
import { Pin, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useSaid } from '../../lib/said';
import { duration } from '../../lib/format';
import { msOfFrame } from '../cuts';
import type { Player } from '../player';
import css from '../TimelineView.module.css';
import type { Strip } from './useStrips';

export function ShotDetails(props: {
  player: Player;
  selected: number | null;
  strips: ReadonlyMap<string, Strip>;
}) {
  const { t } = useTranslation('preview');
  const said = useSaid();
  const { timeline, length } = props.player;
  const segment = props.selected === null ? undefined : timeline.segments[props.selected];
  if (!segment) {
    return (
      <p className={css.details}>
        {t('summary', { count: timeline.segments.length, length: duration(length) })}
        <span className={css.quiet}>{t('chooseShot')}</span>
      </p>
    );
  }
  const reason = said.reason(segment.reason);
  const strip = props.strips.get(segment.pick.source);
  const span = msOfFrame(timeline.fps, segment.frames);
  const start = msOfFrame(timeline.fps, segment.start);
  const from = segment.pick.in_ms;
  return (
    <p className={css.details} aria-live="polite">
      <b>{t('shotNumber', { number: (props.selected ?? 0) + 1 })}</b>
      {segment.pinned && <Pin aria-label={t('pinned')} />}
      {strip && (
        <span className={css.name} data-missing={strip.missing || undefined} title={strip.name}>
          {strip.missing && <TriangleAlert aria-label={t('missing')} />}
          {strip.name}
        </span>
      )}
      <span className={css.quiet} title={t('inTimeline')}>
        {duration(start)} – {duration(start + span)}
      </span>
      <span className={css.quiet} title={t('inSource')}>
        {t('from', { from: duration(from), to: duration(from + span) })}
      </span>
      <span className={css.reason} title={reason}>
        {reason}
      </span>
    </p>
  );
}
