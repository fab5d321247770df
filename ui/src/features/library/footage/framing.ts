/** Which part of a picture a frame of another shape shows. All are shares of the picture, 0 to 1. */

export interface Window {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** The shape videos are mostly made in; width by height. */
export const FRAME = 9 / 16;

/** The part that is shown when the frame is filled around an anchor; it never leaves the picture. */
export function windowOf(
  picture: { width: number; height: number },
  anchor: { x: number; y: number },
): Window {
  const shape = picture.width / picture.height;
  const width = Math.min(1, FRAME / shape);
  const height = Math.min(1, shape / FRAME);
  const inside = (at: number, size: number) => Math.min(1 - size, Math.max(0, at - size / 2));
  return { left: inside(anchor.x, width), top: inside(anchor.y, height), width, height };
}

/** The anchor of a window whose middle was moved there; as far as it has an effect. */
export function anchorAt(
  picture: { width: number; height: number },
  x: number,
  y: number,
): { x: number; y: number } {
  const { left, top, width, height } = windowOf(picture, { x, y });
  const round = (value: number) => Math.round(value * 1000) / 1000;
  return { x: round(left + width / 2), y: round(top + height / 2) };
}
