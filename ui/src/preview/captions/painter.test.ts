import { beforeEach, expect, it, vi } from 'vitest';
import type { FromWorker, ToWorker } from './messages';
import { makePainter } from './painter';

/** A worker whose answers the test gives. */
class Artist {
  static last: Artist;
  told: ToWorker[] = [];
  ended = false;
  onmessage: ((event: { data: FromWorker }) => void) | null = null;
  onerror: ((event: { message: string }) => void) | null = null;
  constructor() {
    Artist.last = this;
  }
  postMessage = (message: ToWorker) => void this.told.push(message);
  terminate = () => void (this.ended = true);
  says = (data: FromWorker) => this.onmessage?.({ data });
}

const SIZE = { width: 1080, height: 1920 };
const pencil = { clearRect: vi.fn(), putImageData: vi.fn() };
const nothing = new AbortController().signal;

beforeEach(() => {
  vi.stubGlobal('Worker', Artist);
  vi.stubGlobal(
    'ImageData',
    class {
      constructor(
        readonly data: unknown,
        readonly width: number,
        readonly height: number,
      ) {}
    },
  );
  vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue(pencil as never);
  pencil.clearRect.mockClear();
  pencil.putImageData.mockClear();
});

const painter = async (host = document.createElement('div')) => {
  const making = makePainter(host, SIZE, 'document', [], nothing);
  Artist.last.says({ say: 'ready' });
  return { made: await making, artist: Artist.last, host };
};

const picture = { x: 10, y: 20, width: 2, height: 1, pixels: new Uint8ClampedArray(8) };

it('paints on a canvas in the resolution of the video, where the drawing stands', async () => {
  const { made, artist, host } = await painter();
  const canvas = host.querySelector<HTMLCanvasElement>('canvas[data-layer="captions"]');
  expect([canvas?.width, canvas?.height]).toEqual([1080, 1920]);
  const painting = made.paint(500);
  artist.says({ say: 'painted', picture });
  await painting;
  expect(pencil.clearRect).toHaveBeenCalledWith(0, 0, 1080, 1920);
  expect(pencil.putImageData).toHaveBeenCalledWith(expect.objectContaining({ width: 2, height: 1 }), 10, 20);
});

it('leaves what is the same, and clears where nothing is said', async () => {
  const { made, artist } = await painter();
  let painting = made.paint(1);
  artist.says({ say: 'painted', picture: 'same' });
  await painting;
  expect(pencil.clearRect).not.toHaveBeenCalled();
  painting = made.paint(2);
  artist.says({ say: 'painted', picture: null });
  await painting;
  expect(pencil.clearRect).toHaveBeenCalledOnce();
  expect(pencil.putImageData).not.toHaveBeenCalled();
});

it('paints only the last of many times, and is done when that is painted', async () => {
  const { made, artist } = await painter();
  const painting = Promise.all([1, 2, 3].map((ms) => made.paint(ms)));
  artist.says({ say: 'painted', picture: null });
  await vi.waitFor(() => expect(artist.told.at(-1)).toEqual({ say: 'paint', ms: 3 }));
  artist.says({ say: 'painted', picture: null });
  await painting;
  expect(artist.told.filter((message) => message.say === 'paint')).toHaveLength(2);
});

it('writes a document once', async () => {
  const { made, artist } = await painter();
  made.write('document');
  made.write('another');
  made.write('another');
  expect(artist.told.filter((message) => message.say === 'write')).toEqual([
    { say: 'write', ass: 'another' },
  ]);
});

it('says when the worker breaks, and ends it when it could not begin', async () => {
  const { made, artist } = await painter();
  const painting = made.paint(1);
  artist.onerror?.({ message: 'out of memory' });
  await expect(painting).rejects.toThrow('out of memory');
  const making = makePainter(document.createElement('div'), SIZE, '', [], nothing);
  Artist.last.says({ say: 'failed', message: 'no WebAssembly here' });
  await expect(making).rejects.toThrow('no WebAssembly here');
  expect(Artist.last.ended).toBe(true);
});

it('is given up when the preview is closed before it began', async () => {
  const closing = new AbortController();
  const host = document.createElement('div');
  const making = makePainter(host, SIZE, '', [], closing.signal);
  closing.abort();
  await expect(making).rejects.toThrow('The preview was closed.');
  expect(Artist.last.ended).toBe(true);
  expect(host.childElementCount).toBe(0);
});

it('takes its canvas away at the end', async () => {
  const { made, artist, host } = await painter();
  made.end();
  expect(artist.ended).toBe(true);
  expect(host.childElementCount).toBe(0);
});
