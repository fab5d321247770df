import { act, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, expect, test } from 'vitest';
import type { SpeechPlan } from '../../backend/bindings/calls';
import { type Handlers, failure } from '../../backend/fake';
import { STEPPED, aPlan, aQuota, aQuotaLine } from '../../testing/money';
import { aScript } from '../../testing/project';
import { expectAccessible, renderApp } from '../../testing/renderApp';
import { type Workshop, aWorkshop } from '../../testing/workshop';

beforeEach(() => window.localStorage.clear());

const ELEVEN = { provider: 'elevenlabs', voice: 'voice-1' };
const PAID = aPlan({ asked: ELEVEN, characters: 1240, price: { characters: 1240, microusd: 272_800 } });
const LEFT = aQuota({
  total: aQuotaLine({ limit_microusd: null, remaining_microusd: null, remaining_characters: 38_000 }),
});
const REFUSED = aPlan({
  ...PAID,
  fits: 0,
  refusal: {
    ...failure('over_quota', 'This needs 1240 characters.'),
    details: {
      provider: null,
      month: '2026-11',
      needed: { characters: 1240, microusd: 272_800 },
      remaining: { characters: 300, microusd: null },
      overrun: null,
    },
  },
});

async function open(plan: SpeechPlan, shop: Workshop = aWorkshop(), more: Handlers = {}) {
  const now = { plan, quota: LEFT };
  const app = await renderApp({
    at: '/projects/project-1',
    handlers: {
      ...shop.handlers,
      quota_show: () => now.quota,
      speech_plan: () => now.plan,
      voice_list: () => [],
      ...more,
    },
  });
  const text = await screen.findByRole('textbox', { name: 'Script text' });
  return { ...app, shop, now, text };
}
const line = () => screen.findByRole('button', { name: /left/ });
const make = () => screen.findByRole('button', { name: /^Make 3 variants/ });

test('what is left and what it needs stand beside the button', async () => {
  const { person } = await open(PAID);
  expect(await line()).toHaveTextContent('38,000 characters left');
  expect(await line()).toHaveTextContent('this needs 1,240 ($0.27)');
  await person.click(await line());
  expect(await screen.findByText('This script: 1,240 characters ($0.27)')).toBeVisible();
  await expectAccessible();
});

test('what is left is live by what the profile announces alone', async () => {
  const { backend, now } = await open(PAID);
  expect(await line()).toHaveTextContent('38,000 characters left');
  const asked = backend.count('quota_show');
  now.quota = aQuota({
    total: aQuotaLine({ limit_microusd: null, remaining_microusd: null, remaining_characters: 36_760 }),
  });
  now.plan = { ...PAID, characters: 0, price: { characters: 0, microusd: 0 } };
  act(() => backend.emit({ event: 'costs' }));
  await waitFor(async () => expect(await line()).toHaveTextContent('36,760 characters left'));
  expect(await line()).toHaveTextContent('this needs none');
  expect(backend.count('quota_show')).toBe(asked + 1);
});

test('a free voice without a limit says nothing of money', async () => {
  await open(aPlan(), aWorkshop(), {
    quota_show: () => aQuota({ total: aQuotaLine({ remaining_characters: null, remaining_microusd: null }) }),
  });
  await make();
  expect(screen.queryByText(/left/)).toBeNull();
});

test('what the limit does not cover is blocked before anything is submitted, with the reason and what to do', async () => {
  const { backend, person } = await open(REFUSED);
  await waitFor(async () => expect(await make()).toBeDisabled());
  await person.keyboard('{Control>}{Enter}{/Control}');
  await person.click(await line());
  const reason = await screen.findByText(/^This needs 1,240 characters \(\$0\.27\)\./);
  expect(reason).toHaveAttribute('role', 'alert');
  expect(reason).toHaveTextContent('300 characters, until December 1.');
  const todo = screen.getByRole('group', { name: 'What you can do' });
  expect(within(todo).getByRole('link', { name: 'Raise the limit' })).toHaveAttribute('href', '/costs');
  await person.click(within(todo).getByRole('button', { name: 'Choose a free voice' }));
  expect(screen.getByRole('tab', { name: /Voice/ })).toHaveAttribute('aria-selected', 'true');
  expect(backend.count('generate')).toBe(0);
  expect(backend.count('render_variants')).toBe(0);
});

test('a limit that was used up a moment ago is noticed before anything is submitted', async () => {
  const shop = aWorkshop({ batches: [] });
  const { backend, person, now } = await open(PAID, shop);
  await waitFor(async () => expect(await make()).toBeEnabled());
  now.plan = REFUSED;
  await person.click(await make());
  expect(await screen.findByText('This needs 1240 characters.')).toBeVisible();
  expect(backend.count('generate')).toBe(0);
});

test('nothing is paid by typing: what costs something is spoken when it is asked for', async () => {
  const shop = aWorkshop({ batches: [] });
  const { backend, person } = await open(PAID, shop);
  expect(await screen.findByText('Speaking this needs 1,240 characters ($0.27)')).toBeVisible();
  expect(backend.count('generate')).toBe(0);
  await person.click(screen.getByRole('button', { name: 'Speak and plan it' }));
  await waitFor(() => expect(backend.count('generate')).toBe(1));
  expect(backend.last('generate')?.order.render).toBe(false);
});

test('a change that costs something is told and not spoken by itself', async () => {
  const { backend, person, text, now } = await open(aPlan({ asked: ELEVEN }));
  await make();
  now.plan = PAID;
  await person.click(text);
  await person.keyboard('{Control>}{End}{/Control} The end.');
  await person.tab();
  await waitFor(() => expect(backend.last('script_set')?.text).toMatch(/The end\.$/));
  act(() => backend.emit({ event: 'project', project: 'project-1' }));
  expect(await screen.findByText(/Speaking it again needs 1,240 characters/)).toBeVisible();
  expect(backend.count('generate')).toBe(0);
});

test('a batch shows how much of it is covered, and making all of it is blocked', async () => {
  const shop = aWorkshop();
  shop.detail = { ...shop.detail, scripts: [1, 2, 3, 4].map((n) => aScript({ id: `script-${n}` })) };
  const whole = aPlan({
    ...REFUSED,
    characters: 31_000,
    price: { characters: 31_000, microusd: 6_820_000 },
    fits: 2,
  });
  const { person } = await open(PAID, shop, {
    speech_plan: ({ scripts }) => (scripts.length > 1 ? whole : PAID),
  });
  await person.click(await line());
  expect(
    await screen.findByText(
      /12 variants of 4 scripts: 31,000 characters \(\$6\.82\)\. The limit covers 6 variants\./,
    ),
  ).toBeVisible();
  await person.keyboard('{Escape}');
  await person.click(screen.getByRole('button', { name: 'More ways to make videos' }));
  const all = await screen.findByRole('menuitem', { name: 'The limit covers 2 of 4 scripts' });
  expect(all).toHaveAttribute('aria-disabled', 'true');
});

test('the voice that spoke instead is told on each variant and in the panel', async () => {
  const shop = aWorkshop();
  for (const { timeline } of shop.batches.flatMap((batch) => batch.variants)) {
    timeline.voice = { ...timeline.voice, ...STEPPED };
  }
  await open(aPlan(), shop);
  expect((await screen.findAllByText('Edge (ElevenLabs: quota reached)')).length).toBe(3);
  expect(
    screen.getByText(/Another voice speaks: ElevenLabs: sentence 1: the provider's quota/),
  ).toBeVisible();
});
