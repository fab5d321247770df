/** What is ordered, put together from what a person chose. Pure. */
import type { CaptionFor, PublishOrder, Slot, When } from '../../../backend/bindings/calls';
import { daysOn, weekdayOf, type Zone } from '../../../lib/zone';

const HOUR_MS = 3_600_000;
/** How many days ahead the first free slot is looked for. */
const AHEAD = 14;

export type How = When['when'];

/** Everything of a choice of time, also of those that are not chosen: going back and forth loses nothing. */
export interface Times {
  how: How;
  /** `null` while what is written is no time to come. */
  at: number | null;
  days: number;
  /** `null`: as many a day as there are slots. */
  aDay: number | null;
  /** The same seed gives the same shifts. */
  seed: number;
}

/** What one would choose most often: many clips over the coming slots, one at the next of them. */
export function firstTimes(
  clips: number,
  at: number | undefined,
  slots: readonly Slot[],
  zone: Zone,
  now: number,
): Times {
  const start = at ?? nextSlot(slots, zone, now) ?? Math.ceil((now + 1) / HOUR_MS) * HOUR_MS;
  return {
    how: clips > 1 && slots.length > 0 ? 'spread' : 'at',
    at: start,
    days: 7,
    aDay: null,
    seed: Math.floor(Math.random() * 2 ** 31),
  };
}

function nextSlot(slots: readonly Slot[], zone: Zone, now: number): number | null {
  const today = zone.wall(now).day;
  for (let by = 0; by <= AHEAD; by += 1) {
    const day = daysOn(today, by);
    const minutes = slots.filter((slot) => slot.weekday === weekdayOf(day)).map((slot) => slot.minute);
    const later = minutes.map((minute) => zone.instant(day, minute)).filter((at) => at > now);
    if (later.length > 0) return Math.min(...later);
  }
  return null;
}

/** `null` while no time to come is chosen. */
export function whenOf(times: Times, zone: Zone): When | null {
  const { how, at, days, aDay, seed } = times;
  if (how === 'at') return at === null ? null : { when: 'at', at };
  if (how === 'spread') {
    // From the first moment of that day: its slots are all meant. Those that are past are not taken.
    return at === null
      ? null
      : { when: 'spread', from: zone.instant(zone.wall(at).day, 0), days, a_day: aDay, seed };
  }
  return { when: how };
}

/** Captions by hand: of a clip on all accounts, or on one. */
export type Captions = ReadonlyMap<string, CaptionFor>;

export const captionKey = (clip: string, account: string | null): string => `${clip} ${account ?? ''}`;

export function captionsOf(given: readonly CaptionFor[]): Captions {
  return new Map(given.map((one) => [captionKey(one.clip, one.account ?? null), one]));
}

/** With another text there; `null` takes it back to the template. */
export function withCaption(
  captions: Captions,
  clip: string,
  account: string | null,
  text: string | null,
): Captions {
  const next = new Map(captions);
  if (text === null) next.delete(captionKey(clip, account));
  else next.set(captionKey(clip, account), { clip, account, text });
  return next;
}

/** `null` while something is missing. */
export function orderOf(chosen: {
  clips: readonly string[];
  accounts: readonly string[];
  when: When | null;
  caption: string | null;
  captions: Captions;
}): PublishOrder | null {
  const { clips, accounts, when, caption, captions } = chosen;
  if (clips.length === 0 || accounts.length === 0 || when === null) return null;
  const there = new Set(clips);
  return {
    clips: [...clips],
    accounts: [...accounts],
    when,
    caption,
    captions: [...captions.values()].filter((one) => there.has(one.clip)),
    settings: [],
  };
}
