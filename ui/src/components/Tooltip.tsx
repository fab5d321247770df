import { Tooltip as Base } from '@base-ui/react/tooltip';
import type { ComponentProps, ReactElement } from 'react';
import { Kbd } from './Kbd';
import css from './Popup.module.css';

/**
 * A word or two about what is under the pointer, with its key. What else it is given goes to what is under the pointer,
 * so that a button with a tooltip can open a menu.
 */
export function Tooltip({
  text,
  shortcut,
  children,
  ...rest
}: { text: string; shortcut?: string | undefined; children: ReactElement } & Omit<
  ComponentProps<typeof Base.Trigger>,
  'children' | 'render'
>) {
  return (
    <Base.Root>
      <Base.Trigger {...rest} render={children} />
      <Base.Portal>
        <Base.Positioner sideOffset={6} className={css.positioner}>
          <Base.Popup className={css.tooltip} dir="auto">
            {text}
            {shortcut && <Kbd>{shortcut}</Kbd>}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
