import { describe, expect, it } from 'vitest';
import { aJob } from '../testing/job';
import { finishedBatches } from './jobs';

describe('a batch is finished', () => {
  const generate = (over = {}) =>
    aJob('g', {
      kind: { kind: 'generate', project: 'p', order: {} as never },
      title: 'Bakery',
      batch: 'b',
      state: 'done',
      ...over,
    });
  const video = (id: string, over = {}) => aJob(id, { batch: 'b', ...over });

  it('when its last video is, and says how many were made', () => {
    const before = [generate(), video('1', { state: 'done' }), video('2', { state: 'running' })];
    const after = [generate(), video('1', { state: 'done' }), video('2', { state: 'done' })];
    expect(finishedBatches(before, after)).toEqual([{ batch: 'b', title: 'Bakery', made: 2, failed: 0 }]);
  });

  it('once only', () => {
    const done = [generate(), video('1', { state: 'done' })];
    expect(finishedBatches(done, done)).toEqual([]);
    expect(finishedBatches([], done)).toEqual([]);
  });

  it('not while one waits, is paused or was interrupted', () => {
    for (const state of ['queued', 'running', 'paused', 'interrupted'] as const) {
      const before = [generate(), video('1', { state: 'running' }), video('2', { state })];
      const after = [generate(), video('1', { state: 'done' }), video('2', { state })];
      expect(finishedBatches(before, after)).toEqual([]);
    }
  });

  it('with what failed counted apart, and without a word when all was cancelled', () => {
    const before = [video('1', { state: 'running' }), video('2', { state: 'running' })];
    expect(
      finishedBatches(before, [video('1', { state: 'failed' }), video('2', { state: 'done' })]),
    ).toMatchObject([{ made: 1, failed: 1 }]);
    expect(
      finishedBatches(before, [video('1', { state: 'cancelled' }), video('2', { state: 'cancelled' })]),
    ).toEqual([]);
  });

  it('when the script could not even be spoken', () => {
    const before = [generate({ state: 'running' })];
    expect(finishedBatches(before, [generate({ state: 'failed' })])).toMatchObject([{ made: 0, failed: 1 }]);
  });

  it('only when its jobs were asked for together', () => {
    expect(finishedBatches([aJob('1', { state: 'running' })], [aJob('1', { state: 'done' })])).toEqual([]);
  });
});
