/** The arrow keys of a grid of tiles, as commands: they work wherever the focus is on the page, and can be remapped. */
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../../app/commands/commands';
import type { Step } from '../state/selection';

export interface GridKeys {
  index: number;
  total: number;
  columns: number;
  /** Rows one sees at once. */
  rows: number;
  go: (index: number, step: Step) => void;
}

export function useGridKeys({ index, total, columns, rows, go }: GridKeys): void {
  const { t } = useTranslation('library');
  const group = t('group');
  const enabled = total > 0;
  const last = total - 1;
  // Down from the row before the last one reaches the last tile even where nothing lies right below.
  const down =
    index + columns <= last || Math.floor(index / columns) === Math.floor(last / columns)
      ? index + columns
      : last;
  const within = (to: number) => (to > last || to < 0 ? index : to);

  const move = { group, enabled, hidden: true };
  useCommand({
    ...move,
    id: 'library.left',
    title: t('keys.left'),
    key: 'Left',
    run: () => go(within(index - 1), 'alone'),
  });
  useCommand({
    ...move,
    id: 'library.right',
    title: t('keys.right'),
    key: 'Right',
    run: () => go(within(index + 1), 'alone'),
  });
  useCommand({
    ...move,
    id: 'library.up',
    title: t('keys.up'),
    key: 'Up',
    run: () => go(within(index - columns), 'alone'),
  });
  useCommand({
    ...move,
    id: 'library.down',
    title: t('keys.down'),
    key: 'Down',
    run: () => go(within(down), 'alone'),
  });
  useCommand({
    ...move,
    id: 'library.first',
    title: t('keys.first'),
    key: 'Home',
    run: () => go(0, 'alone'),
  });
  useCommand({
    ...move,
    id: 'library.last',
    title: t('keys.last'),
    key: 'End',
    run: () => go(last, 'alone'),
  });
  const page = columns * Math.max(1, rows - 1);
  useCommand({
    ...move,
    id: 'library.pageUp',
    title: t('keys.pageUp'),
    key: 'PageUp',
    run: () => go(Math.max(index % columns, index - page), 'alone'),
  });
  useCommand({
    ...move,
    id: 'library.pageDown',
    title: t('keys.pageDown'),
    key: 'PageDown',
    run: () => go(Math.min(last, index + page), 'alone'),
  });
  useCommand({
    ...move,
    id: 'library.extendLeft',
    title: t('keys.extendLeft'),
    key: 'Shift+Left',
    run: () => go(within(index - 1), 'range'),
  });
  useCommand({
    ...move,
    id: 'library.extendRight',
    title: t('keys.extendRight'),
    key: 'Shift+Right',
    run: () => go(within(index + 1), 'range'),
  });
  useCommand({
    ...move,
    id: 'library.extendUp',
    title: t('keys.extendUp'),
    key: 'Shift+Up',
    run: () => go(within(index - columns), 'range'),
  });
  useCommand({
    ...move,
    id: 'library.extendDown',
    title: t('keys.extendDown'),
    key: 'Shift+Down',
    run: () => go(within(down), 'range'),
  });
}
