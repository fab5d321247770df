import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { failure } from '../../../backend/fake';
import { AFTER_MS, AGAIN_MS, Draft, NotYet } from './draft';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function aDraft(store: (text: string, before: string) => Promise<void>, kept: string | null = null) {
  const keep = vi.fn<(text: string | null) => void>();
  return { draft: new Draft('one', 'Bread.', store, keep, kept), keep };
}

test('what is typed is stored a moment after the last letter, once', async () => {
  const store = vi.fn(() => Promise.resolve());
  const { draft } = aDraft(store);
  draft.type('Bread a');
  draft.type('Bread and');
  await vi.advanceTimersByTimeAsync(AFTER_MS - 1);
  expect(store).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  expect(store).toHaveBeenCalledExactlyOnceWith('Bread and', 'Bread.');
  expect(draft.shown()).toMatchObject({ state: 'saved', text: 'Bread and' });
});

test('what is typed while it is being stored is stored after it', async () => {
  let done = () => {};
  const texts: string[] = [];
  const { draft } = aDraft((text) => {
    texts.push(text);
    return texts.length === 1 ? new Promise((resolve) => (done = resolve)) : Promise.resolve();
  });
  draft.type('A');
  const stored = draft.flush();
  draft.type('AB');
  done();
  await stored;
  expect(texts).toEqual(['A', 'AB']);
  expect(draft.unsaved).toBe(false);
});

test('a text that cannot be stored stays, is remembered, and is tried again', async () => {
  const full = failure('disk_full', 'The disk is full.');
  const store = vi.fn((): Promise<void> => Promise.reject(full));
  const { draft, keep } = aDraft(store);
  draft.type('Bread and more');
  await expect(draft.flush()).rejects.toBe(full);
  expect(draft.shown()).toEqual({ text: 'Bread and more', state: 'failed', failure: full });
  expect(keep).toHaveBeenLastCalledWith('Bread and more');
  store.mockImplementation(() => Promise.resolve());
  await vi.advanceTimersByTimeAsync(AGAIN_MS);
  expect(draft.shown().state).toBe('saved');
  expect(keep).toHaveBeenLastCalledWith(null);
});

test('a text that was never stored is there again, and is stored', async () => {
  const store = vi.fn(() => Promise.resolve());
  const { draft } = aDraft(store, 'Bread, as it was typed before the crash');
  expect(draft.shown().text).toBe('Bread, as it was typed before the crash');
  await vi.advanceTimersByTimeAsync(AFTER_MS);
  expect(store).toHaveBeenCalledOnce();
});

test('a change from elsewhere shows, but never over what is being typed', () => {
  const { draft } = aDraft(() => Promise.resolve());
  draft.adopt('Undone.');
  expect(draft.shown().text).toBe('Undone.');
  draft.type('Undone, and more');
  draft.adopt('Something else.');
  expect(draft.shown().text).toBe('Undone, and more');
  expect(draft.unsaved).toBe(true);
});

test('a text with nothing to say waits without a failure', async () => {
  const { draft, keep } = aDraft(() => Promise.reject(new NotYet()));
  draft.type('…');
  await draft.flush();
  expect(draft.shown()).toMatchObject({ state: 'waiting', failure: null, text: '…' });
  expect(keep).toHaveBeenLastCalledWith('…');
});
