import { act, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { failure } from '../../backend/fake';
import { aQuota, aQuotaLine } from '../../testing/money';
import { aPublication, aPublisher } from '../../testing/publish';
import { expectAccessible, renderApp } from '../../testing/renderApp';

describe('the title bar', () => {
  it('leads_to_the_pages_and_counts_what_is_to_be_done', async () => {
    const counts = { queued: 2, running: 1, paused: 0, interrupted: 0, done: 9, failed: 0, cancelled: 0 };
    const { backend, person } = await renderApp({ handlers: { job_counts: () => counts } });
    expect(await screen.findByTitle('3 jobs not done yet')).toHaveTextContent('3');
    backend.handlers.job_counts = () => ({ ...counts, failed: 1 });
    act(() => backend.emit({ event: 'job', job: 'one' }));
    expect(await screen.findByTitle('1 job failed and needs you')).toHaveTextContent('1');
    await person.click(screen.getByRole('link', { name: /^Queue/ }));
    await waitFor(() =>
      expect(screen.getByRole('link', { name: /^Queue/ })).toHaveAttribute('aria-current', 'page'),
    );
  });

  it('works_the_window', async () => {
    const { backend, person } = await renderApp();
    await person.click(screen.getByRole('button', { name: 'Minimise' }));
    await person.click(screen.getByRole('button', { name: 'Maximise' }));
    await person.click(screen.getByRole('button', { name: 'Close the window' }));
    expect(backend.done.slice(-3)).toEqual(['minimise', 'maximise', 'close']);
    expect(screen.getByRole('banner')).toHaveAttribute('data-tauri-drag-region');
  });

  it('says_beside_costs_when_a_limit_is_nearly_or_wholly_used_up', async () => {
    let quota = aQuota({ total: aQuotaLine({ used_microusd: 19_360_000, warning: true }) });
    const { backend } = await renderApp({ handlers: { quota_show: () => quota } });
    const link = await screen.findByRole('link', { name: /^Costs/ });
    expect(await within(link).findByText('88%')).toHaveAttribute(
      'title',
      '88% of a limit of this month is used',
    );
    quota = aQuota({ total: aQuotaLine({ warning: true, blocked: 'The limit of this month is reached.' }) });
    act(() => backend.emit({ event: 'costs' }));
    expect(await within(link).findByTitle(/^Paid speech is stopped/)).toBeVisible();
    quota = aQuota();
    act(() => backend.emit({ event: 'costs' }));
    await waitFor(() => expect(link).toHaveTextContent(/^Costs$/));
  });

  it('leads_to_every_page_and_says_how_many_posts_wait_for_the_person', async () => {
    const publisher = aPublisher({
      posts: [aPublication({ state: 'failed' }), aPublication({ id: 'b', state: 'unknown' })],
    });
    const { person } = await renderApp({ handlers: publisher.handlers });
    const publish = await screen.findByRole('link', { name: /^Publish/ });
    await waitFor(() => expect(publish).toHaveTextContent('2'));
    expect(within(publish).getByTitle(/^1 post failed, 1 post is looked for/)).toBeVisible();
    await person.click(publish);
    expect(await screen.findByRole('heading', { name: 'Publish' })).toBeInTheDocument();
  });
});

describe('closing the window', () => {
  it('stores_what_is_unsaved_first', async () => {
    const { backend, person } = await renderApp({ at: '/settings' });
    await person.type(await screen.findByRole('textbox', { name: 'Name' }), '!');
    await act(() => backend.askClose());
    expect(backend.last('profile_rename')).toEqual({ id: 'id-of-Brand A', name: 'Brand A!' });
    expect(backend.done).toContain('closed');
  });

  it('waits_for_the_person_when_something_cannot_be_stored', async () => {
    const handlers = { profile_rename: () => Promise.reject(failure('disk_full', 'The disk is full.')) };
    const { backend, person } = await renderApp({ at: '/settings', handlers });
    await person.type(await screen.findByRole('textbox', { name: 'Name' }), '!');
    await act(() => backend.askClose());
    expect(backend.done).not.toContain('closed');
    await person.click(await screen.findByRole('button', { name: 'Close without storing' }));
    expect(backend.done.at(-1)).toBe('close');
    await act(() => backend.askClose());
    expect(backend.done).toContain('closed');
  });

  it('deletes_what_was_on_its_way_to_the_trash', async () => {
    const { backend, person } = await renderApp();
    await person.keyboard('{Control>}p{/Control}');
    await person.click(await screen.findByRole('button', { name: 'More about Brand B' }));
    await person.click(await screen.findByRole('menuitem', { name: 'Delete' }));
    await act(() => backend.askClose());
    expect(backend.last('profile_delete')).toEqual({ id: 'id-of-Brand B' });
  });
});

describe('the palette', () => {
  const open = async () => {
    const app = await renderApp();
    await app.person.keyboard('{Control>}k{/Control}');
    await screen.findByRole('combobox', { name: 'Find a command' });
    return app;
  };

  it('finds_by_parts_of_words_and_runs_with_enter', async () => {
    const { person } = await open();
    await person.keyboard('set go');
    const options = within(screen.getByRole('listbox')).getAllByRole('option');
    expect(options[0]).toHaveTextContent('Go to the settings');
    expect(options[0]).toHaveTextContent('Ctrl,');
    await person.keyboard('{Enter}');
    expect(await screen.findByRole('heading', { name: 'Settings' })).toBeVisible();
    expect(screen.queryByRole('combobox')).toBeNull();
  });

  it('arrows_choose_and_escape_closes', async () => {
    const { person } = await open();
    await person.keyboard('go to{ArrowDown}');
    const input = screen.getByRole('combobox');
    const chosen = screen.getByRole('option', { selected: true });
    expect(chosen).toHaveTextContent('Go to the projects');
    expect(input).toHaveAttribute('aria-activedescendant', chosen.id);
    await expectAccessible();
    await person.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('combobox')).toBeNull());
  });

  it('says_when_nothing_is_called_that', async () => {
    const { person } = await open();
    await person.keyboard('qqqq');
    expect(screen.getByText('Nothing here is called "qqqq".')).toBeVisible();
  });

  it('opens_from_its_button', async () => {
    const { person } = await renderApp();
    await person.click(screen.getByRole('button', { name: /^Find/ }));
    expect(await screen.findByRole('combobox', { name: 'Find a command' })).toHaveFocus();
  });
});

describe('the list of keys', () => {
  const open = async (keys: Record<string, string> = {}) => {
    let settings = { theme: 'dark' as const, language: 'en', keys, ffmpeg: null };
    const app = await renderApp({
      at: '/queue',
      handlers: {
        app_settings_show: () => settings,
        app_settings_set: (given) => (settings = given.settings as typeof settings),
      },
    });
    await app.person.keyboard('?');
    await screen.findByRole('dialog', { name: 'Keys' });
    return { ...app, keys: () => settings.keys };
  };
  const key = (title: RegExp) => screen.getByRole('button', { name: title });

  it('shows_every_command_in_its_group', async () => {
    await open();
    const pages = screen.getByRole('region', { name: 'Pages' });
    expect(within(pages).getByText('Go to the library')).toBeVisible();
    expect(key(/^Go to the library: Alt\+1\./)).toBeVisible();
    await expectAccessible();
  });

  it('takes_another_key_and_uses_it_at_once', async () => {
    const { person, keys } = await open();
    await person.click(key(/^Go to the library:/));
    await person.keyboard('{Control>}{Shift>}l{/Shift}{/Control}');
    await waitFor(() => expect(keys()).toEqual({ 'go.library': 'Ctrl+Shift+L' }));
    await person.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    await person.keyboard('{Control>}{Shift>}l{/Shift}{/Control}');
    await waitFor(() =>
      expect(screen.getByRole('link', { name: 'Library' })).toHaveAttribute('aria-current', 'page'),
    );
  });

  it('says_when_a_key_is_taken_and_gives_it_away_only_when_asked', async () => {
    const { person, keys } = await open();
    await person.click(key(/^Go to the library:/));
    await person.keyboard('{Alt>}2{/Alt}');
    expect(await screen.findByRole('alert')).toHaveTextContent('Alt+2 is taken: Go to the projects');
    expect(keys()).toEqual({});
    await person.click(screen.getByRole('button', { name: 'Use it here' }));
    await waitFor(() => expect(keys()).toEqual({ 'go.projects': '', 'go.library': 'Alt+2' }));
    expect(key(/^Go to the projects: None\./)).toBeVisible();
  });

  it('escape_leaves_the_key_as_it_is_and_the_list_open', async () => {
    const { person, keys } = await open();
    await person.click(key(/^Go to the library:/));
    await person.keyboard('{Escape}');
    expect(keys()).toEqual({});
    expect(screen.getByRole('dialog', { name: 'Keys' })).toBeVisible();
    expect(key(/^Go to the library: Alt\+1\./)).toBeVisible();
  });

  it('resets_one_and_all', async () => {
    const { person, keys } = await open({ 'go.library': 'F2', 'go.queue': 'F3' });
    await person.click(screen.getByRole('button', { name: 'Reset the key of: Go to the library' }));
    await waitFor(() => expect(keys()).toEqual({ 'go.queue': 'F3' }));
    await person.click(screen.getByRole('button', { name: 'Reset all' }));
    await waitFor(() => expect(keys()).toEqual({}));
  });
});
