/**
 * A still that plays while the pointer is over it: muted, and where the pointer is, across, is the time that is shown.
 * The video exists only then.
 */
import { type PointerEvent, useRef, useState } from 'react';
import css from './Media.module.css';
import { Still } from './Still';

/** The pointer has to stay a moment, so that crossing the grid starts nothing. */
const REST_MS = 140;

export function HoverPlay(props: {
  still: string | null;
  video: string;
  durationMs: number;
  missing?: boolean;
  /** As the still has it. */
  fill?: boolean;
}) {
  const [over, setOver] = useState(false);
  const [at, setAt] = useState(0);
  const resting = useRef<ReturnType<typeof setTimeout>>(undefined);
  const video = useRef<HTMLVideoElement>(null);

  const share = (event: PointerEvent) => {
    const box = event.currentTarget.getBoundingClientRect();
    return box.width > 0 ? Math.min(1, Math.max(0, (event.clientX - box.left) / box.width)) : 0;
  };
  const enter = (event: PointerEvent) => {
    if (props.missing || event.pointerType === 'touch') return;
    const begin = share(event);
    resting.current = setTimeout(() => {
      setAt(begin);
      setOver(true);
    }, REST_MS);
  };
  const leave = () => {
    clearTimeout(resting.current);
    setOver(false);
  };
  const scrub = (event: PointerEvent) => {
    if (!over) return;
    const next = share(event);
    setAt(next);
    if (video.current) video.current.currentTime = (next * props.durationMs) / 1000;
  };

  return (
    <div className={css.hover} onPointerEnter={enter} onPointerLeave={leave} onPointerMove={scrub}>
      <Still src={props.still} missing={props.missing} fill={props.fill} />
      {over && (
        <>
          <video
            ref={video}
            src={props.video}
            muted
            loop
            playsInline
            autoPlay={!window.matchMedia('(prefers-reduced-motion: reduce)').matches}
            tabIndex={-1}
            aria-hidden
            className={css.moving}
            onLoadedMetadata={(event) => {
              event.currentTarget.currentTime = (at * props.durationMs) / 1000;
            }}
            onTimeUpdate={(event) =>
              setAt((event.currentTarget.currentTime * 1000) / Math.max(1, props.durationMs))
            }
          />
          <span className={css.needle} style={{ left: `${at * 100}%` }} aria-hidden />
        </>
      )}
    </div>
  );
}
