import { describe, expect, it } from 'vitest';
import { ago, duration, exactly, left, number, size } from './format';

describe('numbers for people', () => {
  it('durations_are_minutes_seconds_and_tenths_and_hours_when_long', () => {
    expect(duration(0)).toBe('0:00.0');
    expect(duration(7_449)).toBe('0:07.4');
    expect(duration(59_960)).toBe('1:00.0');
    expect(duration(605_000)).toBe('10:05.0');
    expect(duration(3_725_000)).toBe('1:02:05');
  });

  it('sizes_are_megabytes_with_a_decimal_below_ten', () => {
    expect(size(1_250_000, 'en')).toBe('1.3 MB');
    expect(size(24_400_000, 'en')).toBe('24 MB');
    expect(size(1_250_000, 'ro')).toBe('1,3 MB');
    expect(size(22_098_000_000, 'en')).toBe('22,098 MB');
  });

  it('numbers_are_written_as_the_language_writes_them', () => {
    expect(number(1234.5, 'en', 1)).toBe('1,234.5');
    expect(number(1234.5, 'ro', 1)).toBe('1.234,5');
  });

  it('times_are_relative_in_the_unit_that_says_most', () => {
    const now = Date.UTC(2026, 10, 24, 12);
    expect(ago(now, now, 'en')).toBe('now');
    expect(ago(now - 3 * 60_000, now, 'en')).toBe('3 minutes ago');
    expect(ago(now - 5 * 3_600_000, now, 'en')).toBe('5 hours ago');
    expect(ago(now - 86_400_000, now, 'en')).toBe('yesterday');
    expect(ago(now - 400 * 86_400_000, now, 'en')).toBe('last year');
    expect(ago(now - 3 * 60_000, now, 'ro')).toBe('acum 3 minute');
    expect(exactly(now, 'en')).toContain('2026');
  });

  it('time_left_is_never_nothing', () => {
    expect(left(0)).toBe('1 s');
    expect(left(40_400)).toBe('40 s');
    expect(left(180_000)).toBe('3 min');
    expect(left(3_900_000)).toBe('1 h 5 min');
  });
});
