/** A video with its own controls: play, a line to drag along, the time. Space and K play, the arrows stay with the page. */
import { Pause, Play, Volume2, VolumeX } from 'lucide-react';
import { type Ref, useImperativeHandle, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../../../components/Button';
import { duration } from '../../../lib/format';
import css from './Media.module.css';
import { Still } from './Still';

export interface PlayerHandle {
  toggle: () => void;
  pause: () => void;
  /** @param ms where to go, milliseconds */
  seek: (ms: number) => void;
}

export interface PlayerProps {
  src: string;
  still: string | null;
  durationMs: number;
  /** Width by height, so that nothing moves when the video arrives. */
  shape: { width: number; height: number };
  label: string;
  autoPlay?: boolean;
  /** As the still has it. */
  fill?: boolean;
  /** The file is not there: only the still is shown. */
  missing?: boolean;
  onTime?: (ms: number) => void;
  ref?: Ref<PlayerHandle>;
}

export function Player({ ref, ...props }: PlayerProps) {
  const { t } = useTranslation('library');
  const video = useRef<HTMLVideoElement>(null);
  const [playing, setPlaying] = useState(false);
  const [muted, setMuted] = useState(false);
  const [broken, setBroken] = useState(false);
  const [ms, setMs] = useState(0);

  const play = (element: HTMLVideoElement) => {
    // The web view may refuse to start by itself; then the picture waits for a click.
    element.play().catch(() => setPlaying(false));
  };
  const toggle = () => {
    const element = video.current;
    if (!element) return;
    if (element.paused) play(element);
    else element.pause();
  };
  const show = (to: number) => {
    setMs(to);
    props.onTime?.(to);
  };
  const seek = (to: number) => {
    const within = Math.min(props.durationMs, Math.max(0, to));
    if (video.current) video.current.currentTime = within / 1000;
    show(within);
  };
  useImperativeHandle(ref, () => ({ toggle, pause: () => video.current?.pause(), seek }));

  const gone = props.missing || broken;
  return (
    <div className={css.player} role="group" aria-label={props.label}>
      <div
        className={css.stage}
        style={{
          aspectRatio: `${props.shape.width} / ${props.shape.height}`,
          width: `min(100%, calc(var(--stage-height, 300px) * ${props.shape.width / props.shape.height}))`,
        }}
      >
        <Still src={props.still} missing={props.missing} fill={props.fill} eager />
        {!gone && (
          <video
            ref={video}
            src={props.src}
            muted={muted}
            autoPlay={props.autoPlay}
            playsInline
            preload="metadata"
            className={css.moving}
            onClick={toggle}
            onPlay={() => setPlaying(true)}
            onPause={() => setPlaying(false)}
            onError={() => setBroken(true)}
            onTimeUpdate={(event) => show(event.currentTarget.currentTime * 1000)}
          />
        )}
        {broken && !props.missing && <p className={css.broken}>{t('player.broken')}</p>}
      </div>
      {!gone && (
        <div className={css.transport}>
          <IconButton label={playing ? t('player.pause') : t('player.play')} onClick={toggle}>
            {playing ? <Pause /> : <Play />}
          </IconButton>
          <input
            type="range"
            min={0}
            max={props.durationMs}
            step={100}
            value={Math.min(ms, props.durationMs)}
            aria-label={t('player.position')}
            aria-valuetext={duration(ms)}
            className={css.seek}
            style={{ ['--at' as string]: `${(ms / Math.max(1, props.durationMs)) * 100}%` }}
            onChange={(event) => seek(event.target.valueAsNumber)}
          />
          <span className={css.time}>
            {duration(ms)} <span className={css.of}>/ {duration(props.durationMs)}</span>
          </span>
          <IconButton label={muted ? t('player.unmute') : t('player.mute')} onClick={() => setMuted(!muted)}>
            {muted ? <VolumeX /> : <Volume2 />}
          </IconButton>
        </div>
      )}
    </div>
  );
}
