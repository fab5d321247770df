/** Where things stand on the stage, as the render places them. Pure; shares are of the frame, 0 to 1. */
import type { Framing, Logo, SafeZone, Timeline } from '../backend/bindings/calls';

export interface Size {
  width: number;
  height: number;
}

/** How a picture of this size is laid into the frame: CSS `object-fit` and `object-position`. */
export function fitOf(
  framing: Framing,
  picture: Size,
  frame: Size,
): { fit: 'cover' | 'contain'; position: string } {
  if (framing.how !== 'fill') return { fit: 'contain', position: '50% 50%' };
  const scale = Math.max(frame.width / picture.width, frame.height / picture.height);
  const along = (whole: number, size: number, anchor: number) => {
    const spare = whole - size;
    if (!(spare > 0.5)) return 50;
    const start = Math.min(spare, Math.max(0, whole * clamp(anchor) - size / 2));
    return round((start / spare) * 100);
  };
  const x = along(picture.width * scale, frame.width, framing.x);
  const y = along(picture.height * scale, frame.height, framing.y);
  return { fit: 'cover', position: `${x}% ${y}%` };
}

/** The part of a picture that covers the frame when it is enlarged around its middle, in pixels of the picture. */
export function coverOf(picture: Size, frame: Size): { x: number; y: number } & Size {
  const scale = Math.min(picture.width / frame.width, picture.height / frame.height);
  const width = frame.width * scale;
  const height = frame.height * scale;
  return { x: (picture.width - width) / 2, y: (picture.height - height) / 2, width, height };
}

/** The logo's place as CSS, in percent of the frame. */
export function logoStyle(logo: Logo, safe: SafeZone): Record<string, string | number> {
  const percent = (share: number) => `${round(share * 100)}%`;
  const width = percent(Math.min(0.5, Math.max(0.02, logo.width)));
  const opacity = clamp(logo.opacity);
  const [edge, side] = logo.corner.split('_') as ['top' | 'bottom', 'left' | 'right' | 'centre'];
  const vertical = { [edge]: percent(safe[edge]) };
  if (side === 'centre') return { ...vertical, width, opacity, left: '50%', transform: 'translateX(-50%)' };
  return { ...vertical, width, opacity, [side]: percent(safe[side]) };
}

/** The frame of a timeline. */
export function frameOf(timeline: Timeline): Size {
  return { width: timeline.width, height: timeline.height };
}

function clamp(share: number): number {
  return Number.isFinite(share) ? Math.min(1, Math.max(0, share)) : 0.5;
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
