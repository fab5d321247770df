import { act, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { i18next } from '../../i18n';
import { type Handlers, failure } from '../../backend/fake';
import { type Purse, aCost, aPurse, aQuota, aQuotaLine, aSum, NO_LIMIT } from '../../testing/money';
import { expectAccessible, renderApp } from '../../testing/renderApp';
import { giveSizes, scrollTo } from '../../testing/sizes';

const OVERRUN =
  'It charged 2900 characters ($0.64) for a call that was to cost at most 1450 ($0.32). Say that you have seen it, or set the limit again, to go on.';

const open = async (purse: Purse, more: Handlers = {}) => {
  const app = await renderApp({ at: '/costs', handlers: { ...purse.handlers, ...more } });
  return { ...app, purse };
};
const spent = (over: Partial<Omit<Purse, 'handlers'>> = {}) =>
  aPurse({
    quota: aQuota(),
    costs: [
      aCost(0, { state: 'reserved', charged: null }),
      aCost(1, { state: 'sent', charged: null }),
      aCost(2),
      aCost(3, { state: 'released', charged: null, why: 'the provider asks for fewer requests' }),
      aCost(4, { state: 'unknown', charged: null, project: null, project_name: null }),
      aCost(5, { overrun: true, charged: { characters: 900, microusd: 198_000 } }),
    ],
    sums: {
      day: [aSum('2026-11-25'), aSum('2026-11-26', { reserved: { characters: 400, microusd: 90_000 } })],
      provider: [aSum('elevenlabs')],
      project: [aSum('project-1', { name: 'Small world' }), aSum(null, { name: null })],
    },
    ...over,
  });

describe('the costs', () => {
  beforeEach(() => giveSizes(1000, 700));

  it('say_what_to_do_where_nothing_was_paid', async () => {
    const { container } = await open(aPurse());
    expect(await screen.findByRole('heading', { name: 'Nothing was paid this month' })).toBeVisible();
    expect(screen.getByRole('link', { name: 'Set the key of a paid voice' })).toBeVisible();
    // Limits can be set before anything is paid.
    expect(screen.getByRole('textbox', { name: 'Limit in US dollars: ElevenLabs' })).toHaveValue('');
    await expectAccessible(container);
  });

  it('show_the_month_against_its_limit_with_the_mark_and_every_state_in_words', async () => {
    const { container } = await open(spent());
    const total = await screen.findByRole('group', { name: 'All services together' });
    expect(within(total).getByRole('meter')).toHaveAttribute(
      'aria-valuetext',
      '50% of the limit is used or held',
    );
    expect(total).toHaveTextContent('$11.00 of $22.00 · 50,000 of 100,000 characters');
    const calls = await screen.findByRole('table', { name: 'Calls' });
    for (const words of ['held', 'under way', 'paid', 'cost nothing', 'not known', 'more than agreed']) {
      expect(within(calls).getAllByText(words)[0]).toBeVisible();
    }
    expect(calls).toHaveTextContent('the provider asks for fewer requests');
    await expectAccessible(container);
  });

  it('say_that_they_could_not_be_read_and_read_them_again', async () => {
    const purse = spent();
    const broken = () => Promise.reject(failure('damaged_database', 'The database is damaged.'));
    const { backend, person } = await open(purse, { quota_show: broken, cost_summary: broken });
    expect((await screen.findAllByText('The database is damaged.')).length).toBe(1);
    Object.assign(backend.handlers, purse.handlers);
    await person.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByRole('group', { name: 'All services together' })).toBeVisible();
  });

  it('a_limit_is_changed_in_place_and_that_can_be_undone', async () => {
    const { backend, person, purse } = await open(spent());
    const field = await screen.findByRole('textbox', { name: 'Limit in US dollars: All services together' });
    expect(field).toHaveValue('22.00');
    await person.clear(field);
    await person.type(field, '30{Enter}');
    await waitFor(() => expect(purse.quota.total.limit_microusd).toBe(30_000_000));
    // The other limit stays.
    expect(backend.last('quota_set')).toEqual({ provider: null, characters: 100_000, microusd: 30_000_000 });
    await person.click(document.body);
    await person.keyboard('{Control>}z{/Control}');
    await waitFor(() => expect(purse.quota.total.limit_microusd).toBe(22_000_000));
    const letters = screen.getByRole('textbox', { name: 'Limit in characters: ElevenLabs' });
    await person.type(letters, '40,000{Enter}');
    await waitFor(() =>
      expect(backend.last('quota_set')).toEqual({
        provider: 'elevenlabs',
        characters: 40_000,
        microusd: null,
      }),
    );
  });

  it('what_is_no_amount_stays_in_the_field_and_is_not_sent', async () => {
    const { backend, person } = await open(spent());
    const field = await screen.findByRole('textbox', { name: 'Limit in US dollars: All services together' });
    await person.clear(field);
    await person.type(field, 'a lot{Enter}');
    expect(await screen.findByRole('alert')).toHaveTextContent('This is no amount.');
    expect(field).toHaveValue('a lot');
    expect(backend.count('quota_set')).toBe(0);
    await person.clear(field);
    await person.tab();
    await waitFor(() =>
      expect(backend.last('quota_set')).toMatchObject({ microusd: null, characters: 100_000 }),
    );
  });

  it('the_share_one_is_warned_at_can_be_chosen', async () => {
    const { person, purse } = await open(spent());
    await person.click(await screen.findByRole('combobox', { name: 'Warn at' }));
    await person.click(await screen.findByRole('option', { name: '90%' }));
    await waitFor(() => expect(purse.quota.warn_at).toBe(0.9));
  });

  it('an_overrun_is_shown_with_why_nothing_is_sent_and_one_goes_on_with_the_same_limit', async () => {
    const line = aQuotaLine({ provider: 'elevenlabs', limit_characters: null, blocked: OVERRUN });
    const { backend, person, container } = await open(
      spent({ quota: aQuota({ total: aQuotaLine(NO_LIMIT), providers: [line] }) }),
    );
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('ElevenLabs: nothing more is sent.');
    expect(alert).toHaveTextContent(
      'charged 2,900 ($0.64) for a call that was to cost at most 1,450 ($0.32)',
    );
    await expectAccessible(container);
    await person.click(within(alert).getByRole('button', { name: 'Go on with this limit' }));
    await waitFor(() =>
      expect(backend.last('quota_set')).toEqual({
        provider: 'elevenlabs',
        characters: null,
        microusd: 22_000_000,
      }),
    );
    await waitFor(() => expect(screen.queryByRole('alert')).toBeNull());
  });

  it('sums_are_by_day_service_or_project_and_a_project_chooses_its_calls', async () => {
    const { backend, person } = await open(spent());
    const sums = await screen.findByRole('table', { name: '' });
    const days = within(sums).getAllByRole('rowheader');
    expect(days.map((day) => day.textContent)).toEqual(['November 26', 'November 25']);
    expect(sums).toHaveTextContent('$1.10 + $0.09 held');
    await person.click(screen.getByRole('radio', { name: 'Project' }));
    await person.click(await screen.findByRole('button', { name: 'Small world' }));
    await waitFor(() => expect(backend.last('cost_list')?.filter).toMatchObject({ project: 'project-1' }));
    await person.click(screen.getByRole('button', { name: 'Only Small world' }));
    await waitFor(() => expect(screen.queryByRole('button', { name: 'Only Small world' })).toBeNull());
  });

  it('a_list_of_thousands_draws_only_what_is_in_sight_and_reads_pages_as_they_are_looked_at', async () => {
    const many = Array.from({ length: 5000 }, (_, number) => aCost(number));
    const { backend } = await open(spent({ costs: many }));
    const scroller = await screen.findByTestId('calls');
    await waitFor(() => expect(within(scroller).getAllByRole('row').length).toBeGreaterThan(5));
    expect(within(scroller).getAllByRole('row').length).toBeLessThan(60);
    scrollTo(scroller, 44 * 3000);
    await waitFor(() => expect(backend.last('cost_list')?.offset).toBeGreaterThanOrEqual(2800));
    await waitFor(() => expect(within(scroller).getAllByText('paid').length).toBeGreaterThan(5));
  });

  it('what_is_not_known_is_looked_up', async () => {
    const { backend, person } = await open(spent());
    await person.click(await screen.findByRole('button', { name: 'Look up what is not known' }));
    expect(await screen.findByText('Every call is known now.')).toBeVisible();
    expect(backend.count('cost_reconcile')).toBe(1);
    await waitFor(() => expect(screen.queryByText('not known')).toBeNull());
  });

  it('are_exported_as_a_file', async () => {
    const { backend, person } = await open(spent());
    backend.goals = ['/home/a/costs.csv'];
    await person.click(await screen.findByRole('button', { name: 'Export as CSV' }));
    await person.click(await screen.findByRole('button', { name: 'Show it' }));
    expect(backend.last('cost_export')).toEqual({ to: '/home/a/costs.csv' });
    expect(backend.done).toContain('reveal: /home/a/costs.csv');
  });

  it('a_month_before_is_looked_at_without_its_limits', async () => {
    const { backend, person } = await open(spent());
    await screen.findByRole('group', { name: 'All services together' });
    expect(screen.getByRole('button', { name: 'Month after' })).toBeDisabled();
    await person.keyboard('[[');
    expect(await screen.findByText('October 2026')).toBeVisible();
    await waitFor(() => expect(backend.last('cost_summary')).toMatchObject({ month: '2026-10' }));
    expect(screen.queryByRole('group', { name: 'All services together' })).toBeNull();
    await person.keyboard(']]');
    expect(await screen.findByRole('group', { name: 'All services together' })).toBeVisible();
  });

  it('prices_say_from_when_they_are_and_can_be_set_and_taken_back', async () => {
    const { backend, person } = await open(spent());
    const price = await screen.findByRole('textbox', { name: 'Price of ElevenLabs' });
    const prices = screen.getByRole('region', { name: 'Prices' });
    expect(prices).toHaveTextContent('List of November 24, 2026.');
    expect(prices).toHaveTextContent('Free: Edge, Piper, flite, and eSpeak NG.');
    await person.clear(price);
    await person.type(price, '0.18{Enter}');
    await waitFor(() =>
      expect(backend.last('price_set')).toEqual({ provider: 'elevenlabs', microusd_per_1000: 180_000 }),
    );
    await person.click(await screen.findByRole('button', { name: 'Use the listed price' }));
    await waitFor(() =>
      expect(backend.last('price_set')).toEqual({ provider: 'elevenlabs', microusd_per_1000: null }),
    );
  });

  it('are_live_by_what_the_profile_announces_alone', async () => {
    const { backend, purse } = await open(spent());
    const total = await screen.findByRole('group', { name: 'All services together' });
    purse.quota = aQuota({ total: aQuotaLine({ used_microusd: 20_000_000, warning: true }) });
    act(() => backend.emit({ event: 'costs' }));
    await waitFor(() => expect(total).toHaveTextContent('$20.00 of $22.00'));
    expect(total).toHaveTextContent('91% used');
  });

  it('are_said_in_romanian', async () => {
    await i18next.changeLanguage('ro');
    const { container } = await open(spent(), {
      app_settings_show: () => ({ theme: 'dark', language: 'ro', keys: {}, ffmpeg: null }),
    });
    expect(await screen.findByText('furnizorul cere mai puține cereri')).toBeVisible();
    expect(screen.getByRole('heading', { name: 'Costuri' })).toBeVisible();
    expect(container.textContent).not.toMatch(/\b(the|held|limit of)\b/);
    await i18next.changeLanguage('en');
  });
});
