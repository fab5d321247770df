import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { failure } from '../../backend/fake';
import type { Finding } from '../../backend/bindings/calls';
import { i18next } from '../../i18n';
import { daysOn, zoneHere, zoneOf } from '../../lib/zone';
import { aClipRow } from '../../testing/clip';
import { aLibrary, manyClips } from '../../testing/library';
import { TIKTOK, aPublication, aPublisher, anAccount } from '../../testing/publish';
import { expectAccessible, renderApp } from '../../testing/renderApp';
import { giveSizes } from '../../testing/sizes';

const HOUR = 3_600_000;
const CLIPS = [
  aClipRow({ id: 'clip-1', name: 'Fresh bread', triage: 'accepted' }),
  aClipRow({ id: 'clip-2', name: 'Small world', triage: 'accepted' }),
  aClipRow({ id: 'clip-3', name: 'Not judged', triage: 'new' }),
];
/** A Thursday. */
const NOW = Date.parse('2026-11-26T10:00:00Z');
const soon = () => NOW + HOUR;

beforeEach(() => {
  window.localStorage.clear();
  // Only the clock: what waits waits as ever.
  vi.useFakeTimers({ toFake: ['Date'], now: NOW });
});
afterEach(() => void vi.useRealTimers());

async function open(publisher = aPublisher({ clips: CLIPS }), at = '/publish') {
  const app = await renderApp({ handlers: publisher.handlers, at });
  publisher.announceBy(app.backend);
  return { ...app, publisher };
}

/** The dialog that asks before something leaves. */
const sheet = () => screen.findByRole('dialog', { name: 'What goes out' });
const confirm = async (name: RegExp) => {
  const button = within(await sheet()).getByRole('button', { name });
  await waitFor(() => expect(button).toBeEnabled());
  return button;
};

/** The keys go to it. */
const reach = async (name: RegExp) => {
  const found = await screen.findByRole('button', { name });
  act(() => found.focus());
};

it('says where every post stands in words, and what waits in an inbox is not called published', async () => {
  const now = soon();
  const inbox = { ...TIKTOK, method: 'inbox' } as typeof TIKTOK;
  const states = [
    'waiting',
    'uploading',
    'sending',
    'unknown',
    'scheduled',
    'published',
    'failed',
    'cancelled',
  ] as const;
  const posts = [
    ...states.map((state) =>
      aPublication({ id: state, clip: `clip-${state}`, clip_name: `of ${state}`, state, publish_at: now }),
    ),
    aPublication({
      id: 'i',
      clip: 'clip-i',
      clip_name: 'of inbox',
      state: 'published',
      settings: inbox,
      publish_at: now,
    }),
    aPublication({ id: 'e', clip: 'clip-e', clip_name: 'of elsewhere', elsewhere: true, publish_at: now }),
  ];
  const { container } = await open(aPublisher({ clips: CLIPS, posts }));
  const said = async (name: string) =>
    (await screen.findByRole('button', { name: new RegExp(`, ${name},`) })).textContent;
  expect(await said('of waiting')).toContain('waiting');
  expect(await said('of uploading')).toContain('uploading');
  expect(await said('of sending')).toContain('sending');
  expect(await said('of unknown')).toContain('not known');
  expect(await said('of scheduled')).toContain('scheduled');
  expect(await said('of published')).toContain('published');
  expect(await said('of failed')).toContain('failed');
  expect(await said('of cancelled')).toContain('taken back');
  expect(await said('of elsewhere')).toContain('sent by another device');
  const there = await said('of inbox');
  expect(there).toContain('in the TikTok inbox');
  expect(there).not.toContain('published');
  await expectAccessible(container);
});

it('shows why a post failed, sends it again, and shows one that is out in the browser', async () => {
  const posts = [
    aPublication({ id: 'a', state: 'failed', why: 'The cover is too small.', publish_at: soon() }),
    aPublication({
      id: 'b',
      platform: 'instagram',
      state: 'published',
      url: 'https://example.org/reel/1',
      publish_at: soon(),
    }),
  ];
  posts.forEach((post) => (post.publish_at = posts[0]?.publish_at ?? 0));
  const { person, backend, publisher } = await open(aPublisher({ clips: CLIPS, posts }));
  await person.click(await screen.findByRole('button', { name: /, Fresh bread, .*failed/ }));
  const dialog = await screen.findByRole('dialog', { name: 'Fresh bread' });
  expect(within(dialog).getByText('The cover is too small.')).toBeVisible();
  await expectAccessible(dialog);
  await person.click(within(dialog).getByRole('button', { name: 'See it' }));
  expect(backend.done).toContain('link: https://example.org/reel/1');
  await person.click(within(dialog).getByRole('button', { name: /^Try again/ }));
  await waitFor(() => expect(publisher.posts.find((post) => post.id === 'a')?.state).toBe('waiting'));
  expect(backend.last('publication_retry')).toEqual({ ids: ['a'] });
  expect(await screen.findByText('1 post is sent again')).toBeVisible();
});

it('retries all that failed from here, and looks for what is not known', async () => {
  const posts = [
    aPublication({ id: 'a', state: 'failed', publish_at: soon() }),
    aPublication({ id: 'b', clip: 'clip-2', state: 'failed', publish_at: soon(), elsewhere: true }),
    aPublication({ id: 'c', clip: 'clip-3', state: 'unknown', publish_at: soon() }),
  ];
  const { person, backend } = await open(aPublisher({ clips: CLIPS, posts }));
  expect(await screen.findByText('2 posts failed and are not out.')).toBeVisible();
  await person.click(screen.getByRole('button', { name: 'Retry all failed' }));
  await waitFor(() => expect(backend.last('publication_retry')).toEqual({ ids: ['a'] }));
  await person.click(screen.getByRole('button', { name: 'Look now' }));
  expect(await screen.findByText('It is known of every post what became of it.')).toBeVisible();
});

it('leads to the set-up while nothing can go out', async () => {
  const shown = { key: false, accounts: [], asked_at: null };
  const { person, container } = await open(aPublisher({ clips: CLIPS, shown }));
  expect(await screen.findByText(/not connected to a Postiz workspace/)).toBeVisible();
  expect(screen.getByRole('button', { name: 'Publish clips' })).toBeDisabled();
  await expectAccessible(container);
  await person.click(screen.getByRole('button', { name: 'Connect a workspace' }));
  expect(await screen.findByRole('tab', { name: 'Set up', selected: true })).toBeVisible();
});

it('says that it could not be read, and reads it again', async () => {
  const publisher = aPublisher({ clips: CLIPS });
  const read = publisher.handlers.publication_list;
  publisher.handlers.publication_list = () =>
    Promise.reject(failure('damaged_database', 'The database is damaged.'));
  const { person, backend } = await open(publisher);
  expect(await screen.findByText('The database is damaged.')).toBeVisible();
  Object.assign(backend.handlers, { publication_list: read });
  await person.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await screen.findByText(/Nothing goes out this week/)).toBeVisible();
});

it('names the time zone where it is not the one of this machine', async () => {
  const there = 'Pacific/Kiritimati';
  const { unmount } = await open(aPublisher({ clips: CLIPS, settings: { time_zone: there } }));
  expect(await screen.findByText(`Times in ${there}`)).toBeVisible();
  unmount();
  await open(aPublisher({ clips: CLIPS, settings: { time_zone: zoneHere() } }));
  await screen.findByTestId('week');
  expect(screen.queryByText(/^Times in/)).toBeNull();
});

it('asks once, with the brand, the accounts and the clips, and sends exactly what was seen', async () => {
  const { person, backend, publisher } = await open();
  await person.click(await screen.findByRole('checkbox', { name: 'Choose “Fresh bread”' }));
  await person.click(screen.getByRole('checkbox', { name: 'Choose “Small world”' }));
  await person.click(screen.getByRole('button', { name: 'Publish 2 clips' }));
  const dialog = await sheet();
  expect(within(dialog).getByText('Brand A')).toBeVisible();
  expect(within(dialog).getByRole('checkbox', { name: /@branda\s*TikTok/ })).toBeChecked();
  await person.click(within(dialog).getByRole('radio', { name: 'Now' }));
  const question = 'Publish 2 videos to Brand A: @branda (TikTok), @branda (Instagram)?';
  expect(await within(dialog).findByText(question)).toBeVisible();
  await expectAccessible(dialog);
  await person.click(await confirm(/^Publish 4 posts/));
  expect(await screen.findByText('4 posts are on their way')).toBeVisible();
  const sent = backend.last('publish_start');
  expect(sent?.order).toMatchObject({
    clips: ['clip-1', 'clip-2'],
    accounts: ['account-1', 'account-2'],
    when: { when: 'now' },
  });
  expect(sent?.order).toEqual(backend.last('publish_propose')?.order);
  expect(publisher.posts.map((post) => post.state)).toEqual(['waiting', 'waiting', 'waiting', 'waiting']);
  // They are no longer among what waits to be published, and stand in the calendar.
  expect(await screen.findByText('Nothing waits here')).toBeVisible();
  expect(await screen.findByRole('button', { name: /at once, Fresh bread, .*waiting/ })).toBeVisible();
});

it('what an error stands against is not sent, and is made again for the platform where that helps', async () => {
  const finding: Finding = {
    code: 'too_long',
    level: 'error',
    says: 'As core says it.',
    details: { platform: 'TikTok', seconds: 96, limit: 60, story: false },
    fix: { fix: 'render', platform: 'tiktok' },
  };
  const warning: Finding = {
    ...finding,
    code: 'of_tomorrow',
    level: 'warning',
    says: 'It is quiet.',
    fix: null,
  };
  const findings = { 'clip-1 tiktok': [warning, finding], 'clip-1 instagram-standalone': [warning] };
  const originality = [
    { clip: 'clip-1', distance: 0.1, nearest: 'Last week', nearest_at: 5, shown_lately: 6, shots: 9 },
  ];
  const publisher = aPublisher({ clips: CLIPS, findings, originality });
  publisher.handlers.clip_refit = () => ({ job: 'job-9', batch: 'batch-9' });
  const { person, backend } = await open(publisher);
  await person.click(await screen.findByRole('button', { name: 'Publish “Fresh bread”' }));
  const dialog = await sheet();
  expect(await within(dialog).findByText('Something has to be mended first.')).toBeVisible();
  expect(within(dialog).getByRole('button', { name: /^Schedule 2 posts/ })).toBeDisabled();
  const found = within(dialog).getByRole('list', { name: 'What was found' });
  // What keeps it back comes first; what is alike on both is said once.
  expect(
    within(found)
      .getAllByRole('listitem')
      .map((item) => item.textContent),
  ).toEqual([
    expect.stringContaining('Not possible · TikTok The video is 96 s long; TikTok takes at most 60 s.'),
    expect.stringContaining('Look at this · TikTok, Instagram It is quiet.'),
  ]);
  expect(within(dialog).getByRole('meter', { name: 'Like what is out' })).toHaveAttribute(
    'aria-valuenow',
    '90',
  );
  expect(within(dialog).getByText(/6 of its 9 shots were published in the last 30 days/)).toBeVisible();
  await person.click(within(dialog).getByRole('button', { name: 'Make again for TikTok' }));
  await waitFor(() => expect(backend.last('clip_refit')).toEqual({ clip: 'clip-1', platform: 'tiktok' }));
  expect(backend.count('publish_start')).toBe(0);
});

it('captions are written by hand, for all accounts or for one, and what is written last is what is sent', async () => {
  const templates = [{ name: 'Daily', text: 'Today: {name}' }];
  const { person, backend } = await open(aPublisher({ clips: CLIPS, settings: { templates } }));
  await person.click(await screen.findByRole('button', { name: 'Publish “Fresh bread”' }));
  const dialog = await sheet();
  const field = await within(dialog).findByRole('textbox', { name: 'Caption of “Fresh bread”' });
  await waitFor(() => expect(field).toHaveValue('Today: Fresh bread'));
  await person.clear(field);
  await person.type(field, 'Warm #bread');
  // What is written is not confirmed before it was looked at.
  expect(within(dialog).getByRole('button', { name: /^Schedule 2 posts/ })).toBeDisabled();
  expect(within(dialog).getByText('11 characters · 1 hashtag')).toBeVisible();
  await person.click(within(dialog).getByRole('button', { name: 'Another caption for each account' }));
  const own = await within(dialog).findByRole('textbox', { name: 'Caption on @branda (Instagram)' });
  await person.type(own, ' for Instagram');
  await person.click(await confirm(/^Schedule 2 posts/));
  await waitFor(() => expect(backend.count('publish_start')).toBe(1));
  expect(backend.last('publish_start')?.order.captions).toEqual([
    { clip: 'clip-1', account: null, text: 'Warm #bread' },
    { clip: 'clip-1', account: 'account-2', text: 'Warm #bread for Instagram' },
  ]);
});

it('what changed since it was seen is refused, said in the sheet, and shown anew', async () => {
  const publisher = aPublisher({ clips: CLIPS });
  const { person, backend } = await open(publisher);
  await person.click(await screen.findByRole('button', { name: 'Publish “Fresh bread”' }));
  const button = await confirm(/^Schedule 2 posts/);
  publisher.findings['clip-1 tiktok'] = [
    { code: 'stale', level: 'error', says: '', details: { changed: ['script'] }, fix: null },
  ];
  await person.click(button);
  expect(await within(await sheet()).findByText('Something changed since you looked at it.')).toBeVisible();
  expect(await within(await sheet()).findByText(/not what its project says: another script/)).toBeVisible();
  expect(backend.count('publish_start')).toBe(1);
  expect(publisher.posts).toEqual([]);
});

it('only accounts of this profile that Postiz can post to can be chosen', async () => {
  const accounts = [
    anAccount(),
    anAccount({ id: 'off', handle: 'off', disabled: true }),
    anAccount({ id: 'other', handle: 'otherbrand', ticked: false }),
  ];
  const { person } = await open(aPublisher({ clips: CLIPS, shown: { accounts } }));
  await person.click(await screen.findByRole('button', { name: 'Publish “Fresh bread”' }));
  const dialog = await sheet();
  expect(within(dialog).getByRole('checkbox', { name: /@off/ })).toBeDisabled();
  expect(within(dialog).queryByText('@otherbrand')).toBeNull();
  await person.click(within(dialog).getByRole('checkbox', { name: /@branda/ }));
  expect(within(dialog).getByText('Choose an account.')).toBeVisible();
  expect(within(dialog).getByRole('button', { name: /^Schedule/ })).toBeDisabled();
});

it('clips are chosen in the sheet, and nothing is confirmed before they were looked at', async () => {
  const slots = [{ weekday: 6, minute: 9 * 60 }];
  const { person, backend } = await open(aPublisher({ clips: CLIPS, settings: { slots } }));
  await person.click(await screen.findByRole('button', { name: /^Free slot, Saturday, November 28, 09:00/ }));
  const dialog = await sheet();
  await person.click(await within(dialog).findByRole('checkbox', { name: /Small world/ }));
  await waitFor(() => expect(backend.count('publish_propose')).toBeGreaterThan(0));
  expect(within(dialog).getByText('Look at what goes out first.')).toBeVisible();
  expect(within(dialog).getByRole('button', { name: /^Schedule 2 posts/ })).toBeDisabled();
  await expectAccessible(dialog);
  await person.click(within(dialog).getByRole('button', { name: 'Look at what goes out' }));
  expect(await within(dialog).findByRole('heading', { name: 'Small world' })).toBeVisible();
  await person.click(await confirm(/^Schedule 2 posts/));
  await waitFor(() => expect(backend.count('publish_start')).toBe(1));
  expect(backend.last('publish_start')?.order).toMatchObject({
    clips: ['clip-2'],
    when: { when: 'at', at: Date.parse('2026-11-28T09:00:00Z') },
  });
});

it('a time that has passed is said and cannot be chosen', async () => {
  const { person, backend } = await open();
  await person.click(await screen.findByRole('button', { name: 'Publish “Fresh bread”' }));
  const dialog = await sheet();
  fireEvent.change(within(dialog).getByLabelText('Day'), { target: { value: '2020-02-02' } });
  expect(await within(dialog).findByText('That time has passed. Choose a later one.')).toBeVisible();
  expect(within(dialog).getByText('Choose a time to come.')).toBeVisible();
  expect(within(dialog).getByRole('button', { name: /^Schedule/ })).toBeDisabled();
  expect(backend.made.some((made) => JSON.stringify(made.args).includes('"at":158'))).toBe(false);
});

it('a batch is spread over the coming days', async () => {
  const slots = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, minute: 540 }));
  const { person, backend } = await open(aPublisher({ clips: CLIPS, settings: { slots } }));
  await person.click(await screen.findByRole('checkbox', { name: 'All' }));
  await person.click(screen.getByRole('button', { name: 'Publish 2 clips' }));
  const dialog = await sheet();
  expect(within(dialog).getByRole('radio', { name: 'Spread' })).toBeChecked();
  await person.click(within(dialog).getByRole('combobox', { name: 'Over' }));
  await person.click(await screen.findByRole('option', { name: '14 days' }));
  await person.click(await confirm(/^Schedule 4 posts/));
  await waitFor(() => expect(backend.count('publish_start')).toBe(1));
  expect(backend.last('publish_start')?.order.when).toMatchObject({ when: 'spread', days: 14, a_day: null });
});

it('is moved from the keyboard, and that is undone', async () => {
  const at = soon();
  const posts = [
    aPublication({ id: 'a', publish_at: at }),
    aPublication({ id: 'b', platform: 'instagram', publish_at: at, state: 'waiting' }),
  ];
  const { person, publisher } = await open(aPublisher({ clips: CLIPS, posts }));
  await reach(/, Fresh bread,/);
  await person.keyboard('m');
  const dialog = await screen.findByRole('dialog', { name: 'Move “Fresh bread”' });
  await expectAccessible(dialog);
  const day = daysOn(zoneOf('UTC').wall(at).day, 2);
  fireEvent.change(within(dialog).getByLabelText('Day'), { target: { value: day } });
  fireEvent.change(within(dialog).getByLabelText('Time'), { target: { value: '10:15' } });
  await person.click(within(dialog).getByRole('button', { name: 'Move it' }));
  const goal = Date.parse(`${day}T10:15:00Z`);
  await waitFor(() => expect(publisher.posts.map((post) => post.publish_at)).toEqual([goal, goal]));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  await person.click(screen.getByRole('button', { name: 'Undo' }));
  await waitFor(() => expect(publisher.posts.map((post) => post.publish_at)).toEqual([at, at]));
});

it('is dragged to another day at its time, and a clip of the tray into a slot; days that are over take nothing', async () => {
  const slots = [{ weekday: 6, minute: 9 * 60 }];
  const posts = [aPublication({ publish_at: Date.parse('2026-11-27T12:30:00Z') })];
  const { person, publisher } = await open(aPublisher({ clips: CLIPS, settings: { slots }, posts }));
  const post = await screen.findByRole('button', { name: /, Fresh bread,/ });
  const goal = (mark: string) => document.querySelector(`[data-drop-goal="${mark}"]`);
  const drag = (what: Element, onto: Element | null) => {
    document.elementFromPoint = vi.fn(() => onto);
    fireEvent.pointerDown(what, { button: 0, clientX: 0, clientY: 0 });
    fireEvent.pointerMove(window, { clientX: 30, clientY: 30 });
    fireEvent.pointerUp(window, { clientX: 30, clientY: 30 });
  };
  drag(post, goal('2026-11-29'));
  await waitFor(() => expect(publisher.posts[0]?.publish_at).toBe(Date.parse('2026-11-29T12:30:00Z')));
  expect(await screen.findByText(/“Fresh bread” goes out on Sunday, November 29, 12:30/)).toBeVisible();
  expect(goal('2026-11-25')).toBeNull();
  const clip = document.querySelector('[data-clip="clip-2"]') as Element;
  drag(clip, goal('2026-11-28 540'));
  const dialog = await sheet();
  expect(within(dialog).getByLabelText('Day')).toHaveValue('2026-11-28');
  expect(within(dialog).getByLabelText('Time')).toHaveValue('09:00');
  await waitFor(() => expect(within(dialog).getByRole('heading', { name: 'Small world' })).toBeVisible());
  await person.keyboard('{Escape}');
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
});

it('a move into the past is refused and said', async () => {
  const posts = [aPublication({ publish_at: Date.parse('2026-11-27T08:30:00Z') })];
  const { backend } = await open(aPublisher({ clips: CLIPS, posts }));
  const post = await screen.findByRole('button', { name: /, Fresh bread,/ });
  document.elementFromPoint = vi.fn(() => document.querySelector('[data-drop-goal="2026-11-26"]'));
  fireEvent.pointerDown(post, { button: 0, clientX: 0, clientY: 0 });
  fireEvent.pointerMove(window, { clientX: 30, clientY: 30 });
  fireEvent.pointerUp(window, { clientX: 30, clientY: 30 });
  expect(await screen.findByText('That time has passed. Choose a later one.')).toBeVisible();
  expect(backend.count('publication_move')).toBe(0);
});

it('is taken back with Delete, and can be scheduled again as it was', async () => {
  const at = soon();
  const posts = [aPublication({ publish_at: at, caption: 'By hand' })];
  const { person, publisher, backend } = await open(aPublisher({ clips: CLIPS, posts }));
  await reach(/, Fresh bread,/);
  await person.keyboard('{Delete}');
  await waitFor(() => expect(publisher.posts[0]?.state).toBe('cancelled'));
  await person.click(await screen.findByRole('button', { name: 'Schedule again' }));
  await person.click(await confirm(/^Schedule 1 post/));
  await waitFor(() => expect(backend.count('publish_start')).toBe(1));
  expect(backend.last('publish_start')?.order).toMatchObject({
    clips: ['clip-1'],
    accounts: ['account-1'],
    captions: [{ clip: 'clip-1', account: 'account-1', text: 'By hand' }],
  });
});

it('shows a month, and goes from a day to its week', async () => {
  const posts = [aPublication({ publish_at: soon() })];
  const { person, container } = await open(aPublisher({ clips: CLIPS, posts }));
  await person.click(await screen.findByRole('radio', { name: 'Month' }));
  const month = await screen.findByTestId('month');
  expect(await within(month).findByRole('button', { name: /, Fresh bread, .*scheduled/ })).toBeVisible();
  await expectAccessible(container);
  await person.click(within(month).getAllByRole('button', { name: /^Show the week of/ })[10] as HTMLElement);
  expect(await screen.findByTestId('week')).toBeVisible();
});

it('clips that are selected in the library are taken to the sheet', async () => {
  giveSizes(1200, 800);
  const library = aLibrary({ clips: manyClips(2, () => ({ triage: 'accepted' })) });
  const publisher = aPublisher();
  const { person, backend } = await renderApp({
    handlers: { ...library.handlers, ...publisher.handlers },
    at: '/library?tab=clips',
  });
  await person.click(await screen.findByRole('gridcell', { name: 'video 0, Accepted' }));
  await person.keyboard('{Control>}a{/Control}');
  await person.click(await screen.findByRole('button', { name: /^Publish 2 clips/ }));
  await sheet();
  await waitFor(() => expect(backend.last('publish_propose')?.order.clips).toEqual(['clip-0', 'clip-1']));
  await person.keyboard('{Escape}');
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(screen.getByRole('tab', { name: 'Calendar', selected: true })).toBeVisible();
});

it('is shown in romanian', async () => {
  const publisher = aPublisher({ clips: CLIPS, posts: [aPublication({ publish_at: soon() })] });
  publisher.handlers.app_settings_show = () => ({ theme: 'dark', language: 'ro', keys: {}, ffmpeg: null });
  const { person } = await open(publisher);
  await waitFor(() => expect(i18next.language).toBe('ro'));
  expect(await screen.findByRole('button', { name: /Fresh bread, .*programată/ })).toBeVisible();
  await person.click(await screen.findByRole('button', { name: 'Publică „Small world”' }));
  const question = 'Programezi 1 videoclip pentru Brand A: @branda (TikTok), @branda (Instagram)?';
  expect(await screen.findByText(question)).toBeVisible();
});

it('nothing of one profile is shown in the next, and what was asked for goes on in its own', async () => {
  const publisher = aPublisher({ clips: CLIPS });
  const { person, backend } = await open(publisher);
  await person.click(await screen.findByRole('button', { name: 'Publish “Fresh bread”' }));
  const button = await confirm(/^Schedule 2 posts/);
  const release = backend.hold('publish_start');
  await person.click(button);
  await waitFor(() => expect(backend.count('publish_start')).toBe(1));
  Object.assign(backend.handlers, aPublisher({ clips: [] }).handlers);
  await act(async () => void (await backend.switchProfile('id-of-Brand B')));
  expect(await screen.findByText('Nothing waits here')).toBeVisible();
  await act(async () => {
    release();
    await Promise.resolve();
  });
  expect(document.body.textContent).not.toMatch(/Fresh bread|being scheduled|What goes out\?/);
  expect(screen.queryByRole('dialog')).toBeNull();
  expect(publisher.posts.length).toBe(2);
});
