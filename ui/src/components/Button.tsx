import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react';
import { Kbd } from './Kbd';
import css from './Button.module.css';
import { Tooltip } from './Tooltip';

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  /** `primary` is the one action of a screen; `plain` has no frame; `danger` turns red under the pointer. */
  tone?: 'primary' | 'quiet' | 'plain' | 'danger';
  icon?: ReactNode;
  /** A key shown at its right. */
  shortcut?: string | undefined;
  /** Something it started is under way: it cannot be pressed and says so to screen readers. */
  busy?: boolean;
  ref?: Ref<HTMLButtonElement>;
}

/** A button that says what it does with a verb. */
export function Button({ tone = 'quiet', icon, shortcut, busy, children, className, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      aria-busy={busy || undefined}
      disabled={rest.disabled || busy}
      className={[css.button, css[tone], className].filter(Boolean).join(' ')}
    >
      {icon && <span className={css.icon}>{icon}</span>}
      {children}
      {shortcut && <Kbd>{shortcut}</Kbd>}
    </button>
  );
}

export interface IconButtonProps extends Omit<ButtonProps, 'icon' | 'children'> {
  /** What it does; shown as a tooltip and read aloud. */
  label: string;
  children: ReactNode;
}

/** A square button with a picture; its label is a tooltip. */
export function IconButton({
  label,
  tone = 'plain',
  busy,
  shortcut,
  children,
  className,
  ...rest
}: IconButtonProps) {
  return (
    <Tooltip text={label} shortcut={shortcut}>
      <button
        type="button"
        aria-label={label}
        {...rest}
        aria-busy={busy || undefined}
        disabled={rest.disabled || busy}
        className={[css.button, css.square, css[tone], className].filter(Boolean).join(' ')}
      >
        {children}
      </button>
    </Tooltip>
  );
}
