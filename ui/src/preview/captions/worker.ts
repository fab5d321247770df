/**
 * Draws captions with libass, away from the page. The drawing is sent to the page as pixels and not shown from here:
 * WebKit stops showing canvases that a worker paints.
 */
import startLibass from 'jassub/dist/wasm/jassub-worker.js';
import libassUrl from 'jassub/dist/wasm/jassub-worker.wasm?url';
import type { FromWorker, ToWorker } from './messages';
import { type Piece, together } from './pixels';

/** The part of jassub's libass that is used here. */
interface Libass {
  _malloc(bytes: number): number;
  JASSUB: new (
    width: number,
    height: number,
    defaultFont: string,
  ) => {
    setThreads(count: number): void;
    addFont(name: string, at: number, bytes: number): void;
    reloadFonts(): void;
    createTrackMem(ass: string): void;
    resizeCanvas(width: number, height: number, videoWidth: number, videoHeight: number): void;
    /** `null` when nothing changed since the last time. */
    rawRender(seconds: number, afresh: number): Piece[] | null;
  };
}

const here = self as unknown as {
  /** libass's memory; another view of it after it has grown. */
  HEAPU8RAW: Uint8Array;
  fetch: typeof fetch;
  postMessage(message: FromWorker, transfer?: Transferable[]): void;
  onmessage: ((event: MessageEvent<ToWorker>) => void) | null;
};

/** Nothing is called so: a family that is not among the given fonts is drawn with the first of them. */
const NO_FONT = 'edit-factory-none';

type Artist = (message: Exclude<ToWorker, { say: 'begin' }>) => FromWorker | null;

async function begin(order: Extract<ToWorker, { say: 'begin' }>): Promise<Artist> {
  const { width, height } = order;
  // It fetches itself from beside its own script, which bundling has moved.
  const plainFetch = here.fetch;
  here.fetch = () => plainFetch(libassUrl);
  const silent = () => undefined;
  const libass = (await startLibass({ __out: silent, __err: silent })) as unknown as Libass;
  here.fetch = plainFetch;
  const drawing = new libass.JASSUB(width, height, NO_FONT);
  drawing.setThreads(1);
  order.fonts.forEach((font, number) => {
    const at = libass._malloc(font.byteLength);
    here.HEAPU8RAW.set(font, at);
    drawing.addFont(`font-${number}`, at, font.byteLength);
  });
  drawing.reloadFonts();
  drawing.createTrackMem(order.ass);
  drawing.resizeCanvas(width, height, width, height);
  let afresh = true;
  return (message) => {
    if (message.say === 'write') {
      drawing.createTrackMem(message.ass);
      afresh = true;
      return null;
    }
    // Milliseconds are cut off, not rounded, on the other side; the frame's own millisecond must come through.
    const pieces = drawing.rawRender((message.ms + 0.01) / 1000, Number(afresh));
    afresh = false;
    return { say: 'painted', picture: pieces ? together(pieces, here.HEAPU8RAW, order) : 'same' };
  };
}

let artist: Promise<Artist> | null = null;

async function answer(message: ToWorker): Promise<void> {
  if (message.say === 'begin') {
    artist = begin(message);
    await artist;
    return here.postMessage({ say: 'ready' });
  }
  const said = (await artist)?.(message);
  if (!said) return;
  const picture = said.say === 'painted' && said.picture !== 'same' ? said.picture : null;
  here.postMessage(said, picture ? [picture.pixels.buffer] : []);
}

here.onmessage = ({ data }) => {
  answer(data).catch((thrown: unknown) => {
    here.postMessage({ say: 'failed', message: thrown instanceof Error ? thrown.message : String(thrown) });
  });
};
