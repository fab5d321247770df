import { expect, it } from 'vitest';
import { i18next } from '../i18n';
import { NO_LIMIT, aQuotaLine } from '../testing/money';
import {
  assumesText,
  blockedText,
  isOverrun,
  leftText,
  refusalText,
  remainingOf,
  shareOf,
} from './saidMoney';

const english = i18next.getFixedT('en', 'costs');
const romanian = i18next.getFixedT('ro', 'costs');
const plain = (text: string | null) => text?.replace(/[\u00a0\u202f]/g, ' ');

const OVERRUN =
  'It charged 2900 characters ($0.64) for a call that was to cost at most 1450 ($0.32). Say that you have seen it, or set the limit again, to go on.';

it('what_blocks_a_limit_is_said_in_both_languages', () => {
  const reached = aQuotaLine({ blocked: 'The limit of this month is reached.' });
  expect(blockedText(reached, '2026-11', english, 'en')).toBe(
    'The limit of this month is reached. Raise it below, or wait until December 1.',
  );
  expect(blockedText(reached, '2026-11', romanian, 'ro')).toContain('până pe 1 decembrie');
  const share = aQuotaLine({ blocked: 'The share of this device of the limit of this month is used up.' });
  expect(blockedText(share, '2026-11', romanian, 'ro')).toMatch(/^Partea din limită .* 1 decembrie\.$/);
  const overrun = aQuotaLine({ provider: 'elevenlabs', blocked: OVERRUN });
  expect(isOverrun(overrun) && !isOverrun(reached)).toBe(true);
  expect(blockedText(overrun, '2026-11', romanian, 'ro')).toMatch(/^ElevenLabs a cerut 2\.900 \(\$0\.64\)/);
  expect(blockedText(aQuotaLine({ blocked: 'Something new.' }), '2026-11', romanian, 'ro')).toBe(
    'Something new.',
  );
  expect(blockedText(aQuotaLine(), '2026-11', english, 'en')).toBeNull();
  const gap = aQuotaLine({
    blocked:
      'The database of this profile was damaged and a copy was put in its place, so what was paid since 2026-11-26T08:00:00Z may be missing. And more.',
  });
  expect(isOverrun(gap)).toBe(true);
  expect(blockedText(gap, '2026-11', romanian, 'ro')).toContain('din 26 noiembrie');
});

it('what_is_left_is_said_in_the_units_that_are_limited', () => {
  expect(leftText({ characters: 38_000, microusd: 12_400_000 }, english, 'en')).toBe(
    '38,000 characters and $12.40',
  );
  expect(leftText({ characters: 1, microusd: null }, english, 'en')).toBe('1 character');
  expect(plain(leftText({ characters: 38_000, microusd: null }, romanian, 'ro'))).toBe('38.000 de caractere');
  expect(plain(leftText({ characters: null, microusd: 270_000 }, romanian, 'ro'))).toBe('0,27 USD');
  expect(leftText({ characters: null, microusd: null }, english, 'en')).toBeNull();
});

it('the_tighter_limit_counts', () => {
  const total = aQuotaLine({ remaining_characters: 500, remaining_microusd: null });
  const own = aQuotaLine({ remaining_characters: 900, remaining_microusd: 70_000 });
  expect(remainingOf(total, own)).toEqual({ characters: 500, microusd: 70_000 });
  expect(remainingOf(total, undefined)).toEqual({ characters: 500, microusd: null });
});

it('the_bar_shows_the_limit_that_is_nearer', () => {
  const line = aQuotaLine({
    used_characters: 20_000,
    used_microusd: 11_000_000,
    reserved_microusd: 2_200_000,
  });
  expect(shareOf(line)).toEqual({ used: 0.5, held: 0.1 });
  expect(shareOf(aQuotaLine(NO_LIMIT))).toBeNull();
  expect(shareOf(aQuotaLine({ limit_characters: null, limit_microusd: 0, used_microusd: 0 }))).toEqual({
    used: 1,
    held: 0,
  });
});

const refusal = (details: Record<string, unknown>) => ({
  code: 'over_quota' as const,
  message: 'This needs 1240 characters.',
  details,
});

it('a_refusal_is_told_with_its_numbers', () => {
  const over = refusal({
    provider: null,
    month: '2026-11',
    needed: { characters: 1240, microusd: 272_800 },
    remaining: { characters: 300, microusd: null },
    overrun: null,
  });
  expect(refusalText(over, english, 'en')).toBe(
    'This needs 1,240 characters ($0.27). Left for all services together: 300 characters, until December 1.',
  );
  expect(plain(refusalText(over, romanian, 'ro'))).toBe(
    'Este nevoie de 1.240 de caractere (0,27 USD). Au rămas pentru toate serviciile împreună: 300 de caractere, până pe 1 decembrie.',
  );
  expect(refusalText(refusal({ overrun: { provider: 'elevenlabs' } }), english, 'en')).toMatch(
    /^ElevenLabs charged/,
  );
  expect(refusalText(refusal({}), english, 'en')).toBe('This needs 1240 characters.');
});

it('what_a_listed_price_assumes_is_said_in_romanian', () => {
  const assumes = 'Creator plan: 22 US dollars a month for 100,000 characters, none of them left unused';
  expect(plain(assumesText(assumes, romanian, 'ro'))).toBe(
    'Presupune abonamentul Creator: 22,00 USD pe lună pentru 100.000 de caractere, folosite toate',
  );
  expect(assumesText('Nothing.', english, 'en')).toBe('Nothing.');
});
