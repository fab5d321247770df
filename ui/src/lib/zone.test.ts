import { describe, expect, it } from 'vitest';
import {
  dayOf,
  daysOn,
  isHere,
  minuteOf,
  minuteText,
  monthOf,
  monthOn,
  weekOf,
  weekdayOf,
  zoneHere,
  zoneOf,
} from './zone';

const bucharest = zoneOf('Europe/Bucharest');
const at = (text: string) => Date.parse(text);

describe('a time zone', () => {
  it('shows_what_its_clocks_show_and_gives_the_instant_back', () => {
    expect(bucharest.wall(at('2026-11-26T22:30:00Z'))).toEqual({ day: '2026-11-27', minute: 30 });
    for (const name of [
      'Europe/Bucharest',
      'America/New_York',
      'Asia/Kolkata',
      'Pacific/Kiritimati',
      'UTC',
    ]) {
      const zone = zoneOf(name);
      for (let hour = 0; hour < 24 * 370; hour += 5) {
        const instant = at('2026-01-01T00:15:00Z') + hour * 3_600_000;
        const { day, minute } = zone.wall(instant);
        const back = zone.instant(day, minute);
        expect(zone.wall(back), name).toEqual({ day, minute });
        expect([0, -3_600_000], name).toContain(back - instant);
      }
    }
  });

  it('takes_the_first_of_two_times_and_goes_on_where_one_is_left_out', () => {
    // On 25 October 2026 it is 03:30 twice, on 29 March never.
    expect(bucharest.instant('2026-10-25', 210)).toBe(at('2026-10-25T00:30:00Z'));
    const { minute } = bucharest.wall(bucharest.instant('2026-03-29', 210));
    expect(minuteText(minute)).toBe('04:30');
  });

  it('is_the_one_of_this_machine_when_its_clocks_show_the_same_all_year', () => {
    const now = at('2026-11-26T10:00:00Z');
    const here = zoneOf('UTC');
    expect(isHere(zoneOf('Etc/UTC'), now, here)).toBe(true);
    // The same in winter only.
    expect(isHere(zoneOf('Europe/London'), now, here)).toBe(false);
    expect(isHere(zoneOf(zoneHere()), now)).toBe(true);
  });

  it('has_no_zone_of_another_name', () => {
    expect(() => zoneOf('Europe/Nowhere')).toThrow(RangeError);
  });
});

describe('days', () => {
  it('a_week_begins_on_monday_and_a_month_is_shown_in_whole_weeks', () => {
    expect(weekOf('2026-11-29')).toEqual([23, 24, 25, 26, 27, 28, 29].map((day) => `2026-11-${String(day)}`));
    const days = monthOf('2026-11-15');
    expect([days[0], days.at(-1), days.length]).toEqual(['2026-10-26', '2026-12-06', 42]);
    expect(monthOf('2027-02-10').length).toBe(28);
    expect(weekdayOf('2026-11-29')).toBe(7);
    expect(daysOn('2026-12-31', 1)).toBe('2027-01-01');
    expect(monthOn('2026-12-31', 1)).toBe('2027-01-01');
    expect(monthOn('2026-01-31', -1)).toBe('2025-12-01');
  });

  it('what_is_typed_is_a_day_or_a_time_or_nothing', () => {
    expect(dayOf('2026-02-28')).toBe('2026-02-28');
    expect(dayOf('2026-02-30')).toBeNull();
    expect(dayOf('tomorrow')).toBeNull();
    expect([minuteOf('9:05'), minuteOf('23:59'), minuteOf('24:00'), minuteOf('9')]).toEqual([
      545,
      1439,
      null,
      null,
    ]);
  });
});
