/** One job: what it is, how far, how long still, and what can be done with it. */
import { ChevronsUp, CircleX, GripVertical, Pause, Play, RotateCw, SquareTerminal, X } from 'lucide-react';
import { type PointerEvent, memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Job } from '../../backend/bindings/calls';
import { IconButton } from '../../components/Button';
import { Badge, CopyDetails, Progress } from '../../components/States';
import { ago, exactly, left } from '../../lib/format';
import { useSaid } from '../../lib/said';
import css from './Queue.module.css';
import { Still } from './Still';
import type { Group } from './groups';
import type { Asked, QueueActions } from './useQueueActions';

export interface JobRowProps {
  job: Job;
  group: Group;
  asked: Asked | null;
  actions: QueueActions;
  /** Tab reaches this row. */
  current: boolean;
  /** UTC milliseconds. */
  now: number;
  /** Begins dragging it to another place; absent where order means nothing. */
  onGrip?: ((event: PointerEvent<HTMLElement>) => void) | undefined;
  onFocus: () => void;
  onCommands: () => void;
  /** Goes to what came of it; absent when there is nothing to see. */
  onShow?: (() => void) | undefined;
}

export const JobRow = memo(function JobRow(props: JobRowProps) {
  const { job, group, asked, actions, now } = props;
  const { t, i18n } = useTranslation(['queue', 'common']);
  const open = group === 'running' || group === 'waiting' || group === 'paused';
  const said = useSaid();
  const title = said.title(job);
  const step = useStep(job, asked);
  const percent = new Intl.NumberFormat(i18n.language, { style: 'percent' }).format(job.progress);
  return (
    <div
      role="group"
      aria-label={title}
      tabIndex={props.current ? 0 : -1}
      className={css.row}
      data-job={job.id}
      data-group={group}
      data-state={job.state}
      onFocus={props.onFocus}
    >
      {props.onGrip ? (
        <span className={css.grip} onPointerDown={props.onGrip} title={t('drag')} aria-hidden>
          <GripVertical />
        </span>
      ) : (
        <span className={css.grip} aria-hidden />
      )}
      <Still job={job} />
      <div className={css.words}>
        <p className={css.title} title={title}>
          {props.onShow ? (
            <button type="button" className={css.show} onClick={props.onShow}>
              {title}
            </button>
          ) : (
            title
          )}
          {job.state === 'interrupted' && <Badge tone="warn">{t('interrupted')}</Badge>}
          {job.state === 'cancelled' && <Badge>{t('wasCancelled')}</Badge>}
        </p>
        {group === 'needs' ? (
          <p className={css.why} data-selectable>
            {job.failure ? said.line(job.failure) : t('failedSilently')}
          </p>
        ) : (
          <p className={css.step} title={step}>
            {step}
          </p>
        )}
      </div>
      <div className={css.far}>
        {(group === 'running' || job.progress > 0) && open && (
          <>
            <Progress
              value={job.state === 'running' && job.progress === 0 ? null : job.progress}
              label={t('progress', { title })}
            />
            <span className={css.percent}>{percent}</span>
          </>
        )}
      </div>
      <span className={css.time}>
        {group === 'running' && job.eta_ms !== null && t('common:left', { time: left(job.eta_ms) })}
        {(group === 'done' || group === 'needs') && job.finished_at !== null && (
          <time title={exactly(job.finished_at, i18n.language)}>
            {ago(job.finished_at, now, i18n.language)}
          </time>
        )}
      </span>
      <div className={css.actions}>
        {job.failure && group === 'needs' && <CopyDetails failure={job.failure} />}
        {(job.state === 'failed' || job.state === 'cancelled') && (
          <IconButton label={t('retry')} shortcut="R" onClick={() => actions.retry(job)}>
            <RotateCw />
          </IconButton>
        )}
        {group === 'waiting' && (
          <IconButton label={t('first')} shortcut="F" onClick={() => actions.first(job)}>
            <ChevronsUp />
          </IconButton>
        )}
        {(group === 'running' || group === 'waiting') && asked !== 'pause' && (
          <IconButton
            label={t('pause')}
            shortcut="P"
            disabled={asked === 'cancel'}
            onClick={() => actions.pause(job)}
          >
            <Pause />
          </IconButton>
        )}
        {(group === 'paused' || asked === 'pause') && (
          <IconButton label={t('resume')} shortcut="P" onClick={() => actions.resume(job)}>
            <Play />
          </IconButton>
        )}
        <IconButton label={t('commands')} shortcut="C" onClick={props.onCommands}>
          <SquareTerminal />
        </IconButton>
        {open && (
          <IconButton
            label={t('cancel')}
            shortcut="Delete"
            tone="danger"
            disabled={asked === 'cancel'}
            onClick={() => actions.cancel(job)}
          >
            {group === 'running' ? <CircleX /> : <X />}
          </IconButton>
        )}
      </div>
    </div>
  );
});

function useStep(job: Job, asked: Asked | null): string {
  const { t } = useTranslation('queue');
  const said = useSaid();
  if (asked === 'pause') return t('pausing');
  if (asked === 'cancel') return t('cancelling');
  const kind = t(`kind.${job.kind.kind}`);
  if (job.state === 'running' || job.state === 'paused') return said.step(job.step) || kind;
  return kind;
}
