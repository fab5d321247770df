/** How many tiles fit, and how large they are. */

export interface Shape {
  /** Height of the picture for each pixel of its width. */
  ratio: number;
  /** Least width of a tile, pixels. */
  narrowest: number;
  /** Height of the words below the picture, pixels. */
  words: number;
}

export interface Layout {
  columns: number;
  tileWidth: number;
  tileHeight: number;
}

/** Space between tiles, pixels. */
export const GAP = 12;
/** Rows that are kept ready above and below what is seen. */
export const OVERSCAN = 1;
/** Never are more tiles than this in the window, however large it is. */
export const MOST_TILES = 100;

/** In a large window tiles grow instead of becoming many, up to this width, pixels. */
const ENOUGH = 240;
const FEW_COLUMNS = 8;

/** @param width of the list without its padding, pixels */
export function layoutOf(width: number, height: number, shape: Shape): Layout {
  const narrowest = Math.max(shape.narrowest, Math.min(ENOUGH, width / FEW_COLUMNS));
  let columns = Math.max(1, Math.floor((width + GAP) / (narrowest + GAP)));
  while (columns > 1 && columns * rowsMounted(width, height, columns, shape) > MOST_TILES) columns -= 1;
  return { columns, ...tile(width, columns, shape) };
}

function tile(width: number, columns: number, shape: Shape): { tileWidth: number; tileHeight: number } {
  const tileWidth = Math.max(1, Math.floor((width - GAP * (columns - 1)) / columns));
  return { tileWidth, tileHeight: Math.round(tileWidth * shape.ratio) + shape.words };
}

/** Rows that can be in the window at once: those seen in part, and the ones kept ready on both sides. */
function rowsMounted(width: number, height: number, columns: number, shape: Shape): number {
  const row = tile(width, columns, shape).tileHeight + GAP;
  return Math.ceil(height / row) + 1 + 2 * OVERSCAN;
}
