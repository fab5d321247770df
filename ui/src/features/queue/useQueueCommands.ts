/** The keys of the queue. They work on the row that was reached last. */
import { useTranslation } from 'react-i18next';
import type { Job } from '../../backend/bindings/calls';
import { useCommand } from '../../app/commands/commands';
import { isOpen } from '../../lib/jobs';
import type { QueueActions } from './useQueueActions';

export function useQueueCommands(queue: {
  current: Job | null;
  actions: QueueActions;
  go: (by: number) => void;
  onCommands: (job: Job) => void;
}): void {
  const { t } = useTranslation('queue');
  const { current, actions, go } = queue;
  const group = t('queue');
  const paused = current !== null && (current.state === 'paused' || actions.asked(current) === 'pause');
  const waits = current?.state === 'queued' || current?.state === 'interrupted';
  const on = (enabled: boolean | undefined, run: (job: Job) => void) => ({
    group,
    enabled: current !== null && enabled === true,
    run: () => current && run(current),
  });
  useCommand({ id: 'queue.next', group, title: t('key.next'), key: 'Down', hidden: true, run: () => go(1) });
  useCommand({
    id: 'queue.previous',
    group,
    title: t('key.previous'),
    key: 'Up',
    hidden: true,
    run: () => go(-1),
  });
  useCommand({
    id: 'queue.pause',
    title: paused ? t('key.resume') : t('key.pause'),
    key: 'P',
    ...on(current !== null && isOpen(current), paused ? actions.resume : actions.pause),
  });
  useCommand({
    id: 'queue.cancel',
    title: t('key.cancel'),
    key: 'Delete',
    ...on(current !== null && isOpen(current), actions.cancel),
  });
  useCommand({
    id: 'queue.retry',
    title: t('key.retry'),
    key: 'R',
    ...on(current?.state === 'failed' || current?.state === 'cancelled', actions.retry),
  });
  useCommand({ id: 'queue.first', title: t('key.first'), key: 'F', ...on(waits, actions.first) });
  useCommand({
    id: 'queue.up',
    title: t('key.up'),
    key: 'Alt+Up',
    ...on(waits, (job) => actions.move(job, -1)),
  });
  useCommand({
    id: 'queue.down',
    title: t('key.down'),
    key: 'Alt+Down',
    ...on(waits, (job) => actions.move(job, 1)),
  });
  useCommand({ id: 'queue.commands', title: t('key.commands'), key: 'C', ...on(true, queue.onCommands) });
  useCommand({ id: 'queue.retryAll', group, title: t('retryAll'), key: 'Shift+R', run: actions.retryAll });
}
