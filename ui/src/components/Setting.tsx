import type { ReactNode } from 'react';
import css from './Setting.module.css';

/** A section of the settings: its title, a line about it, groups of rows. */
export function Section(props: { title: string; text?: string; wide?: boolean; children: ReactNode }) {
  return (
    <section
      aria-label={props.title}
      className={[css.section, props.wide && css.wide].filter(Boolean).join(' ')}
    >
      <header className={css.head}>
        <h2>{props.title}</h2>
        {props.text && <p>{props.text}</p>}
      </header>
      {props.children}
    </section>
  );
}

/** Settings that belong together. */
export function Group({ title, children }: { title?: string; children: ReactNode }) {
  return (
    <div role={title ? 'group' : undefined} aria-label={title}>
      {title && <h3 className={css.groupTitle}>{title}</h3>}
      <div className={css.group}>{children}</div>
    </div>
  );
}

/** One setting: what it is at the left, its control at the right (or below, when `tall`). */
export function Setting(props: {
  label: string;
  /** The control's id, so that a click on the label reaches it. */
  htmlFor?: string;
  help?: ReactNode;
  error?: string | null;
  tall?: boolean;
  children?: ReactNode;
}) {
  return (
    <div className={[css.row, props.tall && css.tall].filter(Boolean).join(' ')}>
      <div>
        {props.htmlFor ? (
          <label htmlFor={props.htmlFor} className={css.label}>
            {props.label}
          </label>
        ) : (
          <div className={css.label}>{props.label}</div>
        )}
        {props.help && <div className={css.help}>{props.help}</div>}
      </div>
      <div className={css.control}>{props.children}</div>
      {props.error && (
        <p role="alert" className={css.error}>
          {props.error}
        </p>
      )}
    </div>
  );
}
