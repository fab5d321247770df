import { Pin } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { duration } from '../../../lib/format';
import { useSaid } from '../../../lib/said';
import { useBench } from '../model/bench';
import type { Place } from '../model/lines';
import { DROP, useDragging } from './drag';
import { ShotStill } from './ShotStill';
import css from './Sentences.module.css';
import { usePins } from './usePins';

/** A shot of a sentence: what it shows, how long, whether it is pinned, and why it is there. */
export function ShotCard({ place, shown }: { place: Place; shown: boolean }) {
  const { t } = useTranslation('project');
  const said = useSaid();
  const { timeline, player, place: chosen, choose } = useBench();
  const pins = usePins();
  const dragging = useDragging();
  if (!timeline) return null;
  const { segment } = place;
  const pinned = pins.pinned(place) || segment.pinned === true;
  const length = place.endMs - place.startMs;
  const reason = said.reason(segment.reason);
  const { dragged } = dragging;
  const isDragged = dragged?.kind === 'place' && dragged.index === place.index;

  return (
    <button
      type="button"
      className={css.card}
      {...{ [DROP]: place.index }}
      data-shown={shown || undefined}
      data-over={(dragged !== null && !isDragged && dragging.over === place.index) || undefined}
      data-dragged={isDragged || undefined}
      aria-pressed={chosen?.index === place.index}
      aria-label={t('shots.card', {
        number: place.part + 1,
        length: duration(length),
        reason,
        pinned: pinned ? t('shots.isPinned') : '',
      })}
      title={reason}
      onMouseDown={(event) => {
        // After a click the space bar plays, and S and P are about this shot: the focus is not kept by what was clicked.
        event.preventDefault();
        if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
      }}
      onPointerDown={(event) => dragging.begin(event, { kind: 'place', index: place.index })}
      onClick={() => {
        const again = chosen?.index === place.index;
        choose(again ? null : place.index);
        if (!again) player?.seek(place.startMs);
      }}
    >
      <span className={css.frame}>
        <ShotStill
          source={segment.pick.source}
          shot={segment.pick.shot}
          inMs={segment.pick.in_ms}
          lengthMs={length}
          framing={segment.framing}
          frame={timeline}
        />
      </span>
      <span className={css.about}>
        <span className={css.reason}>{reason}</span>
        <span className={css.length}>
          {pinned && <Pin aria-hidden />}
          {t('seconds', { value: (length / 1000).toFixed(1) })}
        </span>
      </span>
    </button>
  );
}
