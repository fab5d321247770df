import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Timeline } from '../backend/bindings/calls';
import type { Handlers } from '../backend/fake';
import { failure } from '../backend/fake';
import { expectAccessible } from '../testing/renderApp';
import { renderInSession } from '../testing/renderInSession';
import { aTimeline } from '../testing/timeline';
import { Preview } from './Preview';
import type { FromWorker, ToWorker } from './captions/messages';
import { usePlayer } from './player';

/** Stands in for the worker with libass in it: what it was told, and what it paints. */
class Artist {
  static told: ToWorker[] = [];
  static ended = 0;
  static broken = false;
  onmessage: ((event: { data: FromWorker }) => void) | null = null;
  onerror: ((event: { message: string }) => void) | null = null;
  postMessage = (message: ToWorker) => {
    Artist.told.push(message);
    const say = (data: FromWorker) => queueMicrotask(() => this.onmessage?.({ data }));
    if (Artist.broken) say({ say: 'failed', message: 'no WebAssembly here' });
    else if (message.say === 'begin') say({ say: 'ready' });
    else if (message.say === 'paint') say({ say: 'painted', picture: null });
  };
  terminate = () => void (Artist.ended += 1);
}

const told = <S extends ToWorker['say']>(say: S) =>
  Artist.told.filter((message): message is Extract<ToWorker, { say: S }> => message.say === say);

const TIKTOK = {
  name: 'tiktok',
  title: 'TikTok',
  safe: { left: 0.06, right: 0.15, top: 0.07, bottom: 0.28 },
};

function Shown({ timeline }: { timeline: Timeline }) {
  const player = usePlayer(timeline);
  return player && <Preview player={player} variant="variant-1" />;
}

const show = (handlers: Handlers = {}, timeline = aTimeline()) =>
  renderInSession(<Shown timeline={timeline} />, {
    platform_list: () => [TIKTOK as never],
    variant_captions: () => ({ ass: 'first document', fonts: ['Anton-Regular.ttf'] }),
    ...handlers,
  });

const stage = () => screen.getByTestId('stage');
const videos = () => [...stage().querySelectorAll('video')];

/** The videos have everything, at once. */
const load = () =>
  act(async () => {
    for (const video of videos()) {
      Object.defineProperty(video, 'readyState', { value: 4, configurable: true });
      Object.defineProperty(video, 'seeking', { value: false, configurable: true });
      fireEvent(video, new Event('loadeddata'));
    }
  });

describe('the preview', () => {
  beforeEach(() => {
    Object.assign(Artist, { told: [], ended: 0, broken: false });
    vi.stubGlobal('Worker', Artist);
    vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue(null);
    vi.spyOn(globalThis, 'fetch').mockImplementation(() => Promise.resolve(new Response(new ArrayBuffer(8))));
  });

  it('plays the footage of the session and writes down which time is painted', async () => {
    const { backend } = await show();
    const { media } = await backend.session();
    expect(videos()[0]?.src).toBe(`${media}/source/source-1`);
    expect(videos()[0]?.crossOrigin).toBe('anonymous');
    await load();
    await waitFor(() => expect(stage()).toHaveAttribute('data-captions', 'ready'));
    await waitFor(() => expect(stage()).toHaveAttribute('data-painted-ms', '0'));
    expect(told('begin')).toMatchObject([{ width: 1080, height: 1920, ass: 'first document' }]);
    expect(told('begin')[0]?.fonts).toHaveLength(1);
  });

  it('is moved by its keys', async () => {
    const { person } = await show();
    await load();
    const time = screen.getByRole('timer', { name: 'Time' });
    await person.keyboard('...');
    expect(time).toHaveTextContent('0:00.1 / 0:03.0');
    await person.keyboard('{End}');
    expect(time).toHaveTextContent('0:03.0 / 0:03.0');
    await person.keyboard(',{ArrowLeft}');
    expect(time).toHaveTextContent('0:02.9 / 0:03.0');
    await person.keyboard('{Home}');
    expect(time).toHaveTextContent('0:00.0 / 0:03.0');
    await person.keyboard(' ');
    expect(screen.getByRole('button', { name: 'Pause' })).toBeVisible();
    await person.keyboard('k');
    expect(screen.getByRole('button', { name: 'Play' })).toBeVisible();
    await person.keyboard('ll');
    expect(screen.getByText('2×')).toBeVisible();
  });

  it('marks a loop and takes it away', async () => {
    const { person } = await show();
    await person.keyboard('i{End}o');
    expect(screen.getByRole('button', { name: 'The loop begins at 0:00.0' })).toHaveAttribute(
      'aria-pressed',
      'true',
    );
    await person.click(screen.getByRole('button', { name: 'Play without a loop' }));
    expect(screen.getByRole('button', { name: 'Begin the loop here' })).toHaveAttribute(
      'aria-pressed',
      'false',
    );
  });

  it('shows the other video from the cut on', async () => {
    const { person } = await show();
    await load();
    await load();
    const seen = () => videos().map((video) => video.dataset['seen']);
    expect(seen()).toEqual(['true', 'false']);
    expect(videos()[1]?.src).toContain('/source/source-2');
    await person.keyboard('{Shift>}{ArrowRight}{/Shift}');
    expect(seen()).toEqual(['false', 'true']);
    expect(stage()).toHaveAttribute('data-segment', '1');
  });

  it('paints captions at the time of the frame', async () => {
    const { person } = await show();
    await waitFor(() => expect(stage()).toHaveAttribute('data-captions', 'ready'));
    await person.keyboard('.');
    await waitFor(() => expect(told('paint').at(-1)?.ms).toBeCloseTo(33.3, 1));
  });

  it('writes another document to the same painter when the captions change', async () => {
    let ass = 'first document';
    const { backend } = await show({ variant_captions: () => ({ ass, fonts: [] }) });
    await waitFor(() => expect(stage()).toHaveAttribute('data-captions', 'ready'));
    ass = 'second document';
    act(() => backend.emit({ event: 'lagged' }));
    await waitFor(() => expect(told('write')).toEqual([{ say: 'write', ass: 'second document' }]));
    expect(Artist.ended).toBe(0);
  });

  it('says that captions cannot be painted, and plays all the same', async () => {
    Artist.broken = true;
    await show();
    await load();
    expect(
      await screen.findByText('Captions cannot be shown here; the finished video has them.'),
    ).toBeVisible();
    await waitFor(() => expect(stage()).toHaveAttribute('data-painted-ms', '0'));
  });

  it('says which footage does not play, and finds it again', async () => {
    const { backend, person } = await show({
      source_show: ({ id }) => ({ source: { id, name: 'rabbit.mp4' }, shots: [], strip: [] }) as never,
      source_relink: () => ({}) as never,
    });
    fireEvent(videos()[0] as HTMLVideoElement, new Event('error'));
    expect(await screen.findByText(/“rabbit.mp4” cannot be played/)).toBeVisible();
    backend.files = [['/new/place/rabbit.mp4']];
    await person.click(screen.getByRole('button', { name: 'Find the file' }));
    await waitFor(() => expect(screen.queryByText(/cannot be played/)).not.toBeInTheDocument());
    expect(backend.last('source_relink')).toEqual({ id: 'source-1', path: '/new/place/rabbit.mp4' });
  });

  it('says why a file that was chosen is not the missing one', async () => {
    const { backend, person } = await show({
      source_show: ({ id }) => ({ source: { id, name: 'rabbit.mp4' }, shots: [], strip: [] }) as never,
      source_relink: () => {
        throw failure('invalid_input', 'That is another file.');
      },
    });
    fireEvent(videos()[0] as HTMLVideoElement, new Event('error'));
    backend.files = [['/new/place/cat.mp4']];
    await person.click(await screen.findByRole('button', { name: 'Find the file' }));
    expect(await screen.findByText('That is another file.')).toBeVisible();
  });

  it('shows what the platform covers when asked, and remembers it', async () => {
    const { person, unmount } = await show();
    await person.click(screen.getByRole('button', { name: 'Show the safe zone' }));
    expect(await screen.findByRole('img', { name: 'Safe zone of TikTok' })).toBeInTheDocument();
    unmount();
    await show();
    expect(await screen.findByRole('img', { name: 'Safe zone of TikTok' })).toBeInTheDocument();
    await person.keyboard('{Shift>}s{/Shift}');
    expect(screen.queryByTestId('safe-zone')).not.toBeInTheDocument();
  });

  it('is accessible, playing and broken', async () => {
    const { container } = await show();
    await load();
    await expectAccessible(container);
    fireEvent(videos()[0] as HTMLVideoElement, new Event('error'));
    await expectAccessible(container);
  });
});
