/**
 * Captions painted by libass, from the very document the render burns in and with our own fonts, so that they stand
 * where they will stand. libass runs as WebAssembly in a worker of its own.
 */
import type JASSUB from 'jassub';
import type { Size } from './framing';

export interface CaptionPainter {
  /** Paints what shows at a time, in milliseconds. Of several at once only the last is painted. */
  paint(ms: number): Promise<void>;
  /** Another document from now on. */
  write(ass: string): Promise<void>;
  end(): void;
}

/**
 * Makes a painter on a canvas of its own inside `host`, in the video's resolution.
 *
 * @param fonts whole font files; no other font is ever used
 */
export async function makePainter(
  host: HTMLElement,
  size: Size,
  ass: string,
  fonts: Uint8Array[],
  gone: AbortSignal,
): Promise<CaptionPainter> {
  const { default: Painter } = await import('jassub');
  gone.throwIfAborted();
  const canvas = document.createElement('canvas');
  canvas.dataset['layer'] = 'captions';
  canvas.setAttribute('aria-hidden', 'true');
  canvas.width = size.width;
  canvas.height = size.height;
  // The painter measures the canvas on the page to choose its resolution: it is laid out in the video's, and scaled.
  canvas.style.width = `${size.width}px`;
  canvas.style.height = `${size.height}px`;
  host.append(canvas);
  const scale = 1 / window.devicePixelRatio;
  const jassub = new Painter({
    canvas,
    subContent: ass,
    fonts,
    defaultFont: NO_FONT,
    queryFonts: false,
    prescaleFactor: scale,
    maxRenderHeight: size.height,
    prescaleHeightLimit: size.height,
  });
  const painter = new Queue(jassub, size);
  try {
    await Promise.all([inTime(jassub.ready), seenByObservers(gone)]);
    gone.throwIfAborted();
    // The first painting only tells it the resolution.
    await painter.paint(0);
    painter.forget();
  } catch (thrown) {
    painter.end();
    throw thrown;
  }
  return painter;
}

/** Nothing is called so: a family that is not among the given ones is drawn with the first of them. */
const NO_FONT = 'edit-factory-none';

/** It also looks at the canvas's size by itself, once, when it is first laid out; what was painted before is lost then. */
async function seenByObservers(gone: AbortSignal): Promise<void> {
  for (let i = 0; i < 2 && !gone.aborted; i++) {
    await new Promise((seen) => requestAnimationFrame(seen));
  }
}

/** A worker that could not be loaded says nothing at all. */
const PATIENCE_MS = 20_000;

async function inTime(ready: Promise<void>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('libass did not start within 20 s')), PATIENCE_MS);
  });
  await Promise.race([ready, late]).finally(() => clearTimeout(timer));
}

class Queue implements CaptionPainter {
  #next: number | null = null;
  #afresh = false;
  #work: Promise<void> | null = null;
  #ended = false;

  constructor(
    private readonly jassub: JASSUB,
    private readonly size: Size,
  ) {}

  paint(ms: number): Promise<void> {
    this.#next = ms;
    this.#work ??= this.#run().finally(() => (this.#work = null));
    return this.#work;
  }

  async write(ass: string): Promise<void> {
    if (this.#ended) return;
    await this.jassub.renderer.setTrack(ass);
    this.forget();
  }

  /** What is on the canvas counts for nothing: the next painting paints all. */
  forget(): void {
    this.#afresh = true;
  }

  end(): void {
    this.#ended = true;
    void this.jassub.destroy();
  }

  async #run(): Promise<void> {
    while (this.#next !== null && !this.#ended) {
      const ms = this.#next;
      const afresh = this.#afresh;
      this.#next = null;
      this.#afresh = false;
      // Milliseconds are cut off, not rounded, on the other side; the frame's own millisecond must come through.
      const mediaTime = (ms + 0.01) / 1000;
      await this.jassub.manualRender(
        { ...this.size, expectedDisplayTime: performance.now(), mediaTime },
        afresh,
      );
    }
  }
}
