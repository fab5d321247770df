import { Film } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useScope } from '../../../app/scope';
import type { Framing } from '../../../backend/bindings/calls';
import { type Size, fitOf } from '../../../preview/framing';
import { stillAt, useSource } from '../model/footage';
import css from './ShotStill.module.css';

/** A still of a source that plays, without sound, while the pointer is over it or `play` says so. */
export function ShotStill(props: {
  source: string;
  /** Its own still is shown where there is one. */
  shot?: string | undefined;
  inMs: number;
  lengthMs: number;
  framing?: Framing | undefined;
  /** Shape of the still. */
  frame: Size;
  /** A still that is known already. */
  thumb?: string | null | undefined;
  play?: boolean;
}) {
  const { source, shot, inMs, lengthMs, frame } = props;
  const scope = useScope();
  const [hovered, setHovered] = useState(false);
  const seen = useSource(source, (props.thumb ?? null) === null || props.framing !== undefined);
  const own = seen?.shots.find((one) => one.id === shot);
  const thumb = props.thumb ?? own?.thumb ?? stillAt(seen?.strip ?? [], inMs);
  const size = seen?.source;
  const { fit, position } =
    size && props.framing
      ? fitOf(props.framing, size, frame)
      : ({ fit: 'cover', position: '50% 50%' } as const);
  const style = { objectPosition: position, objectFit: fit };

  return (
    <span
      className={css.still}
      style={{ aspectRatio: `${frame.width} / ${frame.height}` }}
      onPointerEnter={() => setHovered(true)}
      onPointerLeave={() => setHovered(false)}
    >
      {thumb ? (
        <img src={scope.media.file(thumb)} alt="" loading="lazy" draggable={false} style={style} />
      ) : (
        <Film aria-hidden />
      )}
      {(hovered || props.play) && <Loop source={source} inMs={inMs} lengthMs={lengthMs} style={style} />}
    </span>
  );
}

/** A stretch of a source, over and over. */
function Loop(props: { source: string; inMs: number; lengthMs: number; style: React.CSSProperties }) {
  const { source, inMs, lengthMs } = props;
  const scope = useScope();
  const video = useRef<HTMLVideoElement>(null);
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const playing = video.current;
    if (!playing) return;
    playing.currentTime = inMs / 1000;
    // A source that cannot be played keeps its still; the library says what is wrong with it.
    playing.play().catch(() => setShown(false));
    return () => playing.pause();
  }, [source, inMs]);
  return (
    <video
      ref={video}
      src={scope.media.source(source)}
      muted
      playsInline
      preload="auto"
      style={{ ...props.style, opacity: shown ? 1 : 0 }}
      onPlaying={() => setShown(true)}
      onTimeUpdate={(event) => {
        const at = event.currentTarget;
        if (at.currentTime * 1000 >= inMs + lengthMs) at.currentTime = inMs / 1000;
      }}
      onEnded={(event) => {
        event.currentTarget.currentTime = inMs / 1000;
      }}
    />
  );
}
