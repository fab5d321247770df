/** Where a crop lies: the same arithmetic as the renderer's, in shares. Pure. */
import type { Size } from '../../../preview/framing';

export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

const clamp = (value: number, least: number, most: number) => Math.min(most, Math.max(least, value));

/** The part of a source picture that fills the frame, in shares of the picture. */
export function cropOf(source: Size, frame: Size, x: number, y: number): Box {
  const scale = Math.max(frame.width / source.width, frame.height / source.height);
  const width = Math.min(1, frame.width / (source.width * scale));
  const height = Math.min(1, frame.height / (source.height * scale));
  return {
    left: clamp(x - width / 2, 0, 1 - width),
    top: clamp(y - height / 2, 0, 1 - height),
    width,
    height,
  };
}

/** The anchor after the crop was moved by these shares of the picture: never past where it can still be seen to move. */
export function movedAnchor(
  source: Size,
  frame: Size,
  from: Box,
  dx: number,
  dy: number,
): { x: number; y: number } {
  const { width, height } = cropOf(source, frame, 0.5, 0.5);
  const left = clamp(from.left + dx, 0, 1 - width);
  const top = clamp(from.top + dy, 0, 1 - height);
  const round = (value: number) => Math.round(value * 1000) / 1000;
  return { x: round(left + width / 2), y: round(top + height / 2) };
}
