import { useTranslation } from 'react-i18next';
import { useSaid } from '../../../lib/said';
import { useCall } from '../../../app/queries';
import { Empty, FailureView, Loading, Skeleton } from '../../../components/States';
import { useBench } from '../model/bench';
import type { Place } from '../model/lines';
import css from './ShotDetail.module.css';
import { ShotStill } from './ShotStill';

const MOST = 24;
const ACROSS = 4;

/** Shots that would suit a sentence, the best first. They play under the pointer. */
export function SwapList(props: { place: Place; onChoose: (shot: string, inMs?: number) => void }) {
  const { t } = useTranslation('project');
  const said = useSaid();
  const { script, variant, timeline } = useBench();
  const candidates = useCall(
    'shot_candidates',
    { script: script?.id ?? '', sentence: props.place.sentence, variant: variant?.id ?? '', limit: MOST },
    { enabled: script !== null && variant !== null },
  );
  if (!timeline) return null;
  const now = props.place.segment.pick.shot;
  const list = candidates.data?.filter((one) => one.shot !== now) ?? [];

  const move = (event: React.KeyboardEvent<HTMLUListElement>) => {
    const by = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -ACROSS, ArrowDown: ACROSS }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    const buttons = [...event.currentTarget.querySelectorAll('button')];
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
    buttons[Math.min(buttons.length - 1, Math.max(0, at + by))]?.focus();
  };

  return (
    <div className={css.swap}>
      <h3>{t('shots.swapTitle')}</h3>
      {candidates.isPending && (
        <Loading>
          <div className={css.candidates}>
            {[1, 2, 3, 4].map((one) => (
              <Skeleton key={one} height={150} />
            ))}
          </div>
        </Loading>
      )}
      {candidates.error && (
        <FailureView failure={candidates.error} onRetry={() => void candidates.refetch()} />
      )}
      {candidates.data && list.length === 0 && (
        <Empty title={t('shots.swapNone')} text={t('shots.swapNoneText')} />
      )}
      {list.length > 0 && (
        <ul className={css.candidates} onKeyDown={move}>
          {list.map((one) => (
            <li key={one.shot}>
              <button
                type="button"
                className={css.candidate}
                title={`${one.source_name}: ${said.reason(one.reason)}`}
                onClick={() => props.onChoose(one.shot)}
              >
                <ShotStill
                  source={one.source}
                  shot={one.shot}
                  thumb={one.thumb}
                  inMs={one.start_ms}
                  lengthMs={one.end_ms - one.start_ms}
                  frame={timeline}
                />
                <span>{said.reason(one.reason) || one.source_name}</span>
                <span className={one.used === 0 ? css.fresh : undefined}>
                  {one.used === 0 ? t('shots.fresh') : t('shots.used', { count: one.used })}
                </span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
