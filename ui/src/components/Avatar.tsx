import css from './Avatar.module.css';

/** A profile at a glance: its initial on its colour. */
export function Avatar(props: { name: string; colour: string; size?: number }) {
  const size = props.size ?? 22;
  return (
    <span
      aria-hidden
      className={css.avatar}
      style={{
        width: size,
        height: size,
        fontSize: Math.round(size * 0.52),
        background: `var(--${props.colour})`,
      }}
    >
      {initial(props.name)}
    </span>
  );
}

/** The first letter or digit as a person sees it, also when it is made of several characters. */
export function initial(name: string): string {
  const letters = new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(name.trim());
  for (const { segment } of letters) {
    if (/[\p{L}\p{N}\p{Extended_Pictographic}]/u.test(segment)) return segment.toLocaleUpperCase();
  }
  return '·';
}
