import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useScope } from '../../../app/scope';
import { duration } from '../../../lib/format';
import { useBench } from '../model/bench';
import { stillAt, useSource } from '../model/footage';
import type { Place } from '../model/lines';
import css from './ShotDetail.module.css';
import { ShotStill } from './ShotStill';

const STILLS = 7;

/** The whole shot as a strip, with a window over what is shown of it: moving the window moves where it starts. */
export function TrimStrip({ place, onTrim }: { place: Place; onTrim: (inMs: number) => void }) {
  const { t } = useTranslation('project');
  const scope = useScope();
  const { timeline } = useBench();
  const { pick } = place.segment;
  const source = useSource(pick.source);
  const strip = useRef<HTMLDivElement>(null);
  const grip = useRef<{ x: number; inMs: number } | null>(null);
  const [moved, setMoved] = useState<number | null>(null);

  const shot = source?.shots.find((one) => one.id === pick.shot);
  if (!shot || !timeline) return null;
  const length = place.endMs - place.startMs;
  const whole = Math.max(1, shot.end_ms - shot.start_ms);
  const latest = Math.max(shot.start_ms, shot.end_ms - length);
  const frame = 1000 / timeline.fps;
  const inMs = moved ?? pick.in_ms;
  const within = (ms: number) => Math.min(latest, Math.max(shot.start_ms, ms));
  const stills = stillsOf(source?.strip ?? [], shot.start_ms, shot.end_ms, shot.thumb);
  const done = (ms: number) => {
    if (Math.round(ms) !== pick.in_ms) onTrim(Math.round(ms));
  };

  return (
    <div className={css.trim}>
      <div>
        <div ref={strip} className={css.strip}>
          {stills.map((path, index) => (
            <img key={index} src={scope.media.file(path)} alt="" draggable={false} />
          ))}
          <div
            role="slider"
            tabIndex={0}
            aria-label={t('shots.trim')}
            aria-valuemin={shot.start_ms}
            aria-valuemax={latest}
            aria-valuenow={Math.round(inMs)}
            aria-valuetext={duration(inMs - shot.start_ms)}
            aria-disabled={latest === shot.start_ms}
            className={css.window}
            style={{
              left: `${((inMs - shot.start_ms) / whole) * 100}%`,
              width: `${Math.min(100, (length / whole) * 100)}%`,
            }}
            onPointerDown={(event) => {
              event.preventDefault();
              event.currentTarget.focus();
              event.currentTarget.setPointerCapture(event.pointerId);
              grip.current = { x: event.clientX, inMs };
            }}
            onPointerMove={(event) => {
              const width = strip.current?.clientWidth ?? 0;
              if (!grip.current || width === 0) return;
              setMoved(within(grip.current.inMs + ((event.clientX - grip.current.x) / width) * whole));
            }}
            onPointerUp={() => {
              grip.current = null;
              if (moved !== null) done(moved);
            }}
            onKeyDown={(event) => {
              const by = { ArrowLeft: -1, ArrowRight: 1, PageUp: -10, PageDown: 10 }[event.key];
              const to = { Home: shot.start_ms, End: latest }[event.key];
              if (by === undefined && to === undefined) return;
              event.preventDefault();
              setMoved(within(to ?? inMs + (by ?? 0) * (event.shiftKey ? 10 : 1) * frame));
            }}
            onKeyUp={(event) => {
              if (/^(Arrow(Left|Right)|Page(Up|Down)|Home|End)$/.test(event.key)) done(inMs);
            }}
            onBlur={() => done(inMs)}
          />
        </div>
        <div className={css.times}>
          <span>{duration(0)}</span>
          <strong>
            {t('shots.from', { from: duration(inMs - shot.start_ms), length: duration(length) })}
          </strong>
          <span>{duration(whole)}</span>
        </div>
      </div>
      <div className={css.look}>
        <ShotStill
          source={pick.source}
          shot={moved === null ? pick.shot : undefined}
          inMs={inMs}
          lengthMs={length}
          framing={place.segment.framing}
          frame={timeline}
          play={moved !== null}
        />
      </div>
    </div>
  );
}

/** Stills spread over the shot: those of the source's strip that are nearest. */
function stillsOf(
  strip: readonly [number, string][],
  from: number,
  to: number,
  thumb: string | null,
): string[] {
  const list: string[] = [];
  for (let i = 0; i < STILLS; i += 1) {
    const at = from + ((i + 0.5) / STILLS) * (to - from);
    const path = stillAt(strip, at) ?? thumb;
    if (path) list.push(path);
  }
  return list;
}
