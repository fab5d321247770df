import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { type Handlers, failure, fakeProfile } from '../../backend/fake';
import { expectAccessible, renderApp } from '../../testing/renderApp';

const HOLDS = { name: 'Bakery', colour: 'teal', made_at: 1_700_000_000_000, files: 12, bytes: 34_000_000 };

const open = (over: Handlers = {}) =>
  renderApp({
    at: '/settings?section=storage',
    handlers: {
      storage_show: () => ({ folder: '/home/a/profile', parts: [], free_bytes: null }),
      profile_backups: () => [],
      backup_keep_show: () => ({ daily: 7, weekly: 4 }),
      ...over,
    },
  });

describe('exporting the profile', () => {
  it('asks_where_and_says_what_did_not_go_along', async () => {
    const { backend, person } = await open({
      profile_export: ({ to }) => ({
        path: to,
        bytes: 34_000_000,
        files: 12,
        sealed: true,
        copied: 1,
        missing: ['street.mp4'],
      }),
    });
    await person.click(await screen.findByRole('button', { name: 'Export' }));
    const panel = await screen.findByRole('dialog', { name: 'Export Brand A' });
    await expectAccessible();
    const field = within(panel).getByLabelText('Passphrase (not required)');
    await person.type(field, 'short');
    await person.click(within(panel).getByRole('button', { name: 'Choose where' }));
    expect(await within(panel).findByRole('alert')).toHaveTextContent('At least 8 characters, or none.');
    expect(backend.count('profile_export')).toBe(0);
    await person.type(field, ' horse battery');
    backend.goals = ['/disk/Brand A.efprofile'];
    await person.click(within(panel).getByRole('button', { name: 'Choose where' }));
    expect(await screen.findByText(/without footage that is not where it was: street.mp4/)).toBeVisible();
    expect(backend.last('profile_export')).toEqual({
      id: 'id-of-Brand A',
      to: '/disk/Brand A.efprofile',
      passphrase: 'short horse battery',
    });
    expect(document.documentElement.outerHTML).not.toContain('horse battery');
    await person.click(screen.getByRole('button', { name: 'Show it' }));
    expect(backend.done).toContain('reveal: /disk/Brand A.efprofile');
  });

  it('shows_how_far_it_is_and_can_be_stopped', async () => {
    let stopped: (why: unknown) => void = () => undefined;
    const { backend, person } = await open({
      profile_export: () => new Promise((_, reject) => (stopped = reject)),
      transfer_show: () => ({ kind: 'export', name: 'Brand A', done: 10_000_000, total: 40_000_000 }),
      transfer_stop: () => {
        stopped(failure('cancelled', 'It was stopped. Nothing of it was kept.'));
        return null;
      },
    });
    await person.click(await screen.findByRole('button', { name: 'Export' }));
    backend.goals = ['/disk/a.efprofile'];
    await person.click(await screen.findByRole('button', { name: 'Choose where' }));
    const bar = await screen.findByRole('progressbar', { name: 'Exporting Brand A' });
    await waitFor(() => expect(bar).toHaveAttribute('value', '10000000'));
    expect(screen.getByText('10 MB of 40 MB')).toBeVisible();
    await expectAccessible();
    await person.click(screen.getByRole('button', { name: 'Stop' }));
    expect(await screen.findByRole('alert')).toHaveTextContent('It was stopped.');
  });
});

describe('importing a profile', () => {
  it('shows_what_is_in_the_file_and_then_the_new_profile', async () => {
    const { backend, person } = await open({
      archive_look: () => ({ sealed: false, holds: HOLDS }),
      profile_import: () => {
        const made = fakeProfile('Bakery');
        backend.profiles = [...backend.profiles, made];
        return made;
      },
    });
    backend.files = [['/disk/bakery.efprofile']];
    await person.click(await screen.findByRole('button', { name: 'Import' }));
    const panel = await screen.findByRole('dialog', { name: 'Import a profile' });
    expect(within(panel).getByText('Bakery')).toBeVisible();
    expect(within(panel).getByText('12 files, 34 MB')).toBeVisible();
    await expectAccessible();
    await person.click(within(panel).getByRole('button', { name: 'Import' }));
    expect(await screen.findByRole('button', { name: 'Profile: Bakery' })).toBeVisible();
    expect(backend.last('profile_import')).toEqual({ path: '/disk/bakery.efprofile', passphrase: null });
  });

  it('asks_for_the_passphrase_and_a_wrong_one_is_said', async () => {
    const { backend, person } = await open({
      archive_look: ({ passphrase }) => {
        if (passphrase === null) return { sealed: true, holds: null };
        if (passphrase === 'correct horse') return { sealed: true, holds: HOLDS };
        throw failure('invalid_input', 'That is not the passphrase of /disk/a.efprofile.');
      },
      profile_import: () => fakeProfile('Brand B'),
    });
    backend.files = [['/disk/a.efprofile']];
    await person.click(await screen.findByRole('button', { name: 'Import' }));
    await person.type(await screen.findByLabelText('Passphrase'), 'a guess{Enter}');
    expect(await screen.findByRole('alert')).toHaveTextContent('That is not the passphrase');
    expect(screen.getByLabelText('Passphrase')).toHaveValue('');
    await person.type(screen.getByLabelText('Passphrase'), 'correct horse{Enter}');
    const panel = await screen.findByRole('dialog');
    await person.click(await within(panel).findByRole('button', { name: 'Import' }));
    await waitFor(() => expect(backend.last('profile_import')?.passphrase).toBe('correct horse'));
  });

  it('a_file_that_is_none_is_refused_with_a_sentence', async () => {
    const { backend, person } = await open({
      archive_look: () => Promise.reject(failure('invalid_input', '/disk/a.pdf is not an exported profile.')),
    });
    backend.files = [['/disk/a.pdf']];
    await person.click(await screen.findByRole('button', { name: 'Import' }));
    expect(await screen.findByText('/disk/a.pdf is not an exported profile.')).toBeVisible();
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('begins_from_the_list_of_profiles_too', async () => {
    const { backend, person } = await open({ archive_look: () => ({ sealed: false, holds: HOLDS }) });
    backend.files = [['/disk/a.efprofile']];
    await person.click(screen.getByRole('button', { name: 'Profile: Brand A' }));
    await person.click(await screen.findByRole('button', { name: 'Import a profile' }));
    expect(await screen.findByRole('dialog', { name: 'Import a profile' })).toBeVisible();
  });
});

describe('the backups', () => {
  it('are_kept_as_long_as_is_said_and_that_can_be_undone', async () => {
    let keep = { daily: 7, weekly: 4 };
    const { backend, person } = await open({
      backup_keep_show: () => keep,
      backup_keep_set: ({ keep: to }) => {
        keep = to;
        backend.emit({ event: 'settings' });
        return keep;
      },
    });
    await person.click(await screen.findByRole('combobox', { name: 'Weeks' }));
    await person.click(await screen.findByRole('option', { name: '8 weeks' }));
    await waitFor(() => expect(keep).toEqual({ daily: 7, weekly: 8 }));
    await person.keyboard('{Control>}z{/Control}');
    await waitFor(() => expect(keep).toEqual({ daily: 7, weekly: 4 }));
  });

  it('one_is_made_now', async () => {
    const { backend, person } = await open({
      profile_backup: () => ({ name: 'profile-asked-1.sqlite.zst', at: Date.now(), bytes: 1_200_000 }),
    });
    const before = backend.count('profile_backups');
    await person.click(await screen.findByRole('button', { name: 'Make a backup now' }));
    expect(await screen.findByText('The database is copied (1.2 MB).')).toBeVisible();
    await waitFor(() => expect(backend.count('profile_backups')).toBeGreaterThan(before));
  });
});
