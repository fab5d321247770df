import { act, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { FakeBackend, failure, fakeProfile } from '../../backend/fake';
import { UNDO_MS } from '../../app/toasts';
import { expectAccessible, renderApp } from '../../testing/renderApp';

const chip = () => screen.getByRole('button', { name: /^Profile:/ });
const rows = () => within(screen.getByRole('list', { name: 'Profiles' })).getAllByRole('listitem');
const shows = (name: string) => waitFor(() => expect(chip()).toHaveAccessibleName(`Profile: ${name}`));

async function opened(backend?: FakeBackend) {
  const app = await renderApp({ at: '/settings?section=keys', backend });
  await app.person.keyboard('{Control>}p{/Control}');
  await screen.findByRole('searchbox', { name: 'Find a profile' });
  return app;
}

describe('the profile switcher', () => {
  it('lists_all_profiles_with_their_keys_and_says_which_is_shown', async () => {
    await opened();
    expect(rows().map((row) => row.textContent)).toEqual(['BBrand A', 'BBrand BCtrl2']);
    expect(screen.getByRole('button', { name: /Brand A/, current: true })).toBeVisible();
    await expectAccessible();
  });

  it('switches_by_mouse', async () => {
    const { person } = await opened();
    await person.click(screen.getByRole('button', { name: /^Brand B/ }));
    await shows('Brand B');
    expect(screen.queryByRole('searchbox', { name: 'Find a profile' })).toBeNull();
  });

  it('switches_to_the_first_that_is_found_with_enter', async () => {
    const { person } = await opened();
    await person.keyboard('brand b{Enter}');
    await shows('Brand B');
  });

  it('arrows_walk_through_the_list_and_letters_go_back_to_the_search', async () => {
    const { person } = await opened();
    await person.keyboard('{ArrowDown}{ArrowDown}');
    expect(screen.getByRole('button', { name: /^Brand B/ })).toHaveFocus();
    await person.keyboard('a');
    expect(screen.getByRole('searchbox', { name: 'Find a profile' })).toHaveFocus();
  });

  it('switches_with_ctrl_and_its_number_from_anywhere', async () => {
    const { person } = await renderApp();
    await person.keyboard('{Control>}2{/Control}');
    await shows('Brand B');
    await person.keyboard('{Control>}1{/Control}');
    await shows('Brand A');
  });

  it('finds_whatever_the_accents_and_says_when_nothing_is_found', async () => {
    const { person } = await opened(
      new FakeBackend([fakeProfile('Brand A'), fakeProfile('Brutăria Șerban')]),
    );
    await person.keyboard('serban');
    expect(rows()).toHaveLength(1);
    await person.keyboard('xyz');
    expect(screen.getByText('No profile is called "serbanxyz".')).toBeVisible();
  });

  it('a_new_profile_is_made_and_shown', async () => {
    const { backend, person } = await opened();
    await person.click(screen.getByRole('button', { name: 'New profile' }));
    await person.type(screen.getByRole('textbox', { name: 'Name' }), ' Harbour ');
    await person.click(screen.getByRole('radio', { name: 'Teal' }));
    await person.click(screen.getByRole('button', { name: 'Create the profile' }));
    await shows('Harbour');
    expect(backend.last('profile_create')).toEqual({ name: 'Harbour', colour: 'teal' });
  });

  it('a_name_that_is_taken_is_said_at_the_field', async () => {
    const { person } = await opened();
    await person.click(screen.getByRole('button', { name: 'New profile' }));
    await person.type(screen.getByRole('textbox', { name: 'Name' }), 'Brand B{Enter}');
    expect(await screen.findByRole('alert')).toHaveTextContent('There is already a profile named "Brand B".');
    await shows('Brand A');
  });

  it('renames_and_recolours_and_takes_that_back', async () => {
    const { backend, person } = await opened();
    await person.click(screen.getByRole('button', { name: 'More about Brand A' }));
    await person.click(await screen.findByRole('menuitem', { name: 'Rename and recolour' }));
    const field = await screen.findByRole('textbox', { name: 'Name' });
    await person.clear(field);
    await person.type(field, 'Bakery');
    await person.click(screen.getByRole('radio', { name: 'Pink' }));
    await person.click(screen.getByRole('button', { name: 'Save' }));
    await shows('Bakery');
    expect(document.documentElement.style.getPropertyValue('--profile')).toBe('var(--pink)');
    await person.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('list', { name: 'Profiles' })).toBeNull());
    await person.keyboard('{Control>}z{/Control}');
    await shows('Brand A');
    expect(backend.profiles[0]).toMatchObject({ name: 'Brand A', colour: 'coral' });
  });

  it('opens_another_profile_in_a_window_of_its_own', async () => {
    const { backend, person } = await opened();
    await person.click(screen.getByRole('button', { name: 'More about Brand B' }));
    await person.click(await screen.findByRole('menuitem', { name: 'Open in new window' }));
    expect(backend.done).toContain('window: id-of-Brand B');
  });

  it('a_missing_profile_is_shown_as_such_and_says_why_it_does_not_open', async () => {
    const profiles = [fakeProfile('Brand A'), fakeProfile('Gone', { missing: true, created_at: 1 })];
    const { person } = await opened(new FakeBackend(profiles));
    expect(screen.getByText('Folder missing')).toBeVisible();
    await person.click(screen.getByRole('button', { name: /^Gone/ }));
    expect(await screen.findByText('The folder of profile "Gone" is missing.')).toBeVisible();
    await shows('Brand A');
  });

  it('a_damaged_profile_says_so_and_a_copy_of_it_is_put_back', async () => {
    const { backend, person } = await opened();
    const broken = {
      ...failure('damaged_database', '/home/profile.sqlite is damaged.'),
      details: { profile: 'id-of-Brand B' },
    };
    const { switchProfile } = backend;
    backend.switchProfile = () => Promise.reject(broken);
    backend.handlers.profile_backups = () => [
      { name: 'profile-daily-1.sqlite', at: Date.now(), bytes: 1_000_000 },
    ];
    backend.handlers.profile_restore = ({ id }) => {
      backend.switchProfile = switchProfile;
      return fakeProfile('Brand B', { id });
    };
    await person.click(screen.getByRole('button', { name: /^Brand B/ }));
    await person.click(await screen.findByRole('button', { name: 'Backups' }));
    const dialog = await screen.findByRole('dialog', { name: 'Backups of Brand B' });
    await person.click(await within(dialog).findByRole('button', { name: /^Restore the backup of/ }));
    expect(backend.last('profile_restore')).toEqual({
      id: 'id-of-Brand B',
      backup: 'profile-daily-1.sqlite',
    });
    await person.click(await screen.findByRole('button', { name: 'Open it' }));
    await shows('Brand B');
  });

  it('a_notice_about_a_damaged_profile_leads_to_its_copies', async () => {
    const backend = new FakeBackend([fakeProfile('Brand A'), fakeProfile('Brand B', { created_at: 1 })]);
    backend.notice = {
      ...failure('damaged_database', '/home/profile.sqlite is damaged.'),
      details: { profile: 'id-of-Brand B' },
    };
    backend.handlers.profile_backups = () => [];
    const { person } = await renderApp({ backend });
    await person.click(await screen.findByRole('button', { name: 'Backups' }));
    const dialog = await screen.findByRole('dialog', { name: 'Backups of Brand B' });
    expect(await within(dialog).findByText(/There is no backup yet/)).toBeVisible();
    await expectAccessible();
  });

  it('a_long_name_and_one_written_from_right_to_left_keep_their_place_and_tell_it_all', async () => {
    const long = 'x'.repeat(300);
    await opened(new FakeBackend([fakeProfile(long), fakeProfile('استوديو', { created_at: 1 })]));
    const [first, second] = rows();
    expect(within(first as HTMLElement).getByTitle(long)).toBeVisible();
    expect(within(second as HTMLElement).getByText('استوديو')).toHaveAttribute('dir', 'auto');
    expect([...document.title].length).toBeLessThan(120);
  });
});

describe('what is unsaved', () => {
  it('is_stored_before_another_profile_is_shown', async () => {
    const { backend, person } = await renderApp({ at: '/settings' });
    const field = await screen.findByRole('textbox', { name: 'Name' });
    await person.type(field, ' new');
    await person.keyboard('{Control>}2{/Control}');
    await shows('Brand B');
    expect(backend.profiles[0]?.name).toBe('Brand A new');
    expect(backend.last('profile_rename')).toEqual({ id: 'id-of-Brand A', name: 'Brand A new' });
  });

  it('keeps_the_profile_when_it_cannot_be_stored_until_the_person_decides', async () => {
    const handlers = { profile_rename: () => Promise.reject(failure('disk_full', 'The disk is full.')) };
    const { person } = await renderApp({ at: '/settings', handlers });
    await person.type(await screen.findByRole('textbox', { name: 'Name' }), ' new');
    await person.keyboard('{Control>}2{/Control}');
    expect(await screen.findByText('Something is not stored yet: The disk is full')).toBeVisible();
    await shows('Brand A');
    await person.click(screen.getByRole('button', { name: 'Switch without storing' }));
    await shows('Brand B');
  });
});

describe('deleting a profile', () => {
  const remove = async (person: Awaited<ReturnType<typeof opened>>['person'], name: string) => {
    await person.click(screen.getByRole('button', { name: `More about ${name}` }));
    await person.click(await screen.findByRole('menuitem', { name: 'Delete' }));
  };

  it('happens_after_the_time_to_take_it_back', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    try {
      const { backend, person } = await opened();
      await remove(person, 'Brand B');
      expect(await screen.findByText('Brand B goes to the trash.')).toBeVisible();
      expect(backend.count('profile_delete')).toBe(0);
      await act(() => vi.advanceTimersByTimeAsync(UNDO_MS));
      expect(backend.last('profile_delete')).toEqual({ id: 'id-of-Brand B' });
      expect(screen.queryByText('Brand B goes to the trash.')).toBeNull();
    } finally {
      vi.useRealTimers();
    }
  });

  it('can_be_taken_back_also_when_the_window_has_moved_on', async () => {
    const { backend, person } = await opened();
    await remove(person, 'Brand A');
    await shows('Brand B');
    const message = await screen.findByText('Brand A goes to the trash.');
    expect(message).toBeVisible();
    await person.click(screen.getByRole('button', { name: 'Undo' }));
    await person.keyboard('{Control>}p{/Control}');
    await waitFor(() => expect(rows()).toHaveLength(2));
    expect(backend.count('profile_delete')).toBe(0);
  });

  it('is_not_offered_for_the_only_one', async () => {
    const { person } = await opened(new FakeBackend([fakeProfile('Brand A')]));
    await person.click(screen.getByRole('button', { name: 'More about Brand A' }));
    const entry = await screen.findByRole('menuitem', { name: 'The only profile cannot be deleted' });
    expect(entry).toHaveAttribute('aria-disabled', 'true');
  });

  it('says_why_when_it_does_not_work', async () => {
    const { backend, person } = await opened();
    backend.handlers.profile_delete = () => Promise.reject(failure('runner_busy', 'Its jobs are running.'));
    await remove(person, 'Brand B');
    const toast = (await screen.findByText('Brand B goes to the trash.')).parentElement as HTMLElement;
    await person.click(within(toast).getByRole('button', { name: 'Close' }));
    expect(await screen.findByText('Its jobs are running.')).toBeVisible();
    await person.keyboard('{Control>}p{/Control}');
    await waitFor(() => expect(rows()).toHaveLength(2));
  });
});
