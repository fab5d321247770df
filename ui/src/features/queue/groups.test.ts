import { describe, expect, it } from 'vitest';
import { aJob } from '../../testing/job';
import { beforeWhich, grouped, rowsOf, startOfDay } from './groups';

const NOW = new Date(2026, 10, 24, 15, 0).getTime();

describe('the groups', () => {
  it('hold every state, what needs a person first', () => {
    const states = ['done', 'queued', 'interrupted', 'failed', 'paused', 'running', 'cancelled'] as const;
    const jobs = states.map((state) => aJob(state, { state, finished_at: NOW }));
    const rows = rowsOf(grouped(jobs, NOW));
    expect(rows.map((row) => (row.kind === 'head' ? `${row.group} ${row.count}` : row.job.id))).toEqual([
      'needs 1',
      'failed',
      'running 1',
      'running',
      'waiting 2',
      'queued',
      'interrupted',
      'paused 1',
      'paused',
      'done 2',
      'done',
      'cancelled',
    ]);
  });

  it('leave out what was done before today, and keep what failed then', () => {
    const yesterday = startOfDay(NOW) - 1;
    const jobs = [
      aJob('1', { state: 'done', finished_at: yesterday }),
      aJob('2', { state: 'failed', finished_at: yesterday }),
      aJob('3', { state: 'done', finished_at: startOfDay(NOW) }),
    ];
    const groups = grouped(jobs, NOW);
    expect(groups.done.map((job) => job.id)).toEqual(['3']);
    expect(groups.needs.map((job) => job.id)).toEqual(['2']);
  });

  it('leave out what was only planned, unless it failed or is still to be done', () => {
    const kind = { kind: 'generate', project: 'p', order: { render: false } as never } as const;
    const jobs = (['done', 'cancelled', 'failed', 'running'] as const).map((state) =>
      aJob(state, { kind, state, finished_at: NOW }),
    );
    const groups = grouped(jobs, NOW);
    expect([groups.done, groups.needs.length, groups.running.length]).toEqual([[], 1, 1]);
  });

  it('without a job have no heading', () => {
    expect(rowsOf(grouped([], NOW))).toEqual([]);
  });
});

describe('moving a job', () => {
  const waiting = [aJob('a', { priority: 30 }), aJob('1'), aJob('2'), aJob('3'), aJob('p', { priority: 0 })];
  const at = (index: number) => waiting[index] ?? aJob('none');

  it('names the one it is to stand before', () => {
    expect(beforeWhich(waiting, at(3), -1)).toBe('2');
    expect(beforeWhich(waiting, at(3), -2)).toBe('1');
    expect(beforeWhich(waiting, at(1), 1)).toBe('3');
  });

  it('goes behind all others with nobody named', () => {
    expect(beforeWhich(waiting, at(1), 2)).toBeNull();
    expect(beforeWhich(waiting, at(1), 99)).toBeNull();
  });

  it('stays among its own kind, and does nothing at an end', () => {
    expect(beforeWhich(waiting, at(1), -1)).toBeUndefined();
    expect(beforeWhich(waiting, at(0), 1)).toBeUndefined();
    expect(beforeWhich(waiting, aJob('gone'), 1)).toBeUndefined();
  });
});
