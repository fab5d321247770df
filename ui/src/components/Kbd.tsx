import css from './Kbd.module.css';

const SIGNS: Record<string, string> = { Left: '←', Right: '→', Up: '↑', Down: '↓', Delete: 'Del' };

/** A key as it is printed on a keyboard. */
export function Kbd({ children }: { children: string }) {
  return (
    <kbd className={css.keys}>
      {children.split('+').map((part, index) => (
        <span key={index} className={css.key}>
          {SIGNS[part] ?? (part || '+')}
        </span>
      ))}
    </kbd>
  );
}
