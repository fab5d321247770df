import { CircleCheck, Info, RotateCcw, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { VariantRow } from '../../../backend/bindings/calls';
import { IconButton } from '../../../components/Button';
import { Popover } from '../../../components/Popover';
import { Badge, Progress } from '../../../components/States';
import { duration } from '../../../lib/format';
import { useSaid } from '../../../lib/said';
import { useInstead } from '../../../lib/voices';
import { msOfFrame } from '../model/lines';
import { ShotStill } from '../shots/ShotStill';
import type { Standing } from './useMaking';
import css from './Variants.module.css';

/** One variant: its opening, how long it is, where it stands, and what to know about it. */
export function VariantCard(props: {
  row: VariantRow;
  standing: Standing;
  /** Something changed since it was planned. */
  stale: boolean;
  chosen: boolean;
  onChoose: () => void;
  onRetry: (job: string) => void;
}) {
  const { t } = useTranslation('project');
  const said = useSaid();
  const insteadOf = useInstead();
  const { row, standing } = props;
  const instead = insteadOf(row.timeline.voice);
  const { timeline } = row;
  const first = timeline.segments[0];
  const length = duration(msOfFrame(timeline.frames, timeline.fps));
  const name = t('variant.name', { number: row.number + 1 });
  const state =
    standing.state === 'rendering'
      ? t('variant.state.rendering', { percent: Math.round(standing.progress * 100) })
      : standing.state === 'planned' && props.stale
        ? t('variant.state.stale')
        : t(`variant.state.${standing.state}`);

  return (
    <div className={css.card} data-chosen={props.chosen || undefined} data-state={standing.state}>
      <button
        type="button"
        className={css.choose}
        aria-current={props.chosen ? 'true' : undefined}
        onClick={props.onChoose}
      >
        <span className={css.still}>
          {first && (
            <ShotStill
              source={first.pick.source}
              shot={first.pick.shot}
              inMs={first.pick.in_ms}
              lengthMs={msOfFrame(first.frames, timeline.fps)}
              framing={first.framing}
              frame={timeline}
            />
          )}
        </span>
        <span className={css.words}>
          <strong>{name}</strong>
          <span className={css.state}>
            {standing.state === 'ready' && <CircleCheck aria-hidden />}
            {standing.state === 'failed' && <TriangleAlert aria-hidden />}
            {state}
          </span>
          <span className={css.length}>
            {length}
            {instead && (
              <span className={css.instead} title={instead}>
                <Badge tone="warn">{instead}</Badge>
              </span>
            )}
          </span>
        </span>
      </button>
      {standing.state === 'failed' ? (
        <Popover
          label={t('variant.why')}
          trigger={
            <IconButton label={t('variant.why')} className={css.note}>
              <TriangleAlert />
            </IconButton>
          }
        >
          <div className={css.explain}>
            <p data-selectable>{standing.failure ? said.line(standing.failure) : ''}</p>
            <IconButton label={t('variant.retry')} tone="quiet" onClick={() => props.onRetry(standing.job)}>
              <RotateCcw />
            </IconButton>
          </div>
        </Popover>
      ) : (
        row.notes.length > 0 && (
          <Popover
            label={t('variant.notes', { name })}
            trigger={
              <IconButton label={t('variant.notes', { name })} className={css.note}>
                <Info />
              </IconButton>
            }
          >
            <ul className={css.explain}>
              {row.notes.map((note, index) => (
                <li key={index} data-selectable>
                  {said.note(note)}
                </li>
              ))}
            </ul>
          </Popover>
        )
      )}
      {standing.state === 'rendering' && (
        <span className={css.progress}>
          <Progress value={standing.progress} label={`${name}: ${said.step(standing.step)}`} />
        </span>
      )}
    </div>
  );
}
