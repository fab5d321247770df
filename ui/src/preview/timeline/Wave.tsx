/** A waveform on canvas, of what is in view only, at the screen's own resolution. */
import { useEffect, useRef } from 'react';
import css from './Timeline.module.css';
import { useThemeName } from './useThemeName';

export interface View {
  /** Pixels scrolled. */
  left: number;
  /** Pixels seen. */
  width: number;
  /** Pixels per millisecond. */
  scale: number;
}

/**
 * @param peak lowest and highest between two times of the timeline in milliseconds, −1 to 1
 */
export function Wave(props: {
  view: View;
  height: number;
  lengthMs: number;
  tone: 'voice' | 'music';
  peak: ((fromMs: number, toMs: number) => [number, number]) | null;
}) {
  const { view, height, lengthMs, peak, tone } = props;
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = useThemeName();
  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (!element || !context) return;
    const ratio = window.devicePixelRatio || 1;
    element.width = Math.round(view.width * ratio);
    element.height = Math.round(height * ratio);
    context.fillStyle = getComputedStyle(element).color;
    const middle = element.height / 2;
    const thin = Math.max(1, Math.floor(ratio));
    const end = Math.min(element.width, (lengthMs * view.scale - view.left) * ratio);
    for (let x = Math.max(0, Math.round(-view.left * ratio)); x < end; x += thin) {
      const from = (view.left + x / ratio) / view.scale;
      const [low, high] = peak ? peak(from, from + thin / ratio / view.scale) : [0, 0];
      const top = middle - high * (middle - thin);
      context.fillRect(x, top, thin, Math.max(thin, (high - low) * (middle - thin)));
    }
  }, [view, height, lengthMs, peak, theme]);
  return (
    <canvas
      ref={canvas}
      className={css.wave}
      data-tone={tone}
      aria-hidden
      style={{ left: view.left, width: view.width, height }}
    />
  );
}
