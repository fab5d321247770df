import type { ReactNode } from 'react';
import css from './LibraryPage.module.css';

/** What narrows and orders a list, beside the tabs; its actions at the far end. */
export function Toolbar(props: { children?: ReactNode; actions?: ReactNode }) {
  return (
    <div className={css.tools}>
      {props.children}
      <span className={css.gap} />
      {props.actions}
    </div>
  );
}
