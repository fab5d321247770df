/** Times along the top, and the playhead that is dragged along them. */
import { type KeyboardEvent, type PointerEvent, useEffect, useEffectEvent, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { duration } from '../../lib/format';
import { type Player, usePlayerTime, usePlayerValue } from '../player';
import css from './Timeline.module.css';
import type { View } from './Wave';
import { ticks } from './scale';

/** A label nearer to the end than this would be cut off. */
const LABEL_PX = 30;

const readLoop = (player: Player) => player.state().loop;

/** Handlers that make the player follow the pointer. `at` gives the time below it. */
export function useScrub(player: Player, at: (clientX: number) => number) {
  const move = (event: PointerEvent<HTMLElement>) => player.seek(at(event.clientX));
  return {
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      if (player.playing()) player.pause();
      move(event);
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      if (event.currentTarget.hasPointerCapture(event.pointerId)) move(event);
    },
  };
}

export function Ruler({ player, view, at }: { player: Player; view: View; at: (clientX: number) => number }) {
  const scrub = useScrub(player, at);
  const { inMs, outMs } = usePlayerValue(player, readLoop);
  const looping = inMs !== null || outMs !== null;
  const from = inMs ?? 0;
  const to = outMs ?? player.length;
  const marks = ticks(
    view.scale,
    view.left / view.scale,
    Math.min(player.length, (view.left + view.width) / view.scale),
  );
  return (
    <div className={css.ruler} {...scrub}>
      {looping && (
        <span className={css.loop} style={{ left: from * view.scale, width: (to - from) * view.scale }} />
      )}
      {marks.map(({ ms, label }) => (
        <span key={ms} className={css.tick} data-label={label || undefined} style={{ left: ms * view.scale }}>
          {label &&
            (player.length - ms) * view.scale >= LABEL_PX &&
            (ms % 1000 === 0 ? duration(ms).replace(/\.0$/, '') : duration(ms))}
        </span>
      ))}
    </div>
  );
}

export function Playhead(props: {
  player: Player;
  view: View;
  at: (clientX: number) => number;
  /** Brings a time into view. */
  reveal: (ms: number, playing: boolean) => void;
}) {
  const { player, view, at } = props;
  const { t } = useTranslation('preview');
  const ms = usePlayerTime(player);
  const scrub = useScrub(player, at);
  const seen = useRef(ms);
  const reveal = useEffectEvent(props.reveal);
  useEffect(() => {
    if (seen.current === ms) return;
    seen.current = ms;
    reveal(ms, player.playing());
  }, [ms, player]);
  const key = (event: KeyboardEvent<HTMLElement>) => {
    const { fps } = player.timeline;
    const steps: Record<string, () => void> = {
      ArrowLeft: () => player.step(event.shiftKey ? -fps : -1),
      ArrowRight: () => player.step(event.shiftKey ? fps : 1),
      PageUp: () => player.step(-fps),
      PageDown: () => player.step(fps),
      Home: () => player.seek(0),
      End: () => player.seek(player.length),
    };
    const step = steps[event.key];
    if (!step || event.ctrlKey || event.altKey) return;
    event.preventDefault();
    step();
  };
  return (
    <div className={css.playhead} style={{ transform: `translateX(${ms * view.scale}px)` }}>
      <div
        className={css.handle}
        role="slider"
        tabIndex={0}
        aria-label={t('playhead')}
        aria-valuemin={0}
        aria-valuemax={Math.round(player.length)}
        aria-valuenow={Math.round(ms)}
        aria-valuetext={duration(ms)}
        onKeyDown={key}
        {...scrub}
      />
    </div>
  );
}
