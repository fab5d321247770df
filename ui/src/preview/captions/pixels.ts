/** What libass draws, put together to one picture. Pure. */

/** One piece of a drawing, as libass gives it: a shape in one colour. */
export interface Piece {
  w: number;
  h: number;
  dst_x: number;
  dst_y: number;
  /** Bytes from one row of the shape to the next. */
  stride: number;
  /** 0xRRGGBBTT, where TT is how clear it is. */
  color: number;
  /** Where the shape begins in the memory: how much of each pixel it covers, 0 to 255. */
  bitmap: number;
}

/** A part of the frame, as a canvas takes it: red, green, blue and opacity of each pixel. */
export interface Picture {
  x: number;
  y: number;
  width: number;
  height: number;
  pixels: Uint8ClampedArray<ArrayBuffer>;
}

/** The pieces, each over those before it, in the smallest part of the frame that holds them; `null` for nothing. */
export function together(
  pieces: readonly Piece[],
  memory: Uint8Array,
  frame: { width: number; height: number },
): Picture | null {
  const seen = pieces.filter((piece) => piece.w > 0 && piece.h > 0);
  const x = Math.max(0, Math.min(...seen.map((piece) => piece.dst_x)));
  const y = Math.max(0, Math.min(...seen.map((piece) => piece.dst_y)));
  const width = Math.min(frame.width, Math.max(...seen.map((piece) => piece.dst_x + piece.w))) - x;
  const height = Math.min(frame.height, Math.max(...seen.map((piece) => piece.dst_y + piece.h))) - y;
  if (seen.length === 0 || width <= 0 || height <= 0) return null;
  // Colours are kept multiplied by their opacity until all pieces are laid: only so does laying one over another add up.
  const sums = new Float32Array(width * height * 4);
  for (const piece of seen) lay(piece, memory, sums, x, y, width, height);
  const pixels = new Uint8ClampedArray(sums.length);
  for (let at = 0; at < sums.length; at += 4) {
    const opacity = sums[at + 3] ?? 0;
    if (opacity <= 0) continue;
    for (let part = 0; part < 3; part++) pixels[at + part] = (sums[at + part] ?? 0) / opacity;
    pixels[at + 3] = opacity * 255;
  }
  return { x, y, width, height, pixels };
}

function lay(
  piece: Piece,
  memory: Uint8Array,
  sums: Float32Array,
  x: number,
  y: number,
  width: number,
  height: number,
): void {
  const red = (piece.color >>> 24) & 0xff;
  const green = (piece.color >>> 16) & 0xff;
  const blue = (piece.color >>> 8) & 0xff;
  const solid = (255 - (piece.color & 0xff)) / (255 * 255);
  const left = piece.dst_x - x;
  const top = piece.dst_y - y;
  const firstRow = Math.max(0, -top);
  const lastRow = Math.min(piece.h, height - top);
  const first = Math.max(0, -left);
  const last = Math.min(piece.w, width - left);
  for (let row = firstRow; row < lastRow; row++) {
    let from = piece.bitmap + row * piece.stride + first;
    let at = ((top + row) * width + left + first) * 4;
    for (let column = first; column < last; column++, from++, at += 4) {
      const covered = memory[from] ?? 0;
      if (covered === 0) continue;
      const share = covered * solid;
      const rest = 1 - share;
      sums[at] = (sums[at] ?? 0) * rest + red * share;
      sums[at + 1] = (sums[at + 1] ?? 0) * rest + green * share;
      sums[at + 2] = (sums[at + 2] ?? 0) * rest + blue * share;
      sums[at + 3] = (sums[at + 3] ?? 0) * rest + share;
    }
  }
}
