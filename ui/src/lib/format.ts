/** Numbers for people: always with their unit, digits of one width come from the styles. */

/** mm:ss.d, or h:mm:ss for what is longer than an hour. */
export function duration(milliseconds: number): string {
  const tenths = Math.round(milliseconds / 100);
  const seconds = Math.floor(tenths / 10);
  const two = (value: number) => String(value).padStart(2, '0');
  if (seconds >= 3600) {
    return `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  }
  return `${Math.floor(seconds / 60)}:${two(seconds % 60)}.${tenths % 10}`;
}

/** Megabytes, with one decimal below ten. */
export function size(bytes: number, language: string): string {
  const megabytes = bytes / 1_000_000;
  const digits = megabytes < 10 ? 1 : 0;
  return `${number(megabytes, language, digits)} MB`;
}

/** A number as this language writes it. */
export function number(value: number, language: string, digits = 0): string {
  return new Intl.NumberFormat(language, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(value);
}

/** "3 minutes ago". */
export function ago(then: number, now: number, language: string): string {
  const seconds = (then - now) / 1000;
  const steps: [Intl.RelativeTimeFormatUnit, number][] = [
    ['second', 60],
    ['minute', 3600],
    ['hour', 86_400],
    ['day', 86_400 * 30],
    ['month', 86_400 * 365],
    ['year', Infinity],
  ];
  const sizes = { second: 1, minute: 60, hour: 3600, day: 86_400, month: 86_400 * 30, year: 86_400 * 365 };
  const format = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  const found = steps.find(([, limit]) => Math.abs(seconds) < limit);
  const unit = (found?.[0] ?? 'year') as keyof typeof sizes;
  return format.format(Math.round(seconds / sizes[unit]), unit);
}

/** The exact time, for a tooltip. */
export function exactly(then: number, language: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'medium' }).format(then);
}

/** Time left in words a person reads at a glance: "40 s", "3 min", "1 h 5 min". */
export function left(milliseconds: number): string {
  const seconds = Math.max(1, Math.round(milliseconds / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
