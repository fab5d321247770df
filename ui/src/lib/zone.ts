/** Days and minutes of a time zone, and the way back to instants. Days are "2026-11-26". Pure. */

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** What a clock on the wall and a calendar beside it show. */
export interface Wall {
  day: string;
  /** After midnight. */
  minute: number;
}

export interface Zone {
  /** As IANA names it. */
  name: string;
  wall(at: number): Wall;
  /**
   * UTC milliseconds. Where the clocks are put back, the first of the two; where they are put forward and this time is
   * left out, as much later.
   */
  instant(day: string, minute: number): number;
}

/** @throws RangeError when there is no such zone */
export function zoneOf(name: string): Zone {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: name,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  });
  const wall = (at: number): Wall => {
    const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
    return {
      day: `${parts['year']}-${parts['month']}-${parts['day']}`,
      minute: Number(parts['hour']) * 60 + Number(parts['minute']),
    };
  };
  const asIfUtc = ({ day, minute }: Wall) => midnight(day) + minute * MINUTE_MS;
  const instant = (day: string, minute: number): number => {
    const wanted = asIfUtc({ day, minute });
    let at = wanted;
    // Twice: the first guess may lie on the other side of a change of the clocks.
    for (let guess = 0; guess < 2; guess += 1) at += wanted - asIfUtc(wall(at));
    const earlier = at - 60 * MINUTE_MS;
    return asIfUtc(wall(earlier)) === wanted ? earlier : at;
  };
  return { name, wall, instant };
}

/** The zone of this machine. */
export function zoneHere(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** The clocks of this machine show the same all the year round, whatever the zone is called. */
export function isHere(zone: Zone, now: number, here = zoneOf(zoneHere())): boolean {
  const moments = Array.from({ length: 14 }, (_, month) => now + month * 28 * DAY_MS);
  return moments.every((at) => {
    const [there, wall] = [zone.wall(at), here.wall(at)];
    return there.day === wall.day && there.minute === wall.minute;
  });
}

function midnight(day: string): number {
  return Date.parse(`${day}T00:00:00Z`);
}

/** So many days later. */
export function daysOn(day: string, by: number): string {
  return new Date(midnight(day) + by * DAY_MS).toISOString().slice(0, 10);
}

/** 1 Monday to 7 Sunday. */
export function weekdayOf(day: string): number {
  return new Date(midnight(day)).getUTCDay() || 7;
}

/** The seven days of the week a day is in, from Monday. */
export function weekOf(day: string): string[] {
  const monday = daysOn(day, 1 - weekdayOf(day));
  return Array.from({ length: 7 }, (_, by) => daysOn(monday, by));
}

/** All days of whole weeks that hold the month a day is in. */
export function monthOf(day: string): string[] {
  const first = weekOf(`${day.slice(0, 7)}-01`)[0] ?? day;
  const next = monthOn(`${day.slice(0, 7)}-01`, 1);
  const days: string[] = [];
  for (let at = first; at < next || days.length % 7 !== 0; at = daysOn(at, 1)) days.push(at);
  return days;
}

/** The first day of a month that many months on. */
export function monthOn(day: string, by: number): string {
  const [year = 0, month = 1] = day.split('-').map(Number);
  return new Date(Date.UTC(year, month - 1 + by, 1)).toISOString().slice(0, 10);
}

/** A day in words: `dayText('2026-11-26', 'en', { weekday: 'long' })`. */
export function dayText(day: string, language: string, how: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(language, { ...how, timeZone: 'UTC' }).format(midnight(day));
}

/** "09:05". */
export function minuteText(minute: number): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}

/** What was typed as a time, in minutes; `null` when it is none. */
export function minuteOf(text: string): number | null {
  const [, hour, minute] = /^(\d{1,2})[:.](\d{2})$/.exec(text.trim()) ?? [];
  if (hour === undefined || minute === undefined) return null;
  const total = Number(hour) * 60 + Number(minute);
  return Number(hour) < 24 && Number(minute) < 60 ? total : null;
}

/** What was typed as a day; `null` when there is no such day. */
export function dayOf(text: string): string | null {
  const day = text.trim();
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || Number.isNaN(midnight(day))) return null;
  return daysOn(day, 0) === day ? day : null;
}
