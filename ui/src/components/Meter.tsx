import css from './Meter.module.css';

/** How much of a limit is gone: what was used, what is held, and the mark from which on it warns. */
export function Meter(props: {
  /** What it measures, and how much, in words. */
  label: string;
  says: string;
  /** Shares of the limit, 0 to 1 and over. `null` where nothing limits it. */
  used: number | null;
  held?: number;
  /** Where the mark stands, 0 to 1. */
  mark?: number;
}) {
  const { used, held = 0, mark } = props;
  const inside = (share: number) => Math.min(1, Math.max(0, share));
  const first = inside(used ?? 0);
  const both = inside((used ?? 0) + held);
  const tone =
    used === null ? 'none' : both >= 1 ? 'bad' : mark !== undefined && both >= mark ? 'warn' : 'plain';
  return (
    <div
      role="meter"
      aria-label={props.label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(both * 100)}
      aria-valuetext={props.says}
      title={props.says}
      className={css.meter}
      data-tone={tone}
    >
      <span className={css.held} style={{ width: `${both * 100}%` }} />
      <span className={css.used} style={{ width: `${first * 100}%` }} />
      {mark !== undefined && used !== null && (
        <span className={css.mark} style={{ left: `${inside(mark) * 100}%` }} />
      )}
    </div>
  );
}
