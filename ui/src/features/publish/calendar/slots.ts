/** Times of the week at which is posted, as they lie in a day. Pure. */
import type { Slot } from '../../../backend/bindings/calls';
import { type Zone, weekdayOf } from '../../../lib/zone';
import { type Entry, isOver } from './entries';
import type { Goal } from './drag';

const NOON = 12 * 60;
const HOUR_MS = 3_600_000;

/** A post that is moved off its slot by so many minutes still fills it. */
export interface Filled {
  entries: readonly Entry[];
  jitter: number;
}

/** Minutes of a day's slots that are still to come and that nothing goes out at. */
export function freeSlots(
  day: string,
  slots: readonly Slot[],
  filled: Filled,
  zone: Zone,
  now: number,
): number[] {
  const weekday = weekdayOf(day);
  const taken = filled.entries.filter((entry) => !isOver(entry)).map((entry) => zone.wall(entry.at).minute);
  return slots
    .filter((slot) => slot.weekday === weekday)
    .map((slot) => slot.minute)
    .filter((minute) => zone.instant(day, minute) > now)
    .filter((minute) => taken.every((other) => Math.abs(other - minute) > filled.jitter))
    .sort((a, b) => a - b);
}

/** When what is let go there goes out: the slot, else the day's first free one, else noon or the next full hour. */
export function goalAt(goal: Goal, slots: readonly Slot[], filled: Filled, zone: Zone, now: number): number {
  const minute = goal.minute ?? freeSlots(goal.day, slots, filled, zone, now)[0] ?? NOON;
  const at = zone.instant(goal.day, minute);
  return at > now ? at : Math.ceil((now + 1) / HOUR_MS) * HOUR_MS;
}
