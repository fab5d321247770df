import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { useState } from 'react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Timeline } from '../backend/bindings/calls';
import { expectAccessible } from '../testing/renderApp';
import { renderInSession } from '../testing/renderInSession';
import { aBrandedTimeline, aTimeline } from '../testing/timeline';
import { TimelineView } from './TimelineView';
import { Player, type PlayerState } from './player';

const silent = {
  begin: () => undefined,
  follow: () => null,
  align: () => undefined,
  stop: () => undefined,
  setVolume: () => undefined,
  failed: (): PlayerState['unheard'] => null,
  end: () => undefined,
};

function View({ player }: { player: Player }) {
  const [selected, setSelected] = useState<number | null>(null);
  return <TimelineView player={player} selected={selected} onSelect={setSelected} />;
}

const show = async (timeline: Timeline = aTimeline()) => {
  const player = new Player(timeline, () => silent);
  const names: Record<string, string> = { 'source-1': 'rabbit.mp4', 'source-2': 'oven.mov' };
  const rendered = await renderInSession(<View player={player} />, {
    source_show: ({ id }) =>
      ({
        source: { id, name: names[id] },
        shots: [],
        strip: [[0, `cache/thumbs/${id}/at-0.jpg`]],
        used_in: [],
      }) as never,
  });
  await screen.findAllByRole('option', { name: /rabbit\.mp4/ });
  return { player, ...rendered };
};

const lane = (name: string) => screen.getByRole('listbox', { name });

describe('the timeline', () => {
  beforeEach(() => {
    vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue(null);
    vi.spyOn(globalThis, 'fetch').mockResolvedValue(new Response(new ArrayBuffer(0)));
  });

  it('shows each shot as wide as it is long, with where it is from and why', async () => {
    await show();
    const shots = within(lane('Shots')).getAllByRole('option');
    expect(shots).toHaveLength(3);
    await waitFor(() => expect(shots[1]).toHaveAccessibleName('Shot 2 of 3, 0:01.0, oven.mov: tag: oven'));
    const lefts = shots.map((shot) => Number.parseFloat(shot.style.left));
    expect(lefts[2]).toBeCloseTo((lefts[1] ?? 0) * 2);
  });

  it('tells about the shot that is chosen', async () => {
    const { person, container } = await show();
    await person.click(within(lane('Shots')).getAllByRole('option')[1] as HTMLElement);
    const details = container.querySelector('[aria-live="polite"]');
    await waitFor(() => expect(details).toHaveTextContent('Shot 2'));
    await waitFor(() =>
      expect(container).toHaveTextContent('oven.mov0:01.0 – 0:02.0from 0:00.5 – 0:01.5tag: oven'),
    );
    expect(within(lane('Shots')).getAllByRole('option')[1]).toHaveAttribute('aria-selected', 'true');
  });

  it('moves along the shots with the arrow keys, and the picture with it', async () => {
    const { person, player } = await show();
    const [first, second, third] = within(lane('Shots')).getAllByRole('option');
    act(() => first?.focus());
    await person.keyboard('{ArrowRight}');
    expect(second).toHaveFocus();
    expect(second).toHaveAttribute('aria-selected', 'true');
    expect(player.time()).toBe(1000);
    await person.keyboard('{End}');
    expect(third).toHaveFocus();
    expect(player.time()).toBe(2000);
  });

  it('shows words close up', async () => {
    await show();
    const words = within(lane('Words')).getAllByRole('option');
    expect(words.map((word) => word.textContent)).toEqual(['Fresh', 'bread.', 'Every', 'day.']);
  });

  it('shows whole sentences from afar, and goes to the word below the pointer', async () => {
    const { player } = await show(aTimeline({ frames: 600 }));
    const sentences = within(lane('Sentences')).getAllByRole('option');
    expect(sentences.map((item) => item.textContent)).toEqual(['Fresh bread.', 'Every day.']);
    // 781 pixels for 20 seconds: 20 pixels after its beginning the second word is said.
    fireEvent.click(sentences[1] as HTMLElement, { clientX: 21 });
    expect(player.time()).toBe(2000);
    fireEvent.click(sentences[1] as HTMLElement, { clientX: 5 });
    expect(player.time()).toBe(1500);
  });

  it('goes to a word that is clicked, and marks the one that is said', async () => {
    const { person, player } = await show();
    const words = within(lane('Words')).getAllByRole('option');
    await person.click(words[2] as HTMLElement);
    expect(player.time()).toBe(1500);
    expect(words.map((word) => word.getAttribute('aria-selected'))).toEqual([
      'false',
      'false',
      'true',
      'false',
    ]);
    act(() => player.seek(950));
    expect(words.map((word) => word.getAttribute('aria-selected'))).not.toContain('true');
  });

  it('marks the words of the sentence whose shot is chosen', async () => {
    const { person } = await show();
    await person.click(within(lane('Shots')).getAllByRole('option')[2] as HTMLElement);
    const words = within(lane('Words')).getAllByRole('option');
    expect(words.map((word) => word.dataset['chosen'])).toEqual([undefined, undefined, 'true', 'true']);
  });

  it('goes to a caption that is clicked', async () => {
    const { person, player } = await show();
    await person.click(within(lane('Captions')).getByText('Every day.'));
    expect(player.time()).toBe(1500);
  });

  it('has a playhead that the keyboard moves', async () => {
    const { person, player } = await show();
    const head = screen.getByRole('slider', { name: 'Playhead' });
    act(() => head.focus());
    await person.keyboard('{ArrowRight}{ArrowRight}');
    expect(player.frame()).toBe(2);
    await person.keyboard('{End}');
    expect(player.frame()).toBe(89);
    expect(head).toHaveAttribute('aria-valuetext', '0:03.0');
    await person.keyboard('{PageUp}');
    expect(player.frame()).toBe(59);
  });

  it('enlarges around the pointer with Ctrl and the wheel, and shows all again', async () => {
    const { person } = await show(aTimeline({ frames: 900 }));
    const width = () => Number.parseFloat(within(lane('Shots')).getAllByRole('option')[0]?.style.width ?? '');
    const before = width();
    const scroller = screen.getByTestId('timeline-scroller');
    const event = new WheelEvent('wheel', { deltaY: -100, ctrlKey: true, bubbles: true, cancelable: true });
    act(() => void scroller.dispatchEvent(event));
    expect(event.defaultPrevented).toBe(true);
    expect(width()).toBeGreaterThan(before);
    await person.keyboard('0');
    expect(width()).toBeCloseTo(before);
    act(() => void fireEvent.wheel(scroller, { deltaY: -100 }));
    expect(width()).toBeCloseTo(before);
  });

  it('says that the voice cannot be read instead of showing silence', async () => {
    vi.mocked(fetch).mockResolvedValue(new Response(null, { status: 404 }));
    await show();
    expect(await screen.findByText('The voice’s file cannot be read.')).toBeVisible();
  });

  it('shows intro and outro, which cannot be chosen', async () => {
    await show(aBrandedTimeline());
    expect(screen.getByText('Intro')).toBeInTheDocument();
    expect(screen.getByText('Outro')).toBeInTheDocument();
    expect(within(lane('Shots')).getAllByRole('option')).toHaveLength(3);
  });

  it('is accessible, empty of captions and full', async () => {
    const { container, unmount } = await show({ ...aTimeline(), captions: [] });
    await expectAccessible(container);
    unmount();
    const full = await show({
      ...aBrandedTimeline(),
      music: { file: { path: 'm', hash: '' }, gain_db: -12, duck: true, fade_ms: 10 },
    });
    await expectAccessible(full.container);
  });
});
