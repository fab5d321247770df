/** The shots as a filmstrip: each as wide as it is long, its stills cut as the frame cuts them. */
import { Pin, TriangleAlert } from 'lucide-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { useSaid } from '../../lib/said';
import type { Segment } from '../../backend/bindings/calls';
import { useScope } from '../../app/scope';
import { duration } from '../../lib/format';
import { type Cut, msOfFrame } from '../cuts';
import { type Size, fitOf } from '../framing';
import type { Player } from '../player';
import { stillOf } from '../stagePainter';
import css from './Timeline.module.css';
import type { View } from './Wave';
import { useRoving } from './useRoving';
import { type Strip, stillAt } from './useStrips';

/** Stills that are this far out of view are there already when they are scrolled to. */
const AHEAD_PX = 300;

export function ShotLane(props: {
  player: Player;
  view: View;
  height: number;
  strips: ReadonlyMap<string, Strip>;
  selected: number | null;
  onSelect: (index: number) => void;
}) {
  const { player, view, height, strips, selected, onSelect } = props;
  const { t } = useTranslation('preview');
  const said = useSaid();
  const { timeline, cuts } = player;
  const start = (index: number) => msOfFrame(timeline.fps, timeline.segments[index]?.start ?? 0);
  const move = (index: number) => {
    onSelect(index);
    player.seek(start(index));
  };
  const roving = useRoving(timeline.segments.length, selected, move, move);
  return (
    <div
      className={css.lane}
      style={{ height }}
      role="listbox"
      aria-label={t('lane.shots')}
      aria-orientation="horizontal"
      onKeyDown={roving.onKeyDown}
    >
      {cuts.map((cut) => {
        const left = msOfFrame(timeline.fps, cut.start) * view.scale;
        const width = msOfFrame(timeline.fps, cut.frames) * view.scale;
        const segment = timeline.segments[cut.segment];
        if (!segment) {
          return (
            <div
              key={cut.part}
              className={css.insert}
              style={{ left, width: Math.max(1, width - 1) }}
              aria-hidden
              title={t(cut.part as 'intro' | 'outro')}
            >
              {t(cut.part as 'intro' | 'outro')}
            </div>
          );
        }
        const index = cut.segment;
        const strip = strips.get(segment.pick.source);
        const label = t('shotLabel', {
          number: index + 1,
          count: timeline.segments.length,
          length: duration(msOfFrame(timeline.fps, segment.frames)),
          name: strip?.name ?? '',
          reason: said.reason(segment.reason),
        });
        return (
          <div
            key={index}
            role="option"
            aria-selected={index === selected}
            aria-label={label}
            title={label}
            data-index={index}
            tabIndex={index === roving.focusable ? 0 : -1}
            className={css.shot}
            style={{ left, width: Math.max(1, width - 1) }}
            onFocus={() => roving.onFocus(index)}
            onClick={() => onSelect(index)}
            onDoubleClick={() => player.seek(start(index))}
          >
            <Stills
              segment={segment}
              cut={cut}
              fps={timeline.fps}
              frame={timeline}
              strip={strip}
              height={height}
              scale={view.scale}
              from={view.left - left - AHEAD_PX}
              to={view.left - left + view.width + AHEAD_PX}
            />
            {width > 22 && (
              <span className={css.number}>
                {strip?.missing && <TriangleAlert aria-hidden />}
                {segment.pinned && <Pin aria-hidden />}
                {index + 1}
              </span>
            )}
          </div>
        );
      })}
    </div>
  );
}

/** The stills of one shot that are in view. */
const Stills = memo(function Stills(props: {
  segment: Segment;
  cut: Cut;
  fps: number;
  frame: Size;
  strip: Strip | undefined;
  height: number;
  scale: number;
  /** View, in pixels of the shot. */
  from: number;
  to: number;
}) {
  const { segment, cut, fps, frame, strip, height, scale } = props;
  const { media } = useScope();
  const width = msOfFrame(fps, cut.frames) * scale;
  const each = Math.max(20, Math.round((height * frame.width) / frame.height));
  const first = Math.max(0, Math.floor(props.from / each));
  const last = Math.min(Math.ceil(width / each), Math.ceil(props.to / each));
  const { fit, position } = fitOf(segment.framing, { width: 16, height: 9 }, { width: each, height });
  const list = [];
  for (let n = first; n < last; n++) {
    const shown = Math.min(each, width - n * each);
    const at = cut.inMs + (n * each + shown / 2) / scale;
    const path = stillAt(strip, at) ?? stillOf(segment.pick);
    list.push(
      <img
        key={n}
        src={media.file(path)}
        alt=""
        draggable={false}
        decoding="async"
        className={css.still}
        style={{
          left: n * each,
          width: each,
          objectFit: fit === 'contain' ? 'cover' : fit,
          objectPosition: position,
        }}
        // A source that was not looked through yet has no stills.
        onError={(event) => (event.currentTarget.style.visibility = 'hidden')}
        onLoad={(event) => (event.currentTarget.style.visibility = '')}
      />,
    );
  }
  return <>{list}</>;
});
