import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { failure } from '../../backend/fake';
import { aClipRow } from '../../testing/clip';
import { aPurse } from '../../testing/money';
import { TIKTOK, aPublisher, anAccount } from '../../testing/publish';
import { expectAccessible, renderApp } from '../../testing/renderApp';

const KEYS = [
  { provider: 'elevenlabs', set: false, ends_in: null, kept_in: null },
  { provider: 'postiz', set: false, ends_in: null, kept_in: null },
];

async function setUp(over: Parameters<typeof aPublisher>[0] = {}, keys = KEYS) {
  const publisher = aPublisher({ clips: [aClipRow({ name: 'Crust', triage: 'accepted' })], ...over });
  const purse = aPurse({ keys });
  const handlers = { ...purse.handlers, ...publisher.handlers };
  const app = await renderApp({ at: '/publish?tab=setup', handlers });
  publisher.announceBy(app.backend);
  return { ...app, publisher, settings: () => publisher.shown.settings };
}

it('the key goes in and is not shown again, and what it opens is told', async () => {
  const { person, backend, container, publisher } = await setUp({
    shown: { key: false, accounts: [], asked_at: null },
  });
  backend.handlers.credential_test = () => ({
    works: true,
    says: 'Works.',
    plan: null,
    characters_left: null,
  });
  const set = backend.handlers.credential_set;
  backend.handlers.credential_set = (args) => {
    publisher.shown = { ...publisher.shown, key: true };
    if (!set) throw failure('internal', 'no purse');
    return set(args);
  };
  await person.type(await screen.findByLabelText('Key for Postiz'), 'pos_0123456789_q7Zt');
  await person.click(screen.getByRole('button', { name: 'Save and test' }));
  expect(await screen.findByText('Works.')).toBeVisible();
  expect(backend.last('credential_set')).toEqual({ provider: 'postiz', secret: 'pos_0123456789_q7Zt' });
  expect(container.innerHTML).not.toContain('pos_0123456789');
  // Now accounts can be asked for.
  expect(await screen.findByRole('button', { name: 'Ask for accounts' })).toBeVisible();
  await expectAccessible(container);
});

it('another address and another number of requests are stored, and that can be undone', async () => {
  const { person, settings, publisher } = await setUp();
  const address = await screen.findByLabelText('Address');
  await person.clear(address);
  await person.type(address, 'https://posts.example.org/api/public/v1{Enter}');
  await waitFor(() => expect(settings().address).toBe('https://posts.example.org/api/public/v1'));
  const rate = screen.getByRole('textbox', { name: 'Most requests in an hour' });
  await person.clear(rate);
  await person.type(rate, 'many{Enter}');
  expect(await screen.findByText('Write a whole number from 1 to 3600.')).toBeVisible();
  await person.clear(rate);
  await person.type(rate, '90{Enter}');
  await waitFor(() => expect(settings().requests_an_hour).toBe(90));
  await person.click(screen.getByRole('button', { name: 'Undo' }));
  await waitFor(() => expect(settings().requests_an_hour).toBe(30));
  // Only that was taken back.
  expect(publisher.shown.settings.address).toBe('https://posts.example.org/api/public/v1');
});

it('an address that is refused stays in the field with why', async () => {
  const { person, backend } = await setUp();
  backend.handlers.publish_set = () => {
    throw failure('invalid_input', 'The address has to begin with https.');
  };
  const address = await screen.findByLabelText('Address');
  await person.clear(address);
  await person.type(address, 'http://posts.example.org{Enter}');
  expect((await screen.findAllByText('The address has to begin with https.')).length).toBeGreaterThan(0);
  expect(address).toHaveValue('http://posts.example.org');
});

it('accounts are ticked one by one, and one of another profile is refused beside it', async () => {
  const accounts = [
    anAccount({ ticked: false }),
    anAccount({ id: 'theirs', handle: 'theirs', ticked: false }),
  ];
  const { person, publisher, container } = await setUp({ shown: { accounts }, elsewhere: ['theirs'] });
  await person.click(await screen.findByRole('switch', { name: '@branda (TikTok) belongs to this profile' }));
  await waitFor(() => expect(publisher.shown.accounts[0]?.ticked).toBe(true));
  const theirs = screen.getByRole('switch', { name: '@theirs (TikTok) belongs to this profile' });
  await person.click(theirs);
  expect(await screen.findByRole('alert')).toHaveTextContent('This account belongs to another profile.');
  expect(theirs).not.toBeChecked();
  await expectAccessible(container);
  await person.click(screen.getByRole('button', { name: 'Undo' }));
  await waitFor(() => expect(publisher.shown.accounts[0]?.ticked).toBe(false));
});

it('the profile is tied to a group, and then nothing is ticked by hand', async () => {
  const groups = [
    { id: 'g1', name: 'Crumb & Co' },
    { id: 'g2', name: 'Harbour Café' },
  ];
  const { person, settings, backend } = await setUp({ groups });
  await person.click(await screen.findByRole('button', { name: 'Choose a group' }));
  await person.click(await screen.findByRole('combobox', { name: 'Group' }));
  await person.click(await screen.findByRole('option', { name: 'Crumb & Co' }));
  await waitFor(() => expect(settings().group).toEqual({ id: 'g1', name: 'Crumb & Co' }));
  expect(screen.getByText('Tied to the group “Crumb & Co”')).toBeVisible();
  expect(screen.queryByRole('switch', { name: /belongs to this profile/ })).toBeNull();
  await person.click(screen.getByRole('button', { name: 'Ask again' }));
  await waitFor(() => expect(backend.count('publish_refresh')).toBe(1));
});

it('what Postiz says when it is asked is shown in place', async () => {
  const { person, backend } = await setUp();
  backend.handlers.publish_refresh = () => {
    throw failure('offline', 'Postiz cannot be reached. Look at the connection, then ask again.');
  };
  await person.click(await screen.findByRole('button', { name: 'Ask again' }));
  expect(await screen.findByText(/Postiz cannot be reached/)).toBeVisible();
});

it('says what the inbox of TikTok means, and an account can be set apart from the profile', async () => {
  const { person, publisher } = await setUp();
  await person.click(await screen.findByRole('button', { name: 'Settings of @branda (TikTok)' }));
  const dialog = await screen.findByRole('dialog', { name: 'Settings of @branda (TikTok)' });
  expect(await within(dialog).findByRole('combobox', { name: 'How it gets there' })).toBeDisabled();
  await person.click(within(dialog).getByRole('radio', { name: 'Its own' }));
  await person.click(within(dialog).getByRole('combobox', { name: 'How it gets there' }));
  await person.click(await screen.findByRole('option', { name: 'Into the inbox' }));
  expect(within(dialog).getByText(/finish it there within 24 hours, or it is gone/)).toBeVisible();
  await person.click(within(dialog).getByRole('switch', { name: 'Others may make a duet with it' }));
  await expectAccessible(dialog);
  await person.click(within(dialog).getByRole('button', { name: 'Save' }));
  await waitFor(() =>
    expect(publisher.shown.accounts[0]?.settings).toEqual({ ...TIKTOK, method: 'inbox', duet: true }),
  );
});

it('defaults of a platform are the profile’s', async () => {
  const { person, settings } = await setUp();
  await person.click(await screen.findByRole('button', { name: 'YouTube: what posts are set to' }));
  const dialog = await screen.findByRole('dialog', { name: 'YouTube: what posts are set to' });
  await person.type(within(dialog).getByLabelText('Tags'), 'bread, morning');
  await person.click(within(dialog).getByRole('switch', { name: 'Made for children' }));
  await person.click(within(dialog).getByRole('button', { name: 'Save' }));
  await waitFor(() =>
    expect(settings().defaults).toEqual([
      {
        platform: 'youtube',
        title: '',
        visibility: 'public',
        made_for_kids: true,
        tags: ['bread', 'morning'],
      },
    ]),
  );
});

it('a template is written with variables, seen filled in, and what is no variable is named', async () => {
  const { person, settings, container } = await setUp();
  await person.click(await screen.findByRole('button', { name: 'Add a template' }));
  const group = await screen.findByRole('group', { name: 'Template 1' });
  const text = within(group).getByRole('textbox', { name: 'Text' });
  await person.clear(text);
  await person.type(text, 'New: ');
  await person.click(within(group).getByRole('button', { name: 'Insert name' }));
  expect(text).toHaveValue('New: {name}');
  expect(within(group).getByText('New: Crust')).toBeVisible();
  await person.type(text, ' {{nam}');
  expect(within(group).getByRole('alert')).toHaveTextContent('No such variable: {nam}');
  await expectAccessible(container);
  await person.tab();
  await waitFor(() =>
    expect(settings().templates).toEqual([{ name: 'Template 1', text: 'New: {name} {nam}' }]),
  );
});

it('slots are added, copied to every day and taken out', async () => {
  const { person, settings } = await setUp();
  fireEvent.change(await screen.findByLabelText('New slot on Tuesday'), { target: { value: '09:30' } });
  const [, tuesday] = screen.getAllByRole('button', { name: 'Add' });
  await person.click(tuesday as HTMLElement);
  await waitFor(() => expect(settings().slots).toEqual([{ weekday: 2, minute: 570 }]));
  await person.click(screen.getByRole('button', { name: 'Use the slots of Tuesday on every day' }));
  await waitFor(() => expect(settings().slots.map((slot) => slot.weekday)).toEqual([1, 2, 3, 4, 5, 6, 7]));
  await person.click(screen.getByRole('button', { name: 'Remove 09:30 on Sunday' }));
  await waitFor(() => expect(settings().slots.length).toBe(6));
  await person.click(screen.getByRole('button', { name: 'Undo' }));
  await waitFor(() => expect(settings().slots.length).toBe(7));
});

it('the time zone is one that exists', async () => {
  const { person, settings } = await setUp();
  const field = await screen.findByLabelText('Times of this profile are in');
  await person.type(field, 'Europe/Nowhere{Enter}');
  expect(await screen.findByText(/There is no such time zone/)).toBeVisible();
  await person.clear(field);
  await person.type(field, 'europe/bucharest{Enter}');
  await waitFor(() => expect(settings().time_zone).toBe('Europe/Bucharest'));
});
