import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { type Handlers, failure } from '../../backend/fake';
import { aKit } from '../../testing/brand';
import { aPurse } from '../../testing/money';
import { aStyle } from '../../testing/project';
import { expectAccessible, renderApp } from '../../testing/renderApp';

const PARTS = [
  { name: 'media', bytes: 8_000_000 },
  { name: 'cache', bytes: 2_000_000 },
  { name: 'tmp', bytes: 0 },
];

/** A profile in use, as far as settings go. */
function aProfile(over: Handlers = {}) {
  const kit = aKit();
  const handlers: Handlers = {
    ...kit.handlers,
    ...aPurse().handlers,
    voice_list: () => [],
    style_list: () => [aStyle(), aStyle({ id: 'clean', name: 'Clean', font: 'Inter', highlight: 'none' })],
    font_list: () => ['Anton', 'Inter'],
    storage_show: () => ({ folder: '/home/a/profile', parts: PARTS, free_bytes: 5_000_000_000 }),
    profile_backups: () => [{ name: 'one', at: Date.now() - 86_400_000, bytes: 1_500_000 }],
    doctor: () => [
      { name: 'ffmpeg', ok: true, says: 'ffmpeg 7.1', todo: '' },
      { name: 'espeak-ng', ok: true, says: 'Not installed.', todo: 'apt install espeak-ng' },
      { name: 'disk', ok: false, says: 'Only 4 MB are free.', todo: 'Free some space.' },
    ],
    ...over,
  };
  return { kit, handlers };
}

const open = (section: string, over: Handlers = {}) => {
  const { kit, handlers } = aProfile(over);
  return renderApp({ at: `/settings?section=${section}`, handlers }).then((app) => ({ ...app, kit }));
};

describe('the settings', () => {
  it.each([
    'profile',
    'brand',
    'captions',
    'voices',
    'services',
    'sync',
    'storage',
    'app',
    'keys',
    'diagnostics',
  ])('section_%s_can_be_used_by_everybody', async (section) => {
    await open(section);
    const names = {
      app: 'Appearance and tools',
      services: 'Keys of services',
      keys: 'Keyboard',
    } as Record<string, string>;
    const name = names[section] ?? section[0]?.toUpperCase() + section.slice(1);
    await screen.findByRole('region', { name });
    await expectAccessible();
  });

  it.each(['brand', 'captions', 'voices', 'services', 'storage', 'diagnostics'])(
    'section_%s_says_what_failed_and_tries_again',
    async (section) => {
      const broken = () => Promise.reject(failure('damaged_database', 'The database is damaged.'));
      const { backend, person } = await open(section, {
        brand_show: broken,
        storage_show: broken,
        voice_chain_show: broken,
        credential_list: broken,
        doctor: broken,
      });
      expect(await screen.findByText('The database is damaged.')).toBeVisible();
      Object.assign(backend.handlers, aProfile().handlers);
      await person.click(
        screen.getByRole('button', { name: section === 'diagnostics' ? 'Look again' : 'Try again' }),
      );
      await waitFor(() => expect(screen.queryByText('The database is damaged.')).toBeNull());
    },
  );
});

describe('the profile', () => {
  it('gets_another_name_when_one_leaves_the_field_and_that_can_be_undone', async () => {
    const { backend, person } = await open('profile');
    const field = await screen.findByRole('textbox', { name: 'Name' });
    await person.clear(field);
    await person.type(field, 'Bakery{Enter}');
    await waitFor(() => expect(backend.profiles[0]?.name).toBe('Bakery'));
    await person.click(document.body);
    await person.keyboard('{Control>}z{/Control}');
    await waitFor(() => expect(backend.profiles[0]?.name).toBe('Brand A'));
    expect(await screen.findByText('Undone: Bakery changed')).toBeVisible();
  });

  it('a_name_that_cannot_be_taken_stays_in_the_field_with_the_reason', async () => {
    const { person } = await open('profile', {
      profile_rename: () => Promise.reject(failure('exists', 'There is already a profile named "Brand B".')),
    });
    const field = await screen.findByRole('textbox', { name: 'Name' });
    await person.clear(field);
    await person.type(field, 'Brand B{Enter}');
    expect(await screen.findByRole('alert')).toHaveTextContent('There is already a profile named "Brand B".');
    expect(field).toHaveValue('Brand B');
    await person.type(field, '{Escape}');
    expect(field).toHaveValue('Brand A');
  });

  it('has_one_of_eight_colours', async () => {
    const { backend, person } = await open('profile');
    await person.click(await screen.findByRole('radio', { name: 'Violet' }));
    await waitFor(() => expect(backend.profiles[0]?.colour).toBe('violet'));
    expect(document.documentElement.style.getPropertyValue('--profile')).toBe('var(--violet)');
  });

  it('leaves_the_window_and_can_be_taken_back_when_it_is_deleted', async () => {
    const { person } = await open('profile');
    await person.click(await screen.findByRole('button', { name: 'Delete' }));
    await waitFor(() => expect(screen.getByRole('button', { name: 'Profile: Brand B' })).toBeVisible());
    expect(screen.getByText('Brand A goes to the trash.')).toBeVisible();
  });
});

describe('the brand', () => {
  it('takes_a_logo_and_places_it_and_takes_that_back', async () => {
    const { backend, person, kit } = await open('brand');
    backend.files = [['/pictures/logo.png']];
    await person.click(await screen.findByRole('button', { name: 'Choose a picture' }));
    await waitFor(() => expect(kit.brand().logo?.file.path).toBe('/pictures/logo.png'));
    await person.click(await screen.findByRole('radio', { name: 'Bottom left' }));
    await waitFor(() => expect(kit.brand().logo?.corner).toBe('bottom_left'));
    await person.click(screen.getByRole('button', { name: 'Remove the logo' }));
    await waitFor(() => expect(kit.brand().logo).toBeNull());
    await person.keyboard('{Control>}z{/Control}');
    await waitFor(() => expect(kit.brand().logo).toMatchObject({ corner: 'bottom_left' }));
  });

  it('size_is_stored_when_the_slider_is_let_go', async () => {
    const { backend, person, kit } = await open('brand');
    backend.files = [['/pictures/logo.png']];
    await person.click(await screen.findByRole('button', { name: 'Choose a picture' }));
    const slider = await screen.findByRole('slider', { name: 'Width' });
    slider.focus();
    await person.keyboard('{ArrowRight}');
    await waitFor(() => expect(kit.brand().logo?.width).toBeCloseTo(0.17));
  });

  it('title_colour_and_font_are_seen_in_the_preview_at_once', async () => {
    const { person, kit } = await open('brand');
    await person.type(await screen.findByRole('textbox', { name: 'Text' }), 'Baked today{Enter}');
    const preview = await screen.findByRole('figure');
    expect(await within(preview).findByText('Baked today')).toBeVisible();
    const code = screen.getByRole('textbox', { name: 'Spoken word: code' });
    await person.clear(code);
    await person.type(code, '00ff88{Enter}');
    await waitFor(() => expect(kit.brand().caption_colours.highlight).toBe('#00ff88'));
    await waitFor(() => expect(within(preview).getByText('bread')).toHaveStyle({ color: '#00ff88' }));
    await person.click(screen.getByRole('button', { name: 'Spoken word: back to the original' }));
    await waitFor(() => expect(kit.brand().caption_colours.highlight).toBeNull());
  });

  it('says_why_a_file_was_not_taken', async () => {
    const { backend, person, kit } = await open('brand');
    backend.handlers.brand_set = () => Promise.reject(failure('not_a_video', 'notes.txt holds no video.'));
    backend.files = [['/notes.txt']];
    await person.click(await screen.findByRole('button', { name: 'Choose an intro' }));
    expect(await screen.findByText('notes.txt holds no video.')).toBeVisible();
    expect(kit.brand().intro).toBeNull();
  });

  it('has_a_caption_style_chosen_by_looking', async () => {
    const { person, kit } = await open('captions');
    expect(await screen.findByRole('radio', { name: 'Bold pop' })).toBeChecked();
    await person.click(screen.getByRole('radio', { name: 'Clean' }));
    await waitFor(() => expect(kit.brand().caption_style).toBe('clean'));
    await waitFor(() => expect(screen.getByRole('radio', { name: 'Clean' })).toBeChecked());
  });
});

describe('storage', () => {
  it('says_what_takes_room_and_frees_the_cache', async () => {
    const { backend, person } = await open('storage', { cache_clear: () => 2_000_000 });
    expect(await screen.findByText('10 MB')).toBeVisible();
    expect(screen.getByText('Footage and sound')).toBeVisible();
    expect(screen.queryByText('Work under way')).toBeNull();
    await person.click(screen.getByRole('button', { name: 'Clear the cache' }));
    expect(await screen.findByText('2.0 MB freed.')).toBeVisible();
    await waitFor(() => expect(backend.count('storage_show')).toBe(2));
    await person.click(screen.getByRole('button', { name: 'Show the folder' }));
    expect(backend.done).toContain('reveal: /home/a/profile');
  });

  it('puts_a_backup_back', async () => {
    const { backend, person } = await open('storage', {
      profile_restore: () => backend.profiles[0] as never,
    });
    await person.click(await screen.findByRole('button', { name: /^Restore the backup of/ }));
    expect(await screen.findByText('Brand A is as it was in that backup.')).toBeVisible();
    expect(backend.last('profile_restore')).toEqual({ id: 'id-of-Brand A', backup: 'one' });
  });
});

describe('the program', () => {
  const inUse = () => {
    let settings = { theme: 'dark' as const, language: 'en', keys: {}, ffmpeg: null };
    return {
      app_settings_show: () => settings,
      app_settings_set: (given) => (settings = given.settings as typeof settings),
    } satisfies Handlers;
  };

  it('changes_its_language_at_once', async () => {
    const { person } = await open('app', inUse());
    await person.click(await screen.findByRole('combobox', { name: 'Language' }));
    await person.click(await screen.findByRole('option', { name: 'Română' }));
    expect(await screen.findByRole('heading', { name: 'Setări' })).toBeVisible();
    expect(document.documentElement.lang).toBe('ro');
  });

  it('changes_its_theme_at_once_and_takes_it_back_when_it_cannot_be_stored', async () => {
    const { backend, person } = await open('app', inUse());
    backend.handlers.app_settings_set = () => Promise.reject(failure('disk_full', 'The disk is full.'));
    await person.click(await screen.findByRole('combobox', { name: 'Theme' }));
    await person.click(await screen.findByRole('option', { name: 'Light' }));
    expect(await screen.findByText('The disk is full.')).toBeVisible();
    await waitFor(() => expect(document.documentElement.dataset['theme']).toBe('dark'));
  });

  it('lists_every_key_in_the_settings_themselves', async () => {
    const { person } = await open('keys', inUse());
    const region = await screen.findByRole('region', { name: 'Keyboard' });
    expect(within(region).getByText('Make the videos')).toBeVisible();
    await person.click(within(region).getByRole('button', { name: /^Go to the library: / }));
    await person.keyboard('{F9}');
    expect(await within(region).findByRole('button', { name: /^Go to the library: F9/ })).toBeVisible();
  });

  it('says_what_is_missing_and_what_to_do_and_saves_a_file_for_whoever_helps', async () => {
    const { backend, person } = await open('diagnostics', { diagnostics: ({ to }) => to });
    const line = (await screen.findByText('disk')).closest('li') as HTMLElement;
    expect(within(line).getByRole('img', { name: 'Missing' })).toBeVisible();
    expect(line).toHaveTextContent('Free some space.');
    backend.goals = ['/home/a/report.zip'];
    await person.click(screen.getByRole('button', { name: 'Save it' }));
    await person.click(await screen.findByRole('button', { name: 'Show it' }));
    expect(backend.done).toContain('reveal: /home/a/report.zip');
  });
});
