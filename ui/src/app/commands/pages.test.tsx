import { screen, within } from '@testing-library/react';
import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { aJob } from '../../testing/job';
import { renderApp } from '../../testing/renderApp';
import { PAGE_COMMANDS } from './pages';

const SOURCE = resolve(import.meta.dirname, '../..');
const listed = new Map<string, readonly [string, string, string?]>(
  PAGE_COMMANDS.flatMap((page) =>
    page.commands.map(([id, title, key]) => [id, [id, title.replace(/^.*:/, ''), key] as const]),
  ),
);

/** Commands as the pages register them: id, title, key. */
function registered(): [string, string, string?][] {
  const code = [
    'features/library',
    'features/project',
    'features/queue',
    'features/costs',
    'features/publish',
    'preview',
  ].flatMap((folder) =>
    readdirSync(join(SOURCE, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.tsx?$/.test(file) && !file.includes('.test.'))
      .map((file) => readFileSync(join(SOURCE, folder, file), 'utf8')),
  );
  return code.flatMap((text) =>
    [...text.matchAll(/useCommand\(\{(.*?)\}\);/gs)].flatMap(([, body = '']): [string, string, string?][] => {
      const id = /id: '([^']+)'/.exec(body)?.[1];
      const titles = /title: (.*?)(?:,\s*\w+:|,\s*$|,\s*\.\.\.)/s.exec(body)?.[1] ?? '';
      const title = [...titles.matchAll(/t\('([^']+)'\)/g)].at(-1)?.[1] ?? '';
      return id === undefined ? [] : [[id, title, /key: '([^']+)'/.exec(body)?.[1]]];
    }),
  );
}

describe('the commands of all pages', () => {
  it('are_the_ones_that_the_pages_register', () => {
    const there = registered();
    expect(there.length).toBeGreaterThan(70);
    expect(there.filter((one) => JSON.stringify(listed.get(one[0])) !== JSON.stringify(one))).toEqual([]);
    const ids = new Set(there.map(([id]) => id));
    expect([...listed.keys()].filter((id) => !ids.has(id))).toEqual([]);
  });

  it('are_in_the_list_of_keys_before_their_page_was_shown', async () => {
    const { person } = await renderApp({ at: '/settings' });
    await person.keyboard('?');
    const keys = await screen.findByRole('dialog', { name: /keys/i });
    expect(within(keys).getByText('Make the videos')).toBeVisible();
    expect(within(keys).getByText('Accept the clip')).toBeVisible();
    expect(within(keys).getByText('Retry all failed')).toBeVisible();
  });

  it('are_offered_by_the_palette_and_done_on_their_page', async () => {
    const failed = aJob('1', { state: 'failed' });
    const handlers = { job_list: () => [failed], job_retry_failed: () => [failed] };
    const { backend, person } = await renderApp({ at: '/settings', handlers });
    await person.keyboard('{Control>}k{/Control}');
    await person.type(await screen.findByRole('combobox'), 'retry all{Enter}');
    expect(await screen.findByTestId('queue')).toBeVisible();
    await expect.poll(() => backend.last('job_retry_failed')).toBeDefined();
  });
});
