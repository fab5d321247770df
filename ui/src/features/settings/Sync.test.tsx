import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { Reply } from '../../backend/backend';
import { type Handlers, failure } from '../../backend/fake';
import { expectAccessible, renderApp } from '../../testing/renderApp';

type Shown = Reply<'sync_show'>;

const ACCOUNT = { url: 'https://abc.supabase.co', email: 'ana@example.com', media: 'keep_here' } as const;
const OFF: Shown['status'] = {
  state: 'off',
  remote: null,
  waiting: 0,
  set_aside: [],
  held: 0,
  in_sync_at: null,
  failure: null,
  failing_since: null,
};
const LINKED: Shown['status'] = { ...OFF, state: 'in_sync', remote: 'remote-1', in_sync_at: Date.now() };
const THERE = [
  { id: 'remote-1', name: 'brand a', created_at: 1_700_000_000_000 },
  { id: 'remote-2', name: 'Winery', created_at: null },
];

/** The page over something that keeps how it stands. */
async function open(begin: Partial<Shown> = {}, over: Handlers = {}) {
  let shown: Shown = { account: null, status: OFF, missing: 0, ...begin };
  const set = (next: Partial<Shown>) => (shown = { ...shown, ...next });
  const app = await renderApp({
    at: '/settings?section=sync',
    handlers: {
      sync_show: () => shown,
      sync_profiles: () => THERE,
      sync_holds: () => ({ projects: 3, clips: 12, sources: 1 }),
      sync_sign_in: () => set({ account: ACCOUNT }),
      sync_link: () => set({ status: LINKED }),
      sync_unlink: () => set({ account: null, status: OFF }),
      sync_media: ({ policy }) => set({ account: { ...ACCOUNT, media: policy } }),
      ...over,
    },
  });
  await screen.findByRole('region', { name: 'Sync' });
  return { ...app, set };
}

describe('signing in', () => {
  it('leads_to_the_choice_of_a_profile_there_and_says_what_will_be_copied', async () => {
    const { backend, person } = await open();
    expect(screen.queryByText('In sync')).toBeNull();
    await expectAccessible();
    await person.type(screen.getByLabelText('Address'), 'https://abc.supabase.co');
    await person.type(screen.getByLabelText('Publishable key'), 'sb_publishable_x');
    await person.type(screen.getByLabelText('E-mail'), 'ana@example.com');
    await person.type(screen.getByLabelText('Password'), 'open sesame{Enter}');
    expect(await screen.findByRole('radio', { name: /brand a/ })).toBeChecked();
    expect(
      screen.getByText(
        /12 clips, 3 projects, 1 footage file will be copied to "brand a", and everything there/,
      ),
    ).toBeVisible();
    expect(backend.last('sync_sign_in')?.password).toBe('open sesame');
    expect(document.documentElement.outerHTML).not.toContain('open sesame');
    await expectAccessible();
    await person.click(screen.getByRole('radio', { name: /a new one/ }));
    expect(screen.getByText(/will be copied to a new profile "Brand A" there/)).toBeVisible();
    await person.click(screen.getByRole('button', { name: 'Keep it there' }));
    expect(backend.last('sync_link')).toEqual({ remote: null });
    expect((await screen.findAllByText('In sync')).length).toBe(2);
  });

  it('a_refusal_is_said_and_the_password_is_gone_from_the_field', async () => {
    const { person } = await open(
      {},
      { sync_sign_in: () => Promise.reject(failure('sign_in', 'The project does not know this e-mail.')) },
    );
    await person.type(screen.getByLabelText('Address'), 'https://abc.supabase.co');
    await person.type(screen.getByLabelText('Publishable key'), 'k');
    await person.type(screen.getByLabelText('E-mail'), 'a@b.c');
    await person.type(screen.getByLabelText('Password'), 'wrong{Enter}');
    expect(await screen.findByRole('alert')).toHaveTextContent('The project does not know this e-mail.');
    expect(screen.getByLabelText('Password')).toHaveValue('');
  });
});

describe('how it stands', () => {
  it.each([
    [{ state: 'waiting', waiting: 12 }, '12 changes waiting'],
    [{ state: 'offline', waiting: 1 }, 'Offline, 1 change waiting'],
    [{ state: 'sign_in' }, 'Sign in again'],
  ] as const)('%o_is_said_on_the_page_and_in_the_title_bar', async (over, text) => {
    await open({ account: ACCOUNT, status: { ...LINKED, ...over } });
    expect((await screen.findAllByText(text)).length).toBeGreaterThan(1);
    expect(screen.getByRole('link', { name: text })).toBeVisible();
    await expectAccessible();
  });

  it('what_is_set_aside_is_listed_with_the_reason_and_can_be_tried_again', async () => {
    const row = { table: 'clips', id: 'c1', name: 'bread-1', code: '23514', why: 'too long', at: 1 };
    const { backend, person, set } = await open(
      { account: ACCOUNT, status: { ...LINKED, state: 'set_aside', set_aside: [row] } },
      { sync_retry: () => set({ status: { ...LINKED, state: 'waiting', waiting: 1 } }) },
    );
    const list = await screen.findByRole('list', { name: 'Set aside' });
    expect(within(list).getByText('too long')).toBeVisible();
    await expectAccessible();
    await person.click(within(list).getByRole('button', { name: 'Try again: bread-1' }));
    expect(backend.last('sync_retry')).toEqual({ table: 'clips', id: 'c1' });
    backend.emit({ event: 'sync' });
    await waitFor(() => expect(screen.queryByRole('list', { name: 'Set aside' })).toBeNull());
  });

  it('nothing_is_said_in_the_title_bar_of_a_profile_that_is_here_alone', async () => {
    const { backend } = await open();
    expect(screen.queryByText('On this machine only')).toBeNull();
    expect(backend.count('sync_profiles')).toBe(0);
  });
});

describe('files', () => {
  it('go_there_as_is_chosen_and_missing_ones_are_fetched', async () => {
    const file = { of: { of: 'source', id: 's1' }, name: 'oven.mp4', bytes: 5_000_000 } as const;
    const { backend, person, set } = await open(
      { account: ACCOUNT, status: LINKED, missing: 1 },
      { sync_missing: () => [file], sync_fetch: () => set({ missing: 0 }) },
    );
    await person.click(await screen.findByRole('combobox', { name: 'Files that go there' }));
    await person.click(await screen.findByRole('option', { name: 'All' }));
    await waitFor(() => expect(backend.last('sync_media')).toEqual({ policy: 'fetch_on_demand' }));
    await person.click(await screen.findByRole('button', { name: 'Fetch oven.mp4' }));
    expect(backend.last('sync_fetch')).toEqual({ of: { of: 'source', id: 's1' } });
    await waitFor(() => expect(screen.queryByText('oven.mp4')).toBeNull());
  });
});

describe('leaving', () => {
  it('keeps_everything_here', async () => {
    const { person } = await open({ account: ACCOUNT, status: LINKED });
    await person.click(await screen.findByRole('button', { name: 'Unlink' }));
    expect(await screen.findByRole('button', { name: 'Sign in' })).toBeVisible();
  });

  it('what_is_there_is_erased_only_after_its_name_was_typed', async () => {
    const { backend, person } = await open(
      { account: ACCOUNT, status: LINKED },
      {
        sync_erase: ({ name }) => {
          if (name !== 'Bakery')
            throw failure('invalid_input', '"Bread" is not the name of the profile there.');
          return { rows: 40, files: 3 };
        },
      },
    );
    await person.click(await screen.findByRole('button', { name: 'Erase' }));
    const panel = await screen.findByRole('dialog', { name: 'Erase this profile on the server' });
    await expectAccessible();
    expect(within(panel).getByRole('button', { name: 'Erase' })).toBeDisabled();
    const field = within(panel).getByLabelText('Type the name it has there');
    await person.type(field, 'Bread{Enter}');
    expect(await within(panel).findByRole('alert')).toHaveTextContent('is not the name');
    await person.clear(field);
    await person.type(field, 'Bakery{Enter}');
    expect(await screen.findByText('Erased there: 40 rows, 3 files. Everything here stays.')).toBeVisible();
    expect(backend.count('sync_erase')).toBe(2);
  });
});
