/**
 * Captions painted by libass, from the very document the render burns in and with our own fonts, so that they stand
 * where they will stand.
 */
import type { Size } from '../framing';
import type { FromWorker, ToWorker } from './messages';

export interface CaptionPainter {
  /** Paints what shows at a time, in milliseconds. Of several at once only the last is painted. */
  paint(ms: number): Promise<void>;
  /** Another document from now on. */
  write(ass: string): void;
  end(): void;
}

/** A worker that could not be loaded says nothing at all. */
const PATIENCE_MS = 30_000;

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
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { name: 'captions', type: 'module' });
  const line = new Line(worker);
  try {
    await Promise.race([line.ask({ say: 'begin', ...size, ass, fonts }), over(PATIENCE_MS, gone)]);
    gone.throwIfAborted();
  } catch (thrown) {
    worker.terminate();
    throw thrown;
  }
  const canvas = document.createElement('canvas');
  canvas.dataset['layer'] = 'captions';
  canvas.setAttribute('aria-hidden', 'true');
  canvas.width = size.width;
  canvas.height = size.height;
  host.append(canvas);
  return new Painter(line, canvas, ass, () => worker.terminate());
}

function over(milliseconds: number, gone: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const late = setTimeout(() => reject(new Error('libass did not start in time.')), milliseconds);
    gone.addEventListener('abort', () => {
      clearTimeout(late);
      reject(new DOMException('The preview was closed.', 'AbortError'));
    });
  });
}

/** One question at a time to the worker. */
class Line {
  #heard: { answer: (said: FromWorker) => void; fail: (thrown: Error) => void } | null = null;

  constructor(private readonly worker: Worker) {
    worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
      if (data.say === 'failed') this.#heard?.fail(new Error(data.message));
      else this.#heard?.answer(data);
    };
    worker.onerror = (event) =>
      this.#heard?.fail(new Error(event.message || 'The captions’ worker stopped.'));
  }

  ask(question: ToWorker): Promise<FromWorker> {
    return new Promise((answer, fail) => {
      this.#heard = { answer, fail };
      this.worker.postMessage(question);
    });
  }

  tell(message: ToWorker): void {
    this.worker.postMessage(message);
  }
}

class Painter implements CaptionPainter {
  #next: number | null = null;
  #work: Promise<void> | null = null;
  #ended = false;
  readonly #pencil: CanvasRenderingContext2D | null;

  constructor(
    private readonly line: Line,
    private readonly canvas: HTMLCanvasElement,
    private written: string,
    private readonly stop: () => void,
  ) {
    this.#pencil = canvas.getContext('2d');
  }

  paint(ms: number): Promise<void> {
    this.#next = ms;
    this.#work ??= this.#run().finally(() => (this.#work = null));
    return this.#work;
  }

  write(ass: string): void {
    if (ass === this.written) return;
    this.written = ass;
    this.line.tell({ say: 'write', ass });
  }

  end(): void {
    this.#ended = true;
    this.stop();
    this.canvas.remove();
  }

  async #run(): Promise<void> {
    while (this.#next !== null && !this.#ended) {
      const ms = this.#next;
      this.#next = null;
      const said = await this.line.ask({ say: 'paint', ms });
      if (said.say !== 'painted' || said.picture === 'same') continue;
      this.#pencil?.clearRect(0, 0, this.canvas.width, this.canvas.height);
      if (!said.picture) continue;
      const { pixels, width, height, x, y } = said.picture;
      this.#pencil?.putImageData(new ImageData(pixels, width, height), x, y);
    }
  }
}
