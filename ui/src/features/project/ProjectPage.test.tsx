import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, expect, test, vi } from 'vitest';
import { type FakeBackend, failure } from '../../backend/fake';
import { SENTENCES } from '../../testing/project';
import { expectAccessible, renderApp } from '../../testing/renderApp';
import { type Workshop, aWorkshop } from '../../testing/workshop';

const AT = '/projects/project-1';

beforeEach(() => window.localStorage.clear());

async function open(shop: Workshop = aWorkshop()) {
  const app = await renderApp({ at: AT, handlers: shop.handlers });
  const text = await screen.findByRole('textbox', { name: 'Script text' });
  return { ...app, shop, text };
}

/** Waits until everything that was changed is planned again. */
async function planned(backend: FakeBackend, times: number) {
  await waitFor(() => expect(backend.count('generate')).toBe(times), { timeout: 3000 });
  act(() => backend.emit({ event: 'job', job: 'plan' }));
}

const cards = () =>
  within(screen.getByRole('list', { name: 'Sentences and their shots' })).getAllByRole('button', {
    name: /^Shot /,
  });
const card = async (index: number) => {
  await screen.findByRole('list', { name: 'Sentences and their shots' });
  const found = cards()[index];
  if (!found) throw new Error('no such shot');
  return found;
};

test('the whole page is there and can be used by everybody', async () => {
  const { backend } = await open();
  expect(await card(0)).toBeVisible();
  expect(screen.getByRole('button', { name: /Make 3 variants/ })).toBeEnabled();
  expect(screen.getByText('distance 0.72')).toBeVisible();
  expect(backend.done).toContain('title: Brand A - Small world - Edit Factory');
  await expectAccessible();
});
test('with no script and no footage each place says what to do next', async () => {
  const shop = aWorkshop({ sources: [], batches: [] });
  shop.detail = { ...shop.detail, scripts: [] };
  await open(shop);
  expect(await screen.findByText('There is no footage yet')).toBeVisible();
  expect(screen.getByRole('button', { name: /Make 3 variants/ })).toBeDisabled();
  await expectAccessible();
});
test('footage without a script asks for the script', async () => {
  const shop = aWorkshop({ batches: [] });
  shop.detail = { ...shop.detail, scripts: [] };
  await open(shop);
  expect(await screen.findByText('Write what is said')).toBeVisible();
});
test('what is typed is stored when one leaves the field, and can be undone', async () => {
  const { person, backend, text } = await open();
  await person.click(text);
  await person.keyboard('{Control>}{End}{/Control} The end.');
  await person.tab();
  await waitFor(() => expect(backend.last('script_set')?.text).toBe(`${SENTENCES.join(' ')} The end.`));
  expect(await screen.findByText('Saved')).toBeVisible();
  await person.keyboard('{Control>}z{/Control}');
  await waitFor(() => expect(backend.last('script_set')?.text).toBe(SENTENCES.join(' ')));
  await waitFor(() => expect(text).toHaveValue(SENTENCES.join(' ')));
});
test('a text that cannot be stored stays, is said, and is there again after a restart', async () => {
  const shop = aWorkshop();
  const works = shop.handlers.script_set;
  shop.handlers.script_set = () => {
    throw failure('disk_full', 'The disk is full, so the script was not stored. Make room, then try again.');
  };
  const { person, text, unmount } = await open(shop);
  await person.click(text);
  await person.keyboard('{Control>}{End}{/Control} Never lost.');
  await person.tab();
  expect(await screen.findByText('Not saved, the text is kept here')).toBeVisible();
  expect(screen.getByText(/^The disk is full, so/).closest('[role=alert]')).toBeVisible();
  expect(text).toHaveValue(`${SENTENCES.join(' ')} Never lost.`);
  await expectAccessible();
  unmount();
  shop.handlers.script_set = works;
  const again = await open(shop);
  expect(again.text).toHaveValue(`${SENTENCES.join(' ')} Never lost.`);
  await waitFor(() => expect(shop.detail.scripts[0]?.text).toContain('Never lost.'), { timeout: 3000 });
});
test('unsaved text is stored before another profile is shown', async () => {
  const { person, backend, text } = await open();
  await person.click(text);
  await person.keyboard('{Control>}{End}{/Control} Before the switch.');
  await person.keyboard('{Control>}2{/Control}');
  await waitFor(() => expect(document.body.dataset['profile']).toBe('id-of-Brand B'));
  const names = backend.made.map((made) => made.name);
  const stored = backend.made.find((made) => made.name === 'script_set');
  expect(stored).toMatchObject({ epoch: 1, args: { text: `${SENTENCES.join(' ')} Before the switch.` } });
  expect(names.indexOf('script_set')).toBeLessThan(backend.made.findIndex((made) => made.epoch === 2));
});
test('the first sentence makes a script', async () => {
  const shop = aWorkshop({ batches: [] });
  shop.detail = { ...shop.detail, scripts: [] };
  const { person, backend, text } = await open(shop);
  await person.type(text, '…');
  await person.tab();
  expect(await screen.findByText('Kept here until there is a sentence')).toBeVisible();
  expect(backend.count('script_add')).toBe(0);
  await person.type(text, ' Fresh bread.');
  await person.tab();
  await waitFor(() =>
    expect(backend.last('script_add')?.script).toMatchObject({ name: 'Script 1', text: '… Fresh bread.' }),
  );
  expect(await screen.findByRole('tab', { name: 'Script 1' })).toBeVisible();
  await planned(backend, 1);
  expect(await card(0)).toBeVisible();
});

test('a change is planned by itself with the same seed and without rendering', async () => {
  const { person, backend } = await open();
  await card(0);
  await person.keyboard('{Alt>}{Shift>}4{/Shift}{/Alt}');
  await person.click(await screen.findByRole('radio', { name: /Square feed/ }));
  await waitFor(() => expect(backend.last('project_update')?.look.platform).toBe('square'));
  await planned(backend, 1);
  expect(backend.last('generate')?.order).toMatchObject({
    render: false,
    seed: 7,
    variants: 3,
    scripts: ['script-1'],
  });
  await person.keyboard('{Control>}z{/Control}');
  await waitFor(() => expect(backend.last('project_update')?.look.platform).toBe('tiktok'));
});

test('a plan that is up to date is not made again when the page opens', async () => {
  const { backend } = await open();
  await card(0);
  await new Promise((resolve) => requestAnimationFrame(resolve));
  expect(backend.count('generate')).toBe(0);
});

test('a shot is pinned with P, left to the plan with P, and both can be undone', async () => {
  const { person, backend, shop } = await open();
  await person.click(await card(0));
  await person.keyboard('p');
  await waitFor(() => expect(shop.detail.pins['script-1']).toHaveLength(1));
  expect(shop.detail.pins['script-1']?.[0]).toMatchObject({
    variant: 0,
    sentence: SENTENCES[0],
    part: 0,
    shot: 'source-1-shot-0',
  });
  expect(await screen.findByRole('button', { name: /^Shot 1.*pinned/ })).toBeVisible();
  await person.keyboard('p');
  await waitFor(() => expect(shop.detail.pins['script-1']).toHaveLength(0));
  await person.keyboard('{Control>}z{/Control}');
  await waitFor(() => expect(shop.detail.pins['script-1']).toHaveLength(1));
  await person.keyboard('{Control>}z{/Control}');
  await waitFor(() => expect(shop.detail.pins['script-1']).toHaveLength(0));
  expect(backend.count('pin_remove')).toBe(2);
});

test('a shot is swapped with the keyboard, the video is planned with it, and undo brings the old one back', async () => {
  const { person, backend, shop } = await open();
  await person.click(await card(0));
  await person.keyboard('s');
  const other = await screen.findByRole('button', { name: /tag: rabbit.*fresh/ });
  other.focus();
  await person.keyboard('{Enter}');
  await waitFor(() => expect(shop.detail.pins['script-1']?.[0]?.shot).toBe('source-5-shot-3'));
  await planned(backend, 1);
  expect(await screen.findByRole('button', { name: /^Shot 1, .*, pinned, pinned/ })).toBeVisible();
  await person.keyboard('{Escape}{Control>}z{/Control}');
  await waitFor(() => expect(shop.detail.pins['script-1']).toHaveLength(0));
});

test('a shot moves to the next place with Alt and the arrow: the two change places', async () => {
  const { person, shop } = await open();
  await person.click(await card(0));
  await person.keyboard('{Alt>}{ArrowRight}{/Alt}');
  await waitFor(() => expect(shop.detail.pins['script-1']).toHaveLength(2));
  expect(shop.detail.pins['script-1']?.map((pin) => [pin.part, pin.shot])).toEqual([
    [0, 'source-2-shot-0'],
    [1, 'source-1-shot-0'],
  ]);
});

test('a shot dragged onto another one changes places with it', async () => {
  const { shop } = await open();
  const [first, goal] = [await card(0), await card(2)];
  document.elementFromPoint = vi.fn(() => goal);
  fireEvent.pointerDown(first, { button: 0, clientX: 10, clientY: 10 });
  fireEvent.pointerMove(window, { clientX: 60, clientY: 90 });
  expect(goal.dataset['over']).toBe('true');
  fireEvent.pointerUp(window, { clientX: 60, clientY: 90 });
  await waitFor(() => expect(shop.detail.pins['script-1']).toHaveLength(2));
  expect(shop.detail.pins['script-1']?.[1]).toMatchObject({
    sentence: SENTENCES[1],
    part: 0,
    shot: 'source-1-shot-0',
  });
});

test('a shot dragged from the footage is pinned where it is dropped', async () => {
  const { person, shop } = await open();
  const goal = await card(1);
  await person.keyboard('{Alt>}{Shift>}6{/Shift}{/Alt}');
  await person.click(await screen.findByRole('button', { name: /source-3\.mp4/ }));
  const shot = (await screen.findAllByRole('button', { name: /^Shot, 0:03\.0/ }))[2];
  if (!shot) throw new Error('no shot');
  document.elementFromPoint = vi.fn(() => goal);
  fireEvent.pointerDown(shot, { button: 0, clientX: 10, clientY: 10 });
  fireEvent.pointerMove(window, { clientX: 60, clientY: 90 });
  fireEvent.pointerUp(window, { clientX: 60, clientY: 90 });
  await waitFor(() =>
    expect(shop.detail.pins['script-1']?.[0]).toMatchObject({ part: 1, shot: 'source-3-shot-2' }),
  );
});

test('where a shot starts is moved with the arrow keys, frame by frame', async () => {
  const { person, shop } = await open();
  await person.click(await card(0));
  const trim = await screen.findByRole('slider', { name: 'Where the shot starts' });
  trim.focus();
  await person.keyboard('{ArrowRight}');
  await waitFor(() =>
    expect(shop.detail.pins['script-1']?.[0]).toMatchObject({ shot: 'source-1-shot-0', in_ms: 233 }),
  );
});

test('how a shot fills the frame is changed for that shot, planned again, and undone', async () => {
  const { person, backend } = await open(
    (() => {
      const shop = aWorkshop();
      shop.handlers.shot_framing = () => ({}) as never;
      return shop;
    })(),
  );
  await person.click(await card(0));
  await person.keyboard('f');
  await person.click(await screen.findByRole('button', { name: 'Blurred edges' }));
  await waitFor(() =>
    expect(backend.last('shot_framing')).toEqual({ shot: 'source-1-shot-0', framing: { how: 'blur_fit' } }),
  );
  await planned(backend, 1);
  await person.keyboard('{Escape}{Control>}z{/Control}');
  await waitFor(() =>
    expect(backend.last('shot_framing')).toEqual({ shot: 'source-1-shot-0', framing: null }),
  );
});

test('the one button renders the plan that is shown', async () => {
  const { person, backend } = await open();
  await card(0);
  await person.keyboard('{Control>}{Enter}{/Control}');
  await waitFor(() =>
    expect(backend.last('render_variants')).toEqual({ variants: ['variant-0', 'variant-1', 'variant-2'] }),
  );
  expect(backend.count('generate')).toBe(0);
});

test('another number of variants is planned and rendered in one go', async () => {
  const { person, backend } = await open();
  await card(0);
  await person.click(screen.getByRole('button', { name: 'One variant more' }));
  await person.click(screen.getByRole('button', { name: /Make 4 variants/ }));
  await waitFor(() =>
    expect(backend.last('generate')?.order).toMatchObject({ render: true, variants: 4, seed: 7 }),
  );
  expect(backend.count('render_variants')).toBe(0);
});

test('videos that are all ready are shown in the library, and more are made with another seed', async () => {
  const shop = aWorkshop();
  for (const row of shop.batches[0]?.variants ?? []) row.clip = `clip-${row.number}`;
  const { person, backend } = await open(shop);
  await card(0);
  await person.click(await screen.findByRole('button', { name: /Make 3 more/ }));
  await waitFor(() => expect(backend.last('generate')?.order).toMatchObject({ render: true, variants: 3 }));
  expect(backend.last('generate')?.order.seed).not.toBe(7);
  await person.click(await screen.findByRole('button', { name: 'Show in library' }));
  await waitFor(() => expect(screen.queryByRole('textbox', { name: 'Script text' })).toBeNull());
});

test('a variant says how far it is, and why it failed', async () => {
  const shop = aWorkshop();
  const [first, second] = shop.batches[0]?.variants ?? [];
  if (!first || !second) throw new Error('no variants');
  first.job = 'job-a';
  second.job = 'job-b';
  const { aJobOf } = await import('../../testing/project');
  shop.jobs.push(
    aJobOf(
      { kind: 'render', variant: first.id },
      { id: 'job-a', state: 'running', progress: 0.4, step: 'encoding shot 4 of 9' },
    ),
    aJobOf(
      { kind: 'render', variant: second.id },
      { id: 'job-b', state: 'failed', failure: failure('disk_full', 'The disk is full.') },
    ),
  );
  const { person } = await open(shop);
  expect(await screen.findByText('rendering 40 %')).toBeVisible();
  expect(screen.getByRole('progressbar', { name: 'Variant 1: Encoding shot 4 of 9' })).toHaveAttribute(
    'aria-valuenow',
    '40',
  );
  await person.click(screen.getByRole('button', { name: 'Why it failed' }));
  expect(await screen.findByText('The disk is full.')).toBeVisible();
  await expectAccessible();
});

test('a plan that fails says why beside the preview and can be tried again', async () => {
  const shop = aWorkshop({ batches: [] });
  const works = shop.handlers.generate;
  shop.handlers.generate = () => {
    throw failure(
      'no_voice',
      'No installed voice speaks Klingon. Install espeak-ng, or use a recording of your own.',
    );
  };
  const { person, backend } = await open(shop);
  expect(await screen.findByText(/No installed voice speaks Klingon/, {}, { timeout: 3000 })).toBeVisible();
  expect(backend.count('generate')).toBe(1);
  shop.handlers.generate = works;
  backend.handlers.generate = works;
  await person.click(screen.getByRole('button', { name: 'Try again' }));
  await planned(backend, 2);
  expect(await card(0)).toBeVisible();
});

test('variants and sentences are walked with the keyboard', async () => {
  const { person } = await open();
  await card(0);
  await person.keyboard(']');
  expect(screen.getByRole('button', { name: /^Variant 2/ })).toHaveAttribute('aria-current', 'true');
  await person.keyboard('[[[[');
  expect(screen.getByRole('button', { name: /^Variant 3/ })).toHaveAttribute('aria-current', 'true');
  await person.keyboard('{Alt>}{ArrowDown}{/Alt}');
  const rows = screen.getByRole('list', { name: 'Sentences and their shots' }).children;
  expect(rows[1]).toHaveAttribute('aria-current', 'true');
});

test('a click on a word goes there', async () => {
  const { person } = await open();
  await card(0);
  const rows = screen.getByRole('list', { name: 'Sentences and their shots' }).children;
  await person.click(within(rows[2] as HTMLElement).getByText('people'));
  expect(rows[2]).toHaveAttribute('aria-current', 'true');
  expect(within(rows[2] as HTMLElement).getByText('people').dataset['spoken']).toBe('true');
});

test('a script is added, named, tagged and removed, each with a way back', async () => {
  const { person, backend, text } = await open();
  await person.click(screen.getByRole('button', { name: 'Add a script' }));
  const fresh = screen.getByRole('textbox', { name: 'Script text' });
  expect(fresh).toHaveValue('');
  expect(fresh).not.toBe(text);
  await person.type(fresh, 'Second idea.');
  await person.tab();
  expect(await screen.findByRole('tab', { name: 'Script 2', selected: true })).toBeVisible();
  await person.click(screen.getByRole('button', { name: 'More for this script' }));
  await person.click(await screen.findByRole('menuitem', { name: 'Tags for choosing shots' }));
  await person.type(await screen.findByRole('textbox', { name: 'Tags' }), 'Oven, bread, oven{Enter}');
  await waitFor(() => expect(backend.last('script_tags')?.tags).toEqual(['oven', 'bread']));
  await person.click(screen.getByRole('button', { name: 'More for this script' }));
  await person.click(await screen.findByRole('menuitem', { name: 'Remove script' }));
  await waitFor(() => expect(screen.queryByRole('tab', { name: 'Script 2' })).toBeNull());
  await person.click(screen.getByRole('button', { name: 'Undo' }));
  expect(await screen.findByRole('tab', { name: 'Script 2' })).toBeVisible();
});

test('a recording of one’s own takes the place of the voice, and goes again', async () => {
  const { person, backend, shop } = await open();
  backend.files = [['/home/ana/voice.wav']];
  await person.click(await screen.findByRole('button', { name: 'Use a recording of your own' }));
  await waitFor(() => expect(shop.detail.scripts[0]?.recording?.path).toBe('media/narration/file.wav'));
  expect(backend.last('sound_add')).toEqual({ path: '/home/ana/voice.wav', what_for: 'narration' });
  expect(screen.queryByRole('radiogroup', { name: 'Voices' })).toBeNull();
  await planned(backend, 1);
  await person.click(screen.getByRole('button', { name: 'Remove the recording' }));
  await waitFor(() => expect(shop.detail.scripts[0]?.recording).toBeNull());
  await person.keyboard('{Control>}z{/Control}');
  await waitFor(() => expect(shop.detail.scripts[0]?.recording).not.toBeNull());
});

test('a voice is chosen by language, and the choice can be undone', async () => {
  const { person, shop } = await open();
  await person.click(await screen.findByRole('radio', { name: /RMS/ }));
  await waitFor(() => expect(shop.detail.project.look.voice).toEqual({ provider: 'flite', voice: 'rms' }));
  expect(screen.queryByRole('radio', { name: /Romanian/ })).toBeNull();
  // A voice over the network that is turned off is not offered.
  await person.click(screen.getByRole('button', { name: 'Show all 3 voices' }));
  expect(screen.queryByText('Emma')).toBeNull();
  expect(screen.getByRole('radio', { name: /Romanian/ })).toBeVisible();
  await person.keyboard('{Control>}z{/Control}');
  await waitFor(() => expect(shop.detail.project.look.voice).toBeNull());
});

test('a caption is changed, broken, joined and emphasised, and all of it undone', async () => {
  const { person, shop } = await open();
  await card(0);
  await person.keyboard('{Alt>}{Shift>}2{/Shift}{/Alt}');
  const first = await screen.findByRole('textbox', { name: 'Caption at 0:00.0' });
  await person.clear(first);
  await person.type(first, 'A rabbit awakes{Enter}');
  await waitFor(() => expect(shop.edits[0]?.change).toEqual({ kind: 'text', text: 'A rabbit awakes' }));
  await person.click(screen.getByRole('button', { name: 'rabbit' }));
  await waitFor(() =>
    expect(shop.edits.some((edit) => edit.change.kind === 'emphasis' && edit.first === 1)).toBe(true),
  );
  const second = screen.getByRole('textbox', { name: 'Caption at 0:01.0' }) as HTMLInputElement;
  await person.click(second);
  second.setSelectionRange(0, 0);
  await person.keyboard('{Backspace}');
  await waitFor(() =>
    expect(shop.edits.at(-1)).toMatchObject({ first: 3, last: 3, change: { kind: 'cue_break', on: false } }),
  );
  await person.keyboard('{Escape}');
  for (let left = 2; left >= 0; left -= 1) {
    await person.keyboard('{Control>}z{/Control}');
    await waitFor(() => expect(shop.edits).toHaveLength(left));
  }
});

test('captions are turned off, and a style is chosen', async () => {
  const { person, shop } = await open();
  await person.keyboard('{Alt>}{Shift>}2{/Shift}{/Alt}');
  await person.click(await screen.findByRole('radio', { name: /Boxed word/ }));
  await waitFor(() => expect(shop.detail.project.look.caption_style).toBe('boxed'));
  await expectAccessible();
  await person.click(screen.getByRole('switch', { name: 'Burn captions in' }));
  await waitFor(() => expect(shop.detail.project.look.captions).toBe(false));
});

test('music is added below the voice and taken away again', async () => {
  const { person, backend, shop } = await open();
  backend.files = [['/home/ana/song.mp3']];
  await person.keyboard('{Alt>}{Shift>}3{/Shift}{/Alt}');
  await person.click(await screen.findByRole('button', { name: 'Add music' }));
  await waitFor(() => expect(shop.detail.project.look.music).toMatchObject({ duck: true, gain_db: -14 }));
  await person.click(await screen.findByRole('switch', { name: 'Quieter while the voice speaks' }));
  await waitFor(() => expect(shop.detail.project.look.music?.duck).toBe(false));
  await expectAccessible();
  await person.click(screen.getByRole('button', { name: 'Remove the music' }));
  await waitFor(() => expect(shop.detail.project.look.music).toBeNull());
});

test('the footage panel says how much is fresh, and a project uses only what is chosen', async () => {
  const { person, shop } = await open();
  await card(0);
  await person.keyboard('{Alt>}{Shift>}6{/Shift}{/Alt}');
  expect(await screen.findByText('15 fresh shots left')).toBeVisible();
  expect(screen.getByText('enough for 1 video without a repeat')).toBeVisible();
  await person.click(screen.getByRole('radio', { name: /Only chosen/ }));
  await person.click(await screen.findByRole('checkbox', { name: 'Use source-2.mp4' }));
  await waitFor(() => expect(shop.detail.sources).toEqual(['source-1', 'source-3', 'source-4', 'source-5']));
  expect(await screen.findByText('12 fresh shots left')).toBeVisible();
  await expectAccessible();
});

test('columns are as wide as they were left, for this profile', async () => {
  const { person, unmount } = await open();
  const border = screen.getByRole('separator', { name: 'Width of the script' });
  const width = Number(border.getAttribute('aria-valuenow'));
  border.focus();
  await person.keyboard('{ArrowRight}');
  expect(border).toHaveAttribute('aria-valuenow', String(width + 16));
  unmount();
  await open();
  expect(screen.getByRole('separator', { name: 'Width of the script' })).toHaveAttribute(
    'aria-valuenow',
    String(width + 16),
  );
});

test('variants are compared side by side', async () => {
  const { person } = await open();
  await card(0);
  await person.keyboard('{Shift>}c{/Shift}');
  const dialog = await screen.findByRole('dialog', { name: 'Compare variants' });
  expect(within(dialog).getAllByRole('figure')).toHaveLength(3);
  await person.click(within(dialog).getByRole('button', { name: 'Play together' }));
  expect(await within(dialog).findByRole('button', { name: 'Pause' })).toBeVisible();
  await expectAccessible(dialog);
});

test('a project that is not there says so', async () => {
  await renderApp({
    at: AT,
    handlers: {
      project_show: () => {
        throw failure('not_found', 'There is no project "project-1" in this profile.');
      },
    },
  });
  expect(await screen.findByRole('alert')).toHaveTextContent('There is no project');
  expect(screen.getByRole('link', { name: 'All projects' })).toBeVisible();
});
