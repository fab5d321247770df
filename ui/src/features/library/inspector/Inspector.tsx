/** The column at the right that tells about what is selected. */
import type { ReactNode } from 'react';
import css from './Inspector.module.css';

export function Inspector(props: { label: string; children: ReactNode }) {
  return (
    <aside aria-label={props.label} className={css.inspector}>
      {props.children}
    </aside>
  );
}

export function Section(props: { title: string; note?: ReactNode; children: ReactNode }) {
  return (
    <section className={css.section}>
      <header className={css.head}>
        <h3>{props.title}</h3>
        {props.note && <span className={css.note}>{props.note}</span>}
      </header>
      {props.children}
    </section>
  );
}

/** One thing that is known, with its name before it. */
export interface Fact {
  name: string;
  value: ReactNode;
  title?: string | undefined;
}

export function Facts({ facts }: { facts: readonly (Fact | null)[] }) {
  return (
    <dl className={css.facts}>
      {facts.map(
        (fact) =>
          fact && (
            <div key={fact.name} title={fact.title}>
              <dt>{fact.name}</dt>
              <dd data-selectable>{fact.value}</dd>
            </div>
          ),
      )}
    </dl>
  );
}
