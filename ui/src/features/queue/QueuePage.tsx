/** What the program works on for this profile: what needs a person first, then what runs, waits and is done. */
import { useNavigate } from '@tanstack/react-router';
import { useVirtualizer } from '@tanstack/react-virtual';
import { ListChecks, RotateCw } from 'lucide-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Job } from '../../backend/bindings/calls';
import { Button } from '../../components/Button';
import { Empty, FailureView, Loading, Skeleton } from '../../components/States';
import { useJobs } from '../../lib/jobs';
import { CommandsDialog } from './CommandsDialog';
import { JobRow } from './JobRow';
import css from './Queue.module.css';
import { type Group, type Row, grouped, rowsOf } from './groups';
import { useDragOrder } from './useDragOrder';
import { type QueueActions, useQueueActions } from './useQueueActions';
import { useQueueCommands } from './useQueueCommands';

const ROW_PX = 56;
const HEAD_PX = 44;

export function QueuePage() {
  const { t } = useTranslation('queue');
  const { jobs, failure, at, again } = useJobs();
  if (failure) return <FailureView failure={failure} onRetry={again} />;
  return (
    <div className={css.page}>
      <h1 className="visually-hidden">{t('queue')}</h1>
      {jobs ? <Queue jobs={jobs} now={at} /> : <Skeletons />}
    </div>
  );
}

function Skeletons() {
  return (
    <div className={css.column}>
      <Loading>
        {[0, 1, 2, 3].map((n) => (
          <div key={n} className={css.waiting}>
            <Skeleton width={40} height={40} />
            <Skeleton width={`${46 - n * 6}%`} height={14} />
          </div>
        ))}
      </Loading>
    </div>
  );
}

function Queue({ jobs, now }: { jobs: readonly Job[]; now: number }) {
  const { t } = useTranslation('queue');
  const navigate = useNavigate();
  const groups = grouped(jobs, now);
  const rows = rowsOf(groups);
  const listed = rows.flatMap((row) => (row.kind === 'job' ? [row.job] : []));
  const actions = useQueueActions(jobs, groups.waiting);
  const drag = useDragOrder(groups.waiting, ROW_PX, actions.move);
  const scroller = useRef<HTMLDivElement>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const [commandsOf, setCommandsOf] = useState<string | null>(null);
  const current = listed.find((job) => job.id === chosen) ?? listed[0] ?? null;

  // eslint-disable-next-line react-hooks/incompatible-library -- rows are few and cheap; nothing here is memoised
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (rows[index]?.kind === 'head' ? HEAD_PX : ROW_PX),
    getItemKey: (index) => {
      const row = rows[index];
      return row?.kind === 'job' ? row.job.id : (row?.group ?? index);
    },
    overscan: 8,
    useFlushSync: false,
  });

  const go = (by: number) => {
    const place = listed.findIndex((job) => job.id === current?.id) + (chosen === null ? 0 : by);
    const job = listed[Math.min(listed.length - 1, Math.max(0, place))];
    if (!job) return;
    setChosen(job.id);
    virtual.scrollToIndex(rows.findIndex((row) => row.kind === 'job' && row.job.id === job.id));
    requestAnimationFrame(() =>
      scroller.current?.querySelector<HTMLElement>(`[data-job="${job.id}"]`)?.focus(),
    );
  };
  useQueueCommands({ current, actions, go, onCommands: (job) => setCommandsOf(job.id) });

  const show = (job: Job) => {
    if (job.state !== 'done') return undefined;
    const { kind } = job;
    if (kind.kind === 'render') return () => void navigate({ to: '/library', search: { tab: 'clips' } });
    if (kind.kind === 'generate')
      return () => void navigate({ to: '/projects/$id', params: { id: kind.project } });
    return () => void navigate({ to: '/library', search: { tab: 'footage' } });
  };

  if (rows.length === 0) {
    return (
      <Empty icon={<ListChecks />} title={t('emptyTitle')} text={t('emptyText')}>
        <Button tone="primary" onClick={() => void navigate({ to: '/projects' })}>
          {t('toProjects')}
        </Button>
      </Empty>
    );
  }
  return (
    <div ref={scroller} className={css.scroller} data-testid="queue">
      <div className={css.column} style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map((item) => {
          const row = rows[item.index];
          if (!row) return null;
          const moved = row.kind === 'job' && drag.dragged?.id === row.job.id ? drag.dragged.by : null;
          return (
            <div
              key={item.key}
              ref={virtual.measureElement}
              data-index={item.index}
              className={css.item}
              data-dragged={moved !== null || undefined}
              style={{ transform: `translateY(${item.start + (moved ?? 0) * ROW_PX}px)` }}
            >
              <QueueRow
                row={row}
                actions={actions}
                current={current}
                now={now}
                onGrip={row.kind === 'job' && row.job.state === 'queued' ? drag.begin(row.job) : undefined}
                onFocus={setChosen}
                onCommands={setCommandsOf}
                onShow={row.kind === 'job' ? show(row.job) : undefined}
              />
            </div>
          );
        })}
      </div>
      <CommandsDialog
        job={listed.find((job) => job.id === commandsOf) ?? null}
        onClose={() => setCommandsOf(null)}
      />
    </div>
  );
}

function QueueRow(props: {
  row: Row;
  actions: QueueActions;
  current: Job | null;
  now: number;
  onGrip: ReturnType<ReturnType<typeof useDragOrder>['begin']> | undefined;
  onFocus: (id: string) => void;
  onCommands: (id: string) => void;
  onShow: (() => void) | undefined;
}) {
  const { row, actions } = props;
  if (row.kind === 'head') return <GroupHead group={row.group} count={row.count} actions={actions} />;
  const { job, group } = row;
  return (
    <JobRow
      job={job}
      group={group}
      asked={actions.asked(job)}
      actions={actions}
      current={job.id === props.current?.id}
      now={props.now}
      onGrip={props.onGrip}
      onFocus={() => props.onFocus(job.id)}
      onCommands={() => props.onCommands(job.id)}
      onShow={props.onShow}
    />
  );
}

function GroupHead({ group, count, actions }: { group: Group; count: number; actions: QueueActions }) {
  const { t } = useTranslation('queue');
  return (
    <div className={css.head} data-group={group}>
      <h2>
        {t(`group.${group}`)} <span className={css.count}>{count}</span>
      </h2>
      {group === 'needs' && (
        <Button icon={<RotateCw />} onClick={actions.retryAll}>
          {t('retryAll')}
        </Button>
      )}
    </div>
  );
}
