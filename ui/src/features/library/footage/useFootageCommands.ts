/** What can be done with footage, by key and by name. */
import type { RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../../app/commands/commands';
import type { useImport } from '../imports/useImport';
import type { Selection } from '../state/selection';
import type { SourceRow } from '../types';

export function useFootageCommands(props: {
  selection: Selection<SourceRow>;
  search: RefObject<HTMLInputElement | null>;
  imports: ReturnType<typeof useImport>;
  onOpen: () => void;
  onRemove: () => void;
}): void {
  const { t } = useTranslation('library');
  const { selection, imports } = props;
  const group = t('group');
  const some = selection.targets.length > 0;
  useCommand({
    id: 'library.search',
    group,
    title: t('commands.search'),
    key: 'Ctrl+F',
    run: () => props.search.current?.select(),
  });
  useCommand({
    id: 'library.selectAll',
    group,
    title: t('commands.selectAll'),
    key: 'Ctrl+A',
    run: selection.all,
  });
  useCommand({
    id: 'library.selectNone',
    group,
    title: t('commands.selectNone'),
    key: 'Esc',
    enabled: selection.ids.size > 0,
    run: selection.none,
  });
  useCommand({
    id: 'library.toggle',
    group,
    title: t('commands.toggle'),
    key: 'Ctrl+Space',
    enabled: some,
    run: () => selection.go(selection.index, 'toggle'),
  });
  useCommand({
    id: 'library.open',
    group,
    title: t('commands.open'),
    key: 'Space',
    enabled: some,
    run: props.onOpen,
  });
  useCommand({
    id: 'library.remove',
    group,
    title: t('commands.removeFootage'),
    key: 'Delete',
    enabled: some,
    run: props.onRemove,
  });
  useCommand({
    id: 'library.addFiles',
    group,
    title: t('commands.addFiles'),
    key: 'Ctrl+O',
    run: () => void imports.chooseFiles().then(imports.take),
  });
  useCommand({
    id: 'library.addFolder',
    group,
    title: t('commands.addFolder'),
    key: 'Ctrl+Shift+O',
    run: () => void imports.chooseFolder().then(imports.take),
  });
}
