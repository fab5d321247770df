/** The keys of the calendar. Some work on what was reached last in it. */
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../../app/commands/commands';
import type { View } from './CalendarTab';
import { type Entry, movable } from './entries';
import { type EntryActions, failedOf } from './useEntryActions';

export function useCalendarCommands(calendar: {
  current: Entry | null;
  actions: EntryActions;
  onMove: (entry: Entry) => void;
  onGo: (by: -1 | 1) => void;
  onToday: () => void;
  onShow: (view: View) => void;
}): void {
  const { t } = useTranslation('publish');
  const { current, actions } = calendar;
  const group = t('title');
  const can = current !== null && movable(current).length > 0;
  const again = current !== null && failedOf(current).length > 0;
  useCommand({
    id: 'publish.previous',
    group,
    title: t('commands.previous'),
    key: '[',
    run: () => calendar.onGo(-1),
  });
  useCommand({ id: 'publish.next', group, title: t('commands.next'), key: ']', run: () => calendar.onGo(1) });
  useCommand({
    id: 'publish.today',
    group,
    title: t('commands.today'),
    key: 'T',
    run: () => calendar.onToday(),
  });
  useCommand({
    id: 'publish.week',
    group,
    title: t('commands.week'),
    key: 'W',
    run: () => calendar.onShow('week'),
  });
  useCommand({
    id: 'publish.month',
    group,
    title: t('commands.month'),
    key: 'Shift+M',
    run: () => calendar.onShow('month'),
  });
  useCommand({
    id: 'publish.move',
    group,
    title: t('commands.move'),
    key: 'M',
    enabled: can,
    run: () => current && calendar.onMove(current),
  });
  useCommand({
    id: 'publish.cancel',
    group,
    title: t('commands.cancel'),
    key: 'Delete',
    enabled: can,
    run: () => void (current && actions.cancel(current)),
  });
  useCommand({
    id: 'publish.retry',
    group,
    title: t('commands.retry'),
    key: 'R',
    enabled: again,
    run: () => void (current && actions.retry(failedOf(current))),
  });
  useCommand({
    id: 'publish.retryAll',
    group,
    title: t('commands.retryAll'),
    key: 'Shift+R',
    run: () => void actions.retryAll(),
  });
  useCommand({
    id: 'publish.check',
    group,
    title: t('commands.check'),
    key: 'C',
    run: () => void actions.check(),
  });
}
