import { QueryClient } from '@tanstack/react-query';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CallName } from '../backend/backend';
import { refresher } from './queries';

describe('events', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  /** Which of these calls an event makes stale. */
  function hearing(names: CallName[]) {
    const client = new QueryClient();
    for (const name of names) client.setQueryData([name, {}], {});
    let alive = true;
    const refreshed = vi.spyOn(client, 'invalidateQueries');
    const hear = refresher(client, () => alive);
    const stale = () => names.filter((name) => client.getQueryState([name, {}])?.isInvalidated);
    return { hear, stale, refreshed, end: () => (alive = false) };
  }

  it('refresh_what_shows_what_they_are_about_and_nothing_else', () => {
    const { hear, stale } = hearing(['job_list', 'source_page', 'brand_show']);
    hear({ event: 'job', job: 'one' });
    vi.advanceTimersByTime(500);
    expect(stale()).toEqual(['job_list']);
    hear({ event: 'settings' });
    vi.advanceTimersByTime(500);
    expect(stale()).toEqual(['job_list', 'brand_show']);
  });

  it('are_gathered_so_that_a_hundred_of_them_read_once', () => {
    const { hear, refreshed } = hearing(['job_list', 'source_page']);
    for (let count = 0; count < 100; count += 1) hear({ event: 'job', job: `${count}` });
    hear({ event: 'source', source: 'one' });
    expect(refreshed).not.toHaveBeenCalled();
    vi.advanceTimersByTime(500);
    expect(refreshed).toHaveBeenCalledOnce();
    hear({ event: 'job', job: 'later' });
    vi.advanceTimersByTime(500);
    expect(refreshed).toHaveBeenCalledTimes(2);
  });

  it('that_were_missed_refresh_everything', () => {
    const { hear, stale } = hearing(['job_list', 'brand_show', 'project_list']);
    hear({ event: 'lagged' });
    vi.advanceTimersByTime(500);
    expect(stale()).toEqual(['job_list', 'brand_show', 'project_list']);
  });

  it('of_a_session_that_ended_meanwhile_refresh_nothing', () => {
    const { hear, stale, end } = hearing(['job_list']);
    hear({ event: 'job', job: 'one' });
    end();
    vi.advanceTimersByTime(500);
    expect(stale()).toEqual([]);
  });
});
