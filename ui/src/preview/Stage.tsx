/** The frame of the video: two videos by turns, logo, captions, and what the platform covers. */
import { type CSSProperties, type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '../app/queries';
import { useScope } from '../app/scope';
import { CaptionNotice, MediaNotice } from './Notices';
import { SafeZoneView } from './SafeZoneView';
import css from './Stage.module.css';
import { frameOf, logoStyle } from './framing';
import { type Player } from './player';
import { StagePainter, type StageStatus } from './stagePainter';
import { useCaptions } from './captions/useCaptions';

const NO_MARGINS = { left: 0, right: 0, top: 0, bottom: 0 };
const FINE: StageStatus = { failed: null, waiting: false };

export function Stage(props: { player: Player; variant: string; safeZone: boolean; children?: ReactNode }) {
  const { player, variant } = props;
  const { t } = useTranslation('preview');
  const { media } = useScope();
  const { timeline } = player;
  const size = frameOf(timeline);
  const stage = useRef<HTMLDivElement>(null);
  const first = useRef<HTMLVideoElement>(null);
  const second = useRef<HTMLVideoElement>(null);
  const ground = useRef<HTMLCanvasElement>(null);
  const host = useRef<HTMLDivElement>(null);
  const painter = useRef<StagePainter | null>(null);
  const captions = useRef<Parameters<StagePainter['setCaptions']>>([null, true]);
  const [status, setStatus] = useState(FINE);
  const platforms = useCall('platform_list', {});
  const platform = platforms.data?.find((one) => one.name === timeline.platform);

  const painted = useCaptions(variant, host, size, (...next) => {
    captions.current = next;
    painter.current?.setCaptions(...next);
  });
  const { broke } = painted;
  const brokeNow = useRef(broke);
  useEffect(() => {
    brokeNow.current = broke;
  });

  useEffect(() => {
    if (!stage.current || !first.current || !second.current || !ground.current) return;
    const elements = {
      stage: stage.current,
      videos: [first.current, second.current] as const,
      ground: ground.current,
    };
    const made = new StagePainter(player, media, elements, setStatus, (thrown) => brokeNow.current(thrown));
    painter.current = made;
    made.setCaptions(...captions.current);
    return () => {
      painter.current = null;
      made.end();
    };
  }, [player, media]);

  // For what is measured in pixels of the video.
  useEffect(() => {
    const element = stage.current;
    if (!element) return;
    const measure = () => element.style.setProperty('--scale', String(element.clientWidth / size.width));
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    measure();
    return () => observer.disconnect();
  }, [size.width]);

  const video = {
    className: css.video,
    crossOrigin: 'anonymous',
    preload: 'auto',
    playsInline: true,
    muted: true,
    tabIndex: -1,
    'aria-hidden': true,
    onClick: () => player.toggle(),
  } as const;
  const shape = { '--width': size.width, '--height': size.height } as CSSProperties;
  return (
    <div className={css.room} style={shape}>
      <div
        ref={stage}
        className={css.stage}
        role="group"
        aria-label={t('stage')}
        data-testid="stage"
        data-captions={painted.state}
      >
        <canvas ref={ground} className={css.ground} aria-hidden />
        <video ref={first} {...video} />
        <video ref={second} {...video} />
        {timeline.logo && (
          <img
            className={css.logo}
            style={logoStyle(timeline.logo, platform?.safe ?? NO_MARGINS)}
            src={media.file(timeline.logo.file.path)}
            alt=""
            crossOrigin="anonymous"
            draggable={false}
          />
        )}
        <div ref={host} className={css.captions} />
        {props.safeZone && platform && <SafeZoneView platform={platform} />}
        {props.children}
        {status.failed && <MediaNotice cut={status.failed} onRetry={() => painter.current?.retry()} />}
        {painted.failure && !status.failed && <CaptionNotice failure={painted.failure} />}
      </div>
    </div>
  );
}
