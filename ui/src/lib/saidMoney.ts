/** Why nothing more may be paid, in the window's language: from what core says and from the numbers it gives. Pure. */
import type { TFunction } from 'i18next';
import type { Failure, QuotaLine } from '../backend/bindings/calls';
import { number } from './format';
import { dayName, money, renewal } from './money';
import { providerTitle } from './voices';

type Words = TFunction<'costs'>;

const OVERRUN =
  /^It charged (?<characters>\d+) characters \((?<charged>.+?)\) for a call that was to cost at most (?<bound>\d+) \((?<most>.+?)\)\. Say that you have seen it, or set the limit again, to go on\.$/;

const GAP =
  /^The database of this profile was damaged and a copy was put in its place, so what was paid since (?<day>\d{4}-\d\d-\d\d)T/;

/** What blocks a limit. A sentence nobody has words for is shown as it is. */
export function blockedText(line: QuotaLine, month: string, t: Words, language: string): string | null {
  if (line.blocked === null) return null;
  const overrun = OVERRUN.exec(line.blocked)?.groups;
  if (overrun) {
    const { characters, charged = '', bound, most = '' } = overrun;
    return t('blocked.overrun', {
      name: line.provider === null ? t('all') : providerTitle(line.provider),
      charged: `${number(Number(characters), language)} (${charged})`,
      most: `${number(Number(bound), language)} (${most})`,
    });
  }
  const gap = GAP.exec(line.blocked)?.groups;
  if (gap) return t('blocked.gap', { day: dayName(gap['day'] ?? '', language) });
  if (line.blocked === 'The share of this device of the limit of this month is used up.')
    return t('blocked.share', { day: renewal(month, language) });
  if (line.blocked !== 'The limit of this month is reached.') return line.blocked;
  return t('blocked.reached', { day: renewal(month, language) });
}

/** True when what stops paid calls ends as soon as somebody has seen it: an overrun, or costs that may be missing. */
export function isOverrun(line: QuotaLine): boolean {
  return line.blocked !== null && (OVERRUN.test(line.blocked) || GAP.test(line.blocked));
}

interface Amount {
  characters: number | null;
  microusd: number | null;
}

/** What is left, in the units that are limited: "38,000 characters and $12.40". */
export function leftText(left: Amount, t: Words, language: string): string | null {
  const letters = left.characters === null ? null : t('characters', counted(left.characters, language));
  const amount = left.microusd === null ? null : money(left.microusd, language);
  if (letters !== null && amount !== null) return t('both', { letters, amount });
  return letters ?? amount;
}

/** For a word with a number in it: which form it takes, and how the number is written. */
export function counted(count: number, language: string): { count: number; shown: string } {
  return { count, shown: number(count, language) };
}

/** Why a script is not spoken, from what stands in the failure; the failure's own sentence where it says no numbers. */
export function refusalText(failure: Failure, t: Words, language: string): string {
  const { needed, remaining, month, provider, overrun } = failure.details;
  if (failure.code !== 'over_quota') return failure.message;
  const who = typeof provider === 'string' ? providerTitle(provider) : t('allInside');
  if (overrun) return t('refused.overrun', { name: overrunProvider(overrun) ?? who });
  if (!isAmount(needed) || !isAmount(remaining) || typeof month !== 'string') return failure.message;
  return t('refused.limit', {
    needed: needText({ characters: needed.characters ?? 0, microusd: needed.microusd ?? 0 }, t, language),
    left: leftText(remaining, t, language) ?? '0',
    name: who,
    day: renewal(month, language),
  });
}

/** "1,240 characters ($0.27)". */
export function needText(need: { characters: number; microusd: number }, t: Words, language: string): string {
  return t('need', { ...counted(need.characters, language), amount: money(need.microusd, language) });
}

function isAmount(value: unknown): value is Amount {
  return typeof value === 'object' && value !== null && 'characters' in value && 'microusd' in value;
}

function overrunProvider(value: unknown): string | null {
  const named = typeof value === 'object' && value !== null && 'provider' in value ? value.provider : null;
  return typeof named === 'string' ? providerTitle(named) : null;
}

/** What may still be spent: the tighter of a provider's own limit and that of all together. */
export function remainingOf(total: QuotaLine, own: QuotaLine | undefined): Amount {
  const less = (a: number | null, b: number | null | undefined) =>
    a === null || b === null || b === undefined ? (a ?? b ?? null) : Math.min(a, b);
  return {
    characters: less(total.remaining_characters, own?.remaining_characters),
    microusd: less(total.remaining_microusd, own?.remaining_microusd),
  };
}

/** How much of a limit is gone: the larger of its two shares. `null` where nothing limits it. */
export function shareOf(line: QuotaLine): { used: number; held: number } | null {
  const parts = [
    [line.limit_characters, line.used_characters, line.reserved_characters],
    [line.limit_microusd, line.used_microusd, line.reserved_microusd],
  ] as const;
  const shares = parts.flatMap(([limit, used, held]) =>
    // A limit of nothing is full from the beginning.
    limit === null ? [] : [limit === 0 ? { used: 1, held: 0 } : { used: used / limit, held: held / limit }],
  );
  return shares.sort((a, b) => b.used + b.held - a.used - a.held)[0] ?? null;
}

/** What a listed price takes for granted. */
export function assumesText(assumes: string, t: Words, language: string): string {
  const found =
    /^(?<plan>.+) plan: (?<dollars>\d+) US dollars a month for (?<letters>[\d,]+) characters, none of them left unused$/.exec(
      assumes,
    )?.groups;
  if (!found) return assumes;
  const { plan = '', dollars, letters = '' } = found;
  return t('prices.assumes', {
    plan,
    amount: money(Number(dollars) * 1_000_000, language),
    ...counted(Number(letters.replaceAll(',', '')), language),
  });
}
