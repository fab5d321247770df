/** What can be done with finished videos, by key and by name. */
import type { RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../../app/commands/commands';
import type { Selection } from '../state/selection';
import type { ClipRow } from '../types';
import type { Judge } from './ClipInspector';
import { SHOWN, type Shown } from './ReviewBar';

export function useClipCommands(props: {
  selection: Selection<ClipRow>;
  search: RefObject<HTMLInputElement | null>;
  judge: Judge;
  /** The large preview is over the list. */
  large: boolean;
  onOpen: () => void;
  onShow: (shown: Shown) => void;
}): void {
  const { t } = useTranslation('library');
  const { selection, judge } = props;
  const group = t('group');
  const some = { group, enabled: selection.targets.length > 0 };
  useCommand({ ...some, id: 'library.accept', title: t('commands.accept'), key: 'A', run: judge.accept });
  useCommand({ ...some, id: 'library.reject', title: t('commands.reject'), key: 'X', run: judge.reject });
  useCommand({ ...some, id: 'library.again', title: t('commands.again'), key: 'R', run: judge.again });
  useCommand({ ...some, id: 'library.publish', title: t('commands.publish'), key: 'P', run: judge.publish });
  useCommand({
    ...some,
    id: 'library.export',
    title: t('commands.export'),
    key: 'Ctrl+E',
    run: judge.exportTo,
  });
  useCommand({
    ...some,
    id: 'library.removeClip',
    title: t('commands.removeClip'),
    key: 'Delete',
    run: judge.remove,
  });
  useCommand({
    id: 'library.open',
    group,
    title: t('commands.open'),
    key: 'Space',
    enabled: some.enabled && !props.large,
    run: props.onOpen,
  });
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
    enabled: selection.ids.size > 0 && !props.large,
    run: selection.none,
  });
  useCommand({
    ...some,
    id: 'library.toggle',
    title: t('commands.toggle'),
    key: 'Ctrl+Space',
    run: () => selection.go(selection.index, 'toggle'),
  });
  const [all, fresh, accepted, rejected] = SHOWN;
  useCommand({ id: 'library.showAll', group, title: t('commands.showAll'), run: () => props.onShow(all) });
  useCommand({ id: 'library.showNew', group, title: t('commands.showNew'), run: () => props.onShow(fresh) });
  useCommand({
    id: 'library.showAccepted',
    group,
    title: t('commands.showAccepted'),
    run: () => props.onShow(accepted),
  });
  useCommand({
    id: 'library.showRejected',
    group,
    title: t('commands.showRejected'),
    run: () => props.onShow(rejected),
  });
}
