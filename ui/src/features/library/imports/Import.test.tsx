import { act, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, expect, it } from 'vitest';
import { failure } from '../../../backend/fake';
import { aLibrary } from '../../../testing/library';
import { renderApp } from '../../../testing/renderApp';
import { giveSizes } from '../../../testing/sizes';
import { aSource, aSourceRow } from '../../../testing/source';

beforeEach(() => giveSizes(1200, 800));

async function show() {
  const library = aLibrary({ sources: [aSourceRow({ id: 'here', name: 'here.mp4' })] });
  library.handlers.source_add = ({ paths }) => {
    const name = paths[0]?.split('/').at(-1) ?? '';
    const refused = name.endsWith('.txt')
      ? [{ name, failure: failure('not_a_video', `"${name}" is not a video. Choose another file.`) }]
      : [];
    const added = refused.length === 0 ? [{ source: aSource({ id: name, name }), job: 'job-1' }] : [];
    return { added, already: [], refused };
  };
  const app = await renderApp({ handlers: library.handlers, at: '/library' });
  await screen.findByRole('gridcell', { name: 'here.mp4' });
  return { ...app, library };
}

it('takes in what is dropped anywhere on the page, and says so while it is dragged', async () => {
  const { backend } = await show();
  act(() => backend.emitDrag({ kind: 'over' }));
  expect(screen.getByText('Add to the library')).toBeVisible();
  act(() => backend.emitDrag({ kind: 'dropped', paths: ['/x/a.mp4', '/x/b.mp4'], x: 10, y: 10 }));
  expect(screen.queryByText('Add to the library')).toBeNull();
  await screen.findByText('2 files added');
  expect(backend.made.filter((made) => made.name === 'source_add').map((made) => made.args)).toEqual([
    { paths: ['/x/a.mp4'] },
    { paths: ['/x/b.mp4'] },
  ]);
});

it('lists the files that were left out, each with the reason', async () => {
  const { backend, person } = await show();
  act(() =>
    backend.emitDrag({ kind: 'dropped', paths: ['/x/a.mp4', '/x/notes.txt', '/x/more.txt'], x: 0, y: 0 }),
  );
  await screen.findByText('1 file added · 2 files left out');
  const [why] = screen.getAllByRole('button', { name: 'See why' });
  if (why) await person.click(why);
  const dialog = within(await screen.findByRole('dialog', { name: '2 files left out' }));
  expect(dialog.getByText('notes.txt')).toBeVisible();
  expect(dialog.getByText('"notes.txt" is not a video. Choose another file.')).toBeVisible();
  expect(dialog.getAllByRole('button', { name: 'Copy details' })).toHaveLength(2);
  await person.click(dialog.getByRole('button', { name: 'Understood' }));
  await waitFor(() => expect(screen.queryByText('2 files left out')).toBeNull());
});

it('shows how far it is, stops between two files, and goes on while another page is shown', async () => {
  const { backend, person } = await show();
  const release = backend.hold('source_add');
  act(() => backend.emitDrag({ kind: 'dropped', paths: ['/x/a.mp4', '/x/b.mp4', '/x/c.mp4'], x: 0, y: 0 }));
  await screen.findByText('Adding 1 of 3: a.mp4');
  await person.click(screen.getByRole('tab', { name: /Clips/ }));
  await screen.findByText('No clips yet');
  await person.click(screen.getByRole('tab', { name: 'Footage' }));
  await person.click(await screen.findByRole('button', { name: 'Stop' }));
  release();
  await screen.findByText('1 file added');
  expect(backend.count('source_add')).toBe(1);
});

it('adds a folder that is chosen, and nothing when none is', async () => {
  const { backend, person } = await show();
  backend.folders = [null, '/home/ana/videos'];
  for (let time = 0; time < 2; time += 1) {
    await person.click(screen.getByRole('button', { name: 'Add footage' }));
    await person.click(await screen.findByRole('menuitem', { name: /Choose a folder/ }));
  }
  await waitFor(() => expect(backend.last('source_add')).toEqual({ paths: ['/home/ana/videos'] }));
  expect(backend.count('source_add')).toBe(1);
});

it('tells what went wrong with the whole import', async () => {
  const { backend } = await show();
  backend.handlers.source_add = () => {
    throw failure('disk_full', 'There is no room left on the disk.');
  };
  act(() => backend.emitDrag({ kind: 'dropped', paths: ['/x/a.mp4'], x: 0, y: 0 }));
  await screen.findAllByText('1 file left out');
});
