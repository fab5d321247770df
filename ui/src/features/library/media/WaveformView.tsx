import { useQuery } from '@tanstack/react-query';
import { useLayoutEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useScope } from '../../../app/scope';
import type { Failure } from '../../../backend/backend';
import { useSize } from '../grid/useSize';
import css from './Media.module.css';
import { columnsOf, parseWaveform, type Waveform } from './waveform';

const BAR = 2;
const STEP = 3;

/** The sound of a source as it goes up and down; a click goes there. `at` is the share that was played. */
export function WaveformView(props: { path: string; at: number; onSeek: (share: number) => void }) {
  const { t } = useTranslation('library');
  const scope = useScope();
  const canvas = useRef<HTMLCanvasElement>(null);
  const frame = useRef<HTMLDivElement>(null);
  const size = useSize(frame);
  const read = useQuery<Waveform | null, Failure>({
    queryKey: ['library', 'waveform', props.path],
    queryFn: async ({ signal }) => {
      const answer = await fetch(scope.media.file(props.path), { signal });
      return answer.ok ? parseWaveform(await answer.arrayBuffer()) : null;
    },
  });
  const waveform = read.data;
  const played = Math.round(props.at * size.width);

  useLayoutEffect(() => {
    if (canvas.current && waveform) draw(canvas.current, waveform, size, played);
  }, [waveform, size, played]);

  if (read.error || waveform === null) return <p className={css.quiet}>{t('sound.unreadable')}</p>;
  return (
    <div
      ref={frame}
      className={css.waveform}
      onPointerDown={(event) => {
        const box = event.currentTarget.getBoundingClientRect();
        if (box.width > 0) props.onSeek((event.clientX - box.left) / box.width);
      }}
    >
      <canvas ref={canvas} role="img" aria-label={t('sound.waveform')} />
    </div>
  );
}

function draw(
  canvas: HTMLCanvasElement,
  waveform: Waveform,
  size: { width: number; height: number },
  played: number,
) {
  const scale = window.devicePixelRatio || 1;
  canvas.width = Math.round(size.width * scale);
  canvas.height = Math.round(size.height * scale);
  const paint = canvas.getContext('2d');
  if (!paint) return;
  const style = getComputedStyle(canvas);
  paint.scale(scale, scale);
  const middle = size.height / 2;
  columnsOf(waveform, Math.floor(size.width / STEP)).forEach(({ low, high }, column) => {
    const x = column * STEP;
    paint.fillStyle = style.getPropertyValue(x < played ? '--action' : '--line-strong');
    const top = middle - Math.max(0.5, high * (middle - 1));
    const bottom = middle + Math.max(0.5, -low * (middle - 1));
    paint.fillRect(x, top, BAR, bottom - top);
  });
}
