import { act, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { StrictMode } from 'react';
import { describe, expect, it, vi } from 'vitest';
import { FakeBackend, failure, fakeProfile } from '../backend/fake';
import { renderApp } from '../testing/renderApp';
import { App } from './App';

const chip = () => screen.getByRole('button', { name: /^Profile:/ });
const title = (backend: FakeBackend) => backend.done.findLast((one) => one.startsWith('title: '));

describe('the window', () => {
  it('shows_the_profile_of_its_session_in_title_bar_colour_and_title', async () => {
    const { backend } = await renderApp({ at: '/settings' });
    expect(chip()).toHaveAccessibleName('Profile: Brand A');
    expect(document.documentElement.style.getPropertyValue('--profile')).toBe('var(--coral)');
    await waitFor(() => expect(title(backend)).toBe('title: Brand A - Settings - Edit Factory'));
    expect(document.title).toBe('Brand A - Settings - Edit Factory');
  });

  it('says_what_is_wrong_when_no_profile_opens_and_tries_again', async () => {
    const backend = new FakeBackend([fakeProfile('Brand A')]);
    backend.broken = failure('disk_full', 'There is no room left on the disk.');
    const person = userEvent.setup();
    render(<App backend={backend} />);
    expect(await screen.findByText('There is no room left on the disk.')).toBeVisible();
    await person.click(screen.getByRole('button', { name: 'Close the window' }));
    expect(backend.done.at(-1)).toBe('close');
    backend.broken = null;
    await person.click(screen.getByRole('button', { name: 'Try again' }));
    await waitFor(() => expect(chip()).toHaveAccessibleName('Profile: Brand A'));
  });

  it('says_why_another_profile_is_shown_than_the_one_asked_for', async () => {
    const backend = new FakeBackend([fakeProfile('Brand A')]);
    backend.notice = failure('not_found', 'The folder of "Brand Z" is missing.');
    const { person } = await renderApp({ backend });
    expect(screen.getByRole('alert')).toHaveTextContent('The folder of "Brand Z" is missing.');
    await person.click(screen.getByRole('button', { name: 'Close' }));
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('works_when_react_mounts_everything_twice', async () => {
    const backend = new FakeBackend([fakeProfile('Brand A'), fakeProfile('Brand B')]);
    render(
      <StrictMode>
        <App backend={backend} />
      </StrictMode>,
    );
    await waitFor(() => expect(chip()).toHaveAccessibleName('Profile: Brand A'));
    backend.profiles = [fakeProfile('Brand A', { name: 'Renamed' }), fakeProfile('Brand B')];
    act(() => backend.emitHome());
    await waitFor(() => expect(chip()).toHaveAccessibleName('Profile: Renamed'));
  });

  it('counts_what_runs_in_other_profiles_without_saying_what', async () => {
    const { backend } = await renderApp();
    expect(screen.queryByText(/running elsewhere/)).toBeNull();
    act(() => backend.emitElsewhere(2));
    expect(await screen.findByText('2 running elsewhere')).toBeVisible();
    act(() => backend.emitElsewhere(0));
    expect(screen.queryByText(/running elsewhere/)).toBeNull();
  });
});

describe('a switch', () => {
  const report = (of: string) => `Report of id-of-${of}`;
  const handlers = {
    doctor: ({ profile }: { profile?: string | null }) => [
      { name: 'ffmpeg', ok: true, says: `Report of ${profile}`, todo: '' },
    ],
  };

  it('a_reply_of_one_profile_that_comes_late_never_appears_in_another', async () => {
    const { backend } = await renderApp({ handlers });
    const release = backend.hold('doctor');
    const { person } = { person: userEvent.setup() };
    await person.click(screen.getByRole('link', { name: 'Settings' }));
    await person.click(await screen.findByRole('link', { name: 'Diagnostics' }));
    await waitFor(() => expect(backend.count('doctor')).toBe(1));

    await act(() => backend.switchProfile('id-of-Brand B'));
    await waitFor(() => expect(chip()).toHaveAccessibleName('Profile: Brand B'));
    await act(async () => {
      release();
      await Promise.resolve();
    });
    await person.click(await screen.findByRole('link', { name: 'Diagnostics' }));
    expect(await screen.findByText(report('Brand B'))).toBeVisible();
    expect(screen.queryByText(report('Brand A'))).toBeNull();
  });

  it('an_error_of_one_profile_that_comes_late_is_not_shown_in_another', async () => {
    const { backend, person } = await renderApp({ at: '/settings?section=app' });
    backend.handlers.app_settings_set = () => Promise.reject(failure('internal', 'A could not store it.'));
    const release = backend.hold('app_settings_set');
    backend.files = [['/opt/ffmpeg']];
    await person.click(await screen.findByRole('button', { name: 'Choose another' }));
    await act(() => backend.switchProfile('id-of-Brand B'));
    await act(async () => {
      release();
      await Promise.resolve();
    });
    await waitFor(() => expect(chip()).toHaveAccessibleName('Profile: Brand B'));
    expect(screen.queryByText('A could not store it.')).toBeNull();
  });

  it('an_event_of_the_profile_that_was_left_asks_for_nothing', async () => {
    const { backend } = await renderApp();
    await act(() => backend.switchProfile('id-of-Brand B'));
    await waitFor(() => expect(chip()).toHaveAccessibleName('Profile: Brand B'));
    await waitFor(() => expect(backend.count('job_counts')).toBeGreaterThan(1));
    const before = backend.made.length;
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    act(() => {
      backend.emit({ event: 'job', job: 'of-a' }, 1);
      vi.advanceTimersByTime(1000);
    });
    vi.useRealTimers();
    expect(backend.made.length).toBe(before);
  });

  it('stays_on_the_kind_of_page_but_never_on_a_thing_of_the_old_profile', async () => {
    const { backend, person } = await renderApp();
    await person.click(screen.getByRole('link', { name: /^Queue/ }));
    await act(() => backend.switchProfile('id-of-Brand B'));
    await waitFor(() => expect(chip()).toHaveAccessibleName('Profile: Brand B'));
    expect(screen.getByRole('link', { name: /^Queue/ })).toHaveAttribute('aria-current', 'page');
  });

  it('stays_on_the_tab_that_was_shown', async () => {
    const { backend, person } = await renderApp({ at: '/library?tab=clips' });
    const clips = () => screen.findByRole('tab', { name: /^Clips/ });
    expect(await clips()).toHaveAttribute('aria-selected', 'true');
    await act(() => backend.switchProfile('id-of-Brand B'));
    await waitFor(() => expect(chip()).toHaveAccessibleName('Profile: Brand B'));
    expect(await clips()).toHaveAttribute('aria-selected', 'true');
    // And after the tab was changed by hand.
    await person.click(screen.getByRole('tab', { name: 'Trash' }));
    await act(() => backend.switchProfile('id-of-Brand A'));
    await waitFor(() => expect(chip()).toHaveAccessibleName('Profile: Brand A'));
    expect(await screen.findByRole('tab', { name: 'Trash' })).toHaveAttribute('aria-selected', 'true');
  });

  it('keeps_theme_and_language_while_the_settings_are_read_again', async () => {
    const settings = { theme: 'light' as const, language: 'ro', keys: {}, ffmpeg: null };
    const { backend } = await renderApp({ handlers: { app_settings_show: () => settings } });
    await waitFor(() => expect(screen.getByRole('link', { name: 'Bibliotecă' })).toBeVisible());
    backend.handlers.app_settings_show = () => new Promise(() => undefined);
    await act(() => backend.switchProfile('id-of-Brand B'));
    expect(await screen.findByRole('button', { name: 'Profil: Brand B' })).toBeVisible();
    expect(screen.getByRole('link', { name: 'Bibliotecă' })).toBeVisible();
    expect(document.documentElement.dataset['theme']).toBe('light');
  });

  it('an_older_session_that_arrives_late_does_not_replace_a_newer_one', async () => {
    const { backend } = await renderApp();
    const old = await backend.session();
    await act(() => backend.switchProfile('id-of-Brand B'));
    act(() => backend.emitSwitched(old));
    await waitFor(() => expect(chip()).toHaveAccessibleName('Profile: Brand B'));
  });

  it('a_hundred_fast_switches_end_on_the_last_profile', async () => {
    const { backend } = await renderApp({ at: '/settings?section=keys' });
    const releases: (() => void)[] = [];
    for (let count = 1; count <= 100; count += 1) {
      releases.push(backend.hold('job_counts'));
      await act(() => backend.switchProfile(count % 2 ? 'id-of-Brand B' : 'id-of-Brand A'));
    }
    await act(async () => {
      for (const release of releases) release();
      await Promise.resolve();
    });
    await waitFor(() => expect(chip()).toHaveAccessibleName('Profile: Brand A'));
    expect(document.body.dataset['epoch']).toBe('101');
    expect(screen.getAllByRole('button', { name: /^Profile:/ })).toHaveLength(1);
    expect(backend.listening).toBe(1);
  }, 120_000);
});
