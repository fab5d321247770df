import { expect, it } from 'vitest';
import {
  countOf,
  dayName,
  money,
  moneyOf,
  moneyTyped,
  monthBeside,
  monthName,
  percent,
  renewal,
} from './money';

/** Spaces of every width as one: which of them a language uses is not what is tested. */
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ');

it('an_amount_has_its_currency_and_less_than_a_cent_is_not_told_as_nothing', () => {
  expect(money(270_000, 'en')).toBe('$0.27');
  expect(money(0, 'en')).toBe('$0.00');
  expect(money(1_200, 'en')).toBe('$0.0012');
  expect(plain(money(12_345_600_000, 'ro'))).toBe('12.345,60 USD');
  expect(plain(percent(0.8, 'ro'))).toBe('80 %');
});

it.each([
  ['', null],
  ['  ', null],
  ['5', 5_000_000],
  ['$12.50', 12_500_000],
  ['12,5', 12_500_000],
  ['12,50 USD', 12_500_000],
  ['1,500', 1_500_000_000],
  ['1.500,25', 1_500_250_000],
  ['1,500.25', 1_500_250_000],
  ['0.005', 5_000],
  ['0,00022', 220],
  ['.5', 500_000],
  ['5.', 5_000_000],
  ['a lot', undefined],
  ['-3', undefined],
  ['1..5', undefined],
  ['5 EUR', undefined],
  ['99999999999', undefined],
])('the_amount_%s_is_understood_or_refused', (typed, is) => {
  expect(moneyOf(typed)).toBe(is);
});

it('what_a_field_shows_is_understood_again_in_both_languages', () => {
  for (const language of ['en', 'ro']) {
    for (const amount of [0, 1, 220, 270_000, 5_000_000, 1_234_567_890_000]) {
      expect(moneyOf(moneyTyped(amount, language))).toBe(amount);
    }
  }
  expect(moneyTyped(null, 'en')).toBe('');
});

it.each([
  ['', null],
  ['40000', 40_000],
  ['40,000', 40_000],
  ['40.000', 40_000],
  ['1 000 000', 1_000_000],
  ['1.5', undefined],
  ['4,00', undefined],
  ['many', undefined],
])('the_number_%s_is_understood_or_refused', (typed, is) => {
  expect(countOf(typed)).toBe(is);
});

it('months_and_days_have_names', () => {
  expect(monthName('2026-11', 'en')).toBe('November 2026');
  expect(monthName('2026-11', 'ro')).toBe('noiembrie 2026');
  expect([monthBeside('2026-12', 1), monthBeside('2026-01', -1)]).toEqual(['2027-01', '2025-12']);
  expect(dayName('2026-11-26', 'ro')).toBe('26 noiembrie');
  expect(renewal('2026-11', 'en')).toBe('December 1');
});
