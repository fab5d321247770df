import { Menu as Base } from '@base-ui/react/menu';
import type { ReactElement, ReactNode } from 'react';
import { Kbd } from './Kbd';
import css from './Popup.module.css';

export interface MenuEntry {
  id: string;
  label: string;
  icon?: ReactNode;
  shortcut?: string | undefined;
  danger?: boolean;
  disabled?: boolean;
  run: () => void;
}

/** A menu that opens from its trigger. `null` in the list is a line between two groups. */
export function Menu({
  trigger,
  entries,
}: {
  trigger: ReactElement;
  entries: readonly (MenuEntry | null)[];
}) {
  return (
    <Base.Root>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner sideOffset={4} align="start" className={css.positioner}>
          <Base.Popup className={css.menu}>
            {entries.map((entry, index) =>
              entry ? (
                <Base.Item
                  key={entry.id}
                  className={css.item}
                  disabled={entry.disabled ?? false}
                  data-danger={entry.danger || undefined}
                  onClick={entry.run}
                >
                  {entry.icon}
                  <span className={css.label}>{entry.label}</span>
                  {entry.shortcut && <Kbd>{entry.shortcut}</Kbd>}
                </Base.Item>
              ) : (
                <Base.Separator key={index} className={css.separator} />
              ),
            )}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
