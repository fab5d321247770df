import { Tabs as Base } from '@base-ui/react/tabs';
import type { ReactNode } from 'react';
import css from './Tabs.module.css';

export interface Tab<T extends string> {
  value: T;
  label: string;
  count?: number | undefined;
}

/** One of several panels. */
export function Tabs<T extends string>(props: {
  label: string;
  value: T;
  tabs: readonly Tab<T>[];
  onChange: (value: T) => void;
  children?: ReactNode;
  className?: string | undefined;
}) {
  return (
    <Base.Root
      value={props.value}
      onValueChange={(value: T) => props.onChange(value)}
      className={props.className}
    >
      <Base.List aria-label={props.label} className={css.list}>
        {props.tabs.map((tab) => (
          <Base.Tab key={tab.value} value={tab.value} className={css.tab}>
            {tab.label}
            {tab.count !== undefined && <span className={css.count}>{tab.count}</span>}
          </Base.Tab>
        ))}
      </Base.List>
      {props.children}
    </Base.Root>
  );
}

/** What a tab shows. */
export function TabPanel(props: { value: string; children: ReactNode; className?: string | undefined }) {
  return (
    <Base.Panel value={props.value} className={props.className}>
      {props.children}
    </Base.Panel>
  );
}
