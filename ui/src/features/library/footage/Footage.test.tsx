import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, expect, it } from 'vitest';
import { failure } from '../../../backend/fake';
import { aLibrary, manySources } from '../../../testing/library';
import { expectAccessible, renderApp } from '../../../testing/renderApp';
import { giveSizes, scrollTo } from '../../../testing/sizes';
import { aSourceRow } from '../../../testing/source';

beforeEach(() => giveSizes(1200, 800));

const few = () =>
  aLibrary({
    sources: [
      aSourceRow({ id: 'oven', name: 'oven.mp4', tags: ['bread'] }),
      aSourceRow({ id: 'street', name: 'street.mp4', used: 3, fresh_shots: 1, hdr: true, proxy: true }),
      aSourceRow({ id: 'door', name: 'door.mp4', has_sound: false }),
    ],
  });

async function show(library = few(), at = '/library') {
  const app = await renderApp({ handlers: library.handlers, at });
  library.announceBy(app.backend);
  return { ...app, library };
}

const tile = (name: string) => screen.findByRole('gridcell', { name });
const inspector = () => screen.findByRole('complementary');

it('mounts at most a hundred tiles of ten thousand, and none stays blank after a jump', async () => {
  const { backend } = await show(aLibrary({ sources: manySources(10_000) }));
  await tile('take 0.mp4');
  expect(screen.getByText('10,000 files')).toBeVisible();
  expect(screen.getAllByRole('gridcell').length).toBeLessThanOrEqual(100);

  const view = screen.getByTestId('tiles');
  const height = Number.parseFloat(screen.getByRole('grid').style.height);
  scrollTo(view, Math.round(height / 2));
  // Before its page is there a tile says that it is coming, and keeps its place.
  const places = screen.getAllByRole('gridcell');
  expect(
    places.every((place) => place.textContent !== '' || place.getAttribute('aria-busy') === 'true'),
  ).toBe(true);
  await waitFor(() => {
    const tiles = screen.getAllByRole('gridcell');
    expect(tiles.length).toBeLessThanOrEqual(100);
    expect(tiles.length).toBeGreaterThan(10);
    expect(tiles.filter((each) => each.getAttribute('aria-busy'))).toEqual([]);
  });
  const numbers = screen
    .getAllByRole('gridcell')
    .map((each) => Number(/\d+/.exec(each.getAttribute('aria-label') ?? '')?.[0]));
  expect(Math.min(...numbers)).toBeGreaterThan(4500);
  expect(Math.max(...numbers)).toBeLessThan(5500);
  // Pages between the top and the place that was jumped to are not read.
  expect(backend.count('source_page')).toBeLessThan(8);
});

it('asks for what is searched, filtered and ordered', async () => {
  const { backend, person } = await show();
  await tile('oven.mp4');
  await person.type(screen.getByRole('searchbox'), 'st');
  await waitFor(() =>
    expect(backend.last('source_page')).toMatchObject({ filter: { text: 'st', tags: [] } }),
  );
  await waitFor(() => expect(screen.queryByRole('gridcell', { name: 'oven.mp4' })).toBeNull());
  await person.click(screen.getByRole('button', { name: 'Clear' }));

  await person.click(await screen.findByRole('button', { name: 'Tags' }));
  await person.click(await screen.findByRole('checkbox', { name: /bread/ }));
  await waitFor(() =>
    expect(backend.last('source_page')).toMatchObject({ filter: { text: null, tags: ['bread'] } }),
  );
  await person.keyboard('{Escape}');

  await person.click(screen.getByRole('combobox', { name: 'Order' }));
  await person.click(await screen.findByRole('option', { name: 'Most used first' }));
  await waitFor(() =>
    expect(backend.last('source_page')).toMatchObject({ sort: 'most_used', limit: 200, offset: 0 }),
  );
});

it('says so when nothing is found, and shows everything again', async () => {
  const { person } = await show();
  await tile('oven.mp4');
  await person.type(screen.getByRole('searchbox'), 'nowhere');
  await screen.findByText('Nothing found');
  await person.click(screen.getByRole('button', { name: 'Show everything' }));
  await tile('oven.mp4');
});

it('moves with the arrow keys from a single tab stop, and selects several', async () => {
  const { person } = await show();
  const first = await tile('oven.mp4');
  expect(screen.getAllByRole('gridcell').filter((each) => each.tabIndex === 0)).toEqual([first]);
  await person.keyboard('{ArrowRight}');
  const second = await tile('street.mp4');
  await waitFor(() => expect(second).toHaveFocus());
  expect(second).toHaveAttribute('aria-selected', 'true');
  await person.keyboard('{Shift>}{ArrowRight}{/Shift}');
  await screen.findByText('2 files selected');
  await person.keyboard('{Control>}a{/Control}');
  await screen.findByText('3 files selected');
  await person.keyboard('{Escape}');
  await waitFor(() => expect(screen.queryByText('3 files selected')).toBeNull());

  await person.click(first);
  await person.keyboard('{Control>}');
  await person.click(await tile('door.mp4'));
  await person.keyboard('{/Control}');
  await screen.findByText('2 files selected');
  await person.click(first);
  await person.keyboard('{Shift>}');
  await person.click(await tile('door.mp4'));
  await person.keyboard('{/Shift}');
  await screen.findByText('3 files selected');
});

it('adds a tag that is undone with the message, and one that is taken away comes back', async () => {
  const { person, library } = await show();
  await person.click(await tile('oven.mp4'));
  const tags = () => library.sources[0]?.tags;
  await person.type(within(await inspector()).getByRole('combobox', { name: 'Add a tag' }), ' Warm {Enter}');
  await screen.findByText('Tag “warm” added');
  expect(tags()).toEqual(['bread', 'warm']);
  await person.click(screen.getByRole('button', { name: 'Undo' }));
  await waitFor(() => expect(tags()).toEqual(['bread']));

  await person.click(await screen.findByRole('button', { name: 'Remove the tag bread' }));
  await screen.findByText('Tag “bread” removed');
  expect(tags()).toEqual([]);
  (document.activeElement as HTMLElement | null)?.blur();
  await person.keyboard('{Control>}z{/Control}');
  await waitFor(() => expect(tags()).toEqual(['bread']));
});

it('gives a tag to all selected files that lack it, and takes it from just those', async () => {
  const { person, library, backend } = await show();
  await tile('oven.mp4');
  await person.keyboard('{Control>}a{/Control}');
  await person.type(await screen.findByRole('combobox', { name: 'Add a tag' }), 'bread{Enter}');
  await screen.findByText('Tag “bread” added to 2 files');
  expect(library.sources.every((row) => row.tags.includes('bread'))).toBe(true);
  expect(backend.count('source_tag')).toBe(2);
  await person.click(screen.getByRole('button', { name: 'Undo' }));
  await waitFor(() => expect(library.sources.map((row) => row.tags.length)).toEqual([1, 0, 0]));
});

it('moves footage to the trash and brings it back', async () => {
  const { person, library } = await show();
  await person.click(await tile('street.mp4'));
  await person.keyboard('{Delete}');
  await screen.findByText('“street.mp4” moved to the trash');
  await waitFor(() => expect(screen.queryByRole('gridcell', { name: 'street.mp4' })).toBeNull());
  await person.click(screen.getByRole('button', { name: 'Undo' }));
  await tile('street.mp4');
  expect(library.trashed.sources).toEqual([]);
});

it('keeps how a source is framed, and takes it back', async () => {
  const { person, library } = await show();
  await person.click(await tile('oven.mp4'));
  await person.click(await screen.findByRole('radio', { name: 'Blur' }));
  await waitFor(() => expect(library.framing.get('oven')).toEqual({ how: 'blur_fit' }));
  (document.activeElement as HTMLElement | null)?.blur();
  await person.keyboard('{Control>}z{/Control}');
  await waitFor(() => expect(library.framing.get('oven')).toBeNull());
});

it('offers to relink a file that is missing', async () => {
  const library = aLibrary({ sources: [aSourceRow({ id: 'lost', name: 'lost.mp4', missing: true })] });
  const { person, backend } = await show(library);
  expect(within(await tile('lost.mp4')).getByText('File missing')).toBeVisible();
  const panel = within(await inspector());
  expect(panel.getByRole('alert')).toHaveTextContent('not where it was');
  backend.files = [['/elsewhere/lost.mp4']];
  await person.click(panel.getByRole('button', { name: 'Relink…' }));
  await screen.findByText('“lost.mp4” is linked again');
  expect(backend.last('source_relink')).toEqual({ id: 'lost', path: '/elsewhere/lost.mp4' });
  await waitFor(() => expect(panel.queryByRole('alert')).toBeNull());
});

it('tells why another file cannot take the place of a missing one', async () => {
  const library = aLibrary({ sources: [aSourceRow({ id: 'lost', name: 'lost.mp4', missing: true })] });
  library.handlers.source_relink = () => {
    throw failure('invalid_input', 'This is another file: its content differs.');
  };
  const { person, backend } = await show(library);
  backend.files = [['/elsewhere/other.mp4']];
  await person.click(await screen.findByRole('button', { name: 'Relink…' }));
  await screen.findByText('This is another file: its content differs.');
});

it('shows on the tile what is to know of a source', async () => {
  const library = few();
  library.handlers.job_list = () => [
    {
      id: 'job-1',
      title: 'door.mp4',
      kind: { kind: 'analyse', source: 'door' },
      batch: null,
      state: 'running',
      priority: 30,
      position: 0,
      step: '',
      progress: 0.4,
      attempts: 1,
      failure: null,
      result: null,
      eta_ms: null,
      created_at: 0,
      started_at: 0,
      finished_at: null,
    },
  ];
  library.sources = library.sources.map((row) => (row.id === 'door' ? { ...row, analysed: false } : row));
  await show(library);
  expect(within(await tile('oven.mp4')).getByText('Fresh')).toBeVisible();
  const street = within(await tile('street.mp4'));
  for (const badge of ['1/4 fresh', 'Used 3×', 'HDR', 'Proxy']) expect(street.getByText(badge)).toBeVisible();
  const door = within(await tile('door.mp4'));
  expect(door.getByLabelText('No sound')).toBeVisible();
  expect(door.getByText('Analysing 40%')).toBeVisible();
  expect(door.getByRole('progressbar')).toHaveAttribute('aria-valuenow', '40');
});

it('is usable without sight, full and empty', async () => {
  await show();
  await tile('oven.mp4');
  await within(await inspector()).findByText('Details');
  await expectAccessible();
});

it('says what to do when there is no footage', async () => {
  const { backend, person } = await show(aLibrary());
  await screen.findByText('No footage yet');
  await expectAccessible();
  backend.files = [['/somewhere/a.mp4']];
  backend.handlers.source_add = () => ({ added: [], already: [], refused: [] });
  await person.click(screen.getByRole('button', { name: 'Choose files…' }));
  await waitFor(() => expect(backend.last('source_add')).toMatchObject({ paths: ['/somewhere/a.mp4'] }));
});

it('says what is wrong when the list cannot be read, and reads it again', async () => {
  const library = few();
  const works = library.handlers.source_page;
  library.handlers.source_page = () => {
    throw failure('damaged_database', 'The database of this profile is damaged.');
  };
  const { person } = await show(library);
  expect(await screen.findByText('The database of this profile is damaged.')).toBeVisible();
  library.handlers.source_page = works;
  await person.click(screen.getByRole('button', { name: 'Try again' }));
  await tile('oven.mp4');
});
