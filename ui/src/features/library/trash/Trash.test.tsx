import { act, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { UNDO_MS } from '../../../app/toasts';
import { aClipRow } from '../../../testing/clip';
import { aLibrary } from '../../../testing/library';
import { expectAccessible, renderApp } from '../../../testing/renderApp';
import { giveSizes } from '../../../testing/sizes';
import { aSourceRow } from '../../../testing/source';

beforeEach(() => giveSizes(1200, 800));
afterEach(() => vi.useRealTimers());

async function show() {
  const library = aLibrary();
  library.trashed.clips = [
    aClipRow({ id: 'clip-1', name: 'old video' }),
    aClipRow({ id: 'clip-2', name: 'older video' }),
  ];
  library.trashed.sources = [aSourceRow({ id: 'source-1', name: 'old take.mp4' })];
  const app = await renderApp({ handlers: library.handlers, at: '/library?tab=trash' });
  library.announceBy(app.backend);
  await screen.findByText('old video');
  return { ...app, library };
}

it('brings footage and clips back, and takes that back', async () => {
  const { person, library } = await show();
  const [clip, , source] = screen.getAllByRole('button', { name: 'Restore' });
  if (!clip || !source) throw new Error('nothing to restore');
  await person.click(clip);
  await screen.findByText('“old video” is back in the library');
  await person.click(source);
  await screen.findByText('“old take.mp4” is back in the library');
  expect(library.clips.map((row) => row.id)).toEqual(['clip-1']);
  expect(library.sources.map((row) => row.id)).toEqual(['source-1']);
  const [undo] = screen.getAllByRole('button', { name: 'Undo' });
  if (undo) await person.click(undo);
  await waitFor(() => expect(library.clips).toEqual([]));
});

it('erases for good only when the message with the way back is gone', async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  const { backend, library } = await show();
  const person = userEvent.setup({ advanceTimers: vi.advanceTimersByTime });
  const [erase] = screen.getAllByRole('button', { name: 'Erase for good' });
  if (erase) await person.click(erase);
  await screen.findByText('“old video” erased');
  expect(screen.queryByText('old video')).toBeNull();
  expect(backend.count('clip_erase')).toBe(0);
  act(() => void vi.advanceTimersByTime(UNDO_MS));
  await waitFor(() => expect(library.trashed.clips.map((row) => row.id)).toEqual(['clip-2']));
});

it('erases nothing when it is undone in time', async () => {
  const { backend, person } = await show();
  await person.click(screen.getByRole('button', { name: 'Erase 2 clips for good' }));
  await screen.findByText('2 clips erased');
  expect(screen.queryByText('older video')).toBeNull();
  await person.click(screen.getByRole('button', { name: 'Undo' }));
  await screen.findByText('older video');
  expect(backend.count('clip_erase')).toBe(0);
});

it('erases what was decided when the profile is left', async () => {
  const { backend, person } = await show();
  await person.click(screen.getByRole('button', { name: 'Erase 2 clips for good' }));
  await screen.findByText('2 clips erased');
  await act(() => backend.askClose());
  expect(backend.count('clip_erase')).toBe(2);
});

it('is usable without sight, full and empty', async () => {
  const { unmount } = await show();
  await expectAccessible();
  unmount();
  await renderApp({ handlers: aLibrary().handlers, at: '/library?tab=trash' });
  await screen.findByText('The trash is empty');
  await expectAccessible();
});
