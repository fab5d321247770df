/** Money and characters for people, and what they type as such. Pure. */

/** Millionths of a US dollar in a dollar: the unit core counts in. */
export const MICRO = 1_000_000;
const CENT = MICRO / 100;

/** "$0.27" or "0,27 USD". What is less than a cent shows two digits more, so that it is not told as nothing. */
export function money(microusd: number, language: string): string {
  const small = microusd > 0 && microusd < CENT;
  return new Intl.NumberFormat(language, {
    style: 'currency',
    currency: 'USD',
    minimumFractionDigits: 2,
    maximumFractionDigits: small ? 4 : 2,
  }).format(microusd / MICRO);
}

/** A share as this language writes it: "80%". */
export function percent(share: number, language: string): string {
  return new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 }).format(share);
}

/** For a field: "12.5", or "12,5" where a comma is written; empty for no limit. */
export function moneyTyped(microusd: number | null, language: string): string {
  if (microusd === null) return '';
  return new Intl.NumberFormat(language, {
    minimumFractionDigits: 2,
    maximumFractionDigits: 6,
    useGrouping: false,
  }).format(microusd / MICRO);
}

/** What a field says, in millionths of a dollar. `null` for an empty one, `undefined` for what is no amount. */
export function moneyOf(text: string): number | null | undefined {
  const bare = text.replace(/[\s\u00a0\u202f]|usd|\$/gi, '');
  if (bare === '') return null;
  if (!/^\d*(?:[.,]\d+)*[.,]?$/.test(bare) || !/\d/.test(bare)) return undefined;
  const at = Math.max(bare.lastIndexOf('.'), bare.lastIndexOf(','));
  const marks = bare.match(/[.,]/g) ?? [];
  // One mark parts dollars from cents; it groups thousands only as "1,500" and "1.500.000" are written.
  const grouping = at >= 0 && /^[1-9]\d{0,2}(?:[.,]\d{3})+$/.test(bare) && new Set(marks).size === 1;
  const whole = (at < 0 || grouping ? bare : bare.slice(0, at)).replace(/[.,]/g, '');
  const part = at < 0 || grouping ? '' : bare.slice(at + 1);
  const dollars = Number(`${whole || '0'}.${part || '0'}`);
  return Number.isFinite(dollars) && dollars <= 1e9 ? Math.round(dollars * MICRO) : undefined;
}

/** A whole number as people group it. `null` for an empty field, `undefined` for what is no number. */
export function countOf(text: string): number | null | undefined {
  const bare = text.replace(/[\s\u00a0\u202f]/g, '');
  if (bare === '') return null;
  if (!/^\d+$/.test(bare) && !/^\d{1,3}(?:[.,]\d{3})+$/.test(bare)) return undefined;
  const count = Number(bare.replace(/[.,]/g, ''));
  return Number.isSafeInteger(count) ? count : undefined;
}

/** "November 2026" of "2026-11". */
export function monthName(month: string, language: string): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return new Intl.DateTimeFormat(language, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
    Date.UTC(year, number - 1, 1),
  );
}

/** The month before (-1) or after (1). */
export function monthBeside(month: string, by: -1 | 1): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number - 1 + by, 1)).toISOString().slice(0, 7);
}

/** "26 November" of "2026-11-26". */
export function dayName(day: string, language: string): string {
  return new Intl.DateTimeFormat(language, { day: 'numeric', month: 'long', timeZone: 'UTC' }).format(
    Date.parse(`${day}T00:00:00Z`),
  );
}

/** "1 December": the day a monthly limit begins anew. */
export function renewal(month: string, language: string): string {
  return dayName(`${monthBeside(month, 1)}-01`, language);
}
