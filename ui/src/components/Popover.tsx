import { Popover as Base } from '@base-ui/react/popover';
import type { ReactElement, ReactNode } from 'react';
import css from './Popup.module.css';

/** A small panel that opens from its trigger and closes when one looks elsewhere. */
export function Popover(props: {
  trigger: ReactElement;
  children: ReactNode;
  label: string;
  open?: boolean;
  onOpen?: (open: boolean) => void;
}) {
  return (
    <Base.Root open={props.open} onOpenChange={(open) => props.onOpen?.(open)}>
      <Base.Trigger render={props.trigger} />
      <Base.Portal>
        <Base.Positioner sideOffset={6} align="start" className={css.positioner}>
          <Base.Popup className={css.popover} aria-label={props.label}>
            {props.children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
