/** The middle: what would come out, or what is missing until something can. */
import { Link } from '@tanstack/react-router';
import { AudioLines, Film, ImagePlus, PenLine } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../components/Button';
import { Empty, FailureView, Loading, Skeleton } from '../../components/States';
import { useSaid } from '../../lib/said';
import { Preview } from '../../preview/Preview';
import { useBench } from './model/bench';
import css from './Workbench.module.css';

export function Stage() {
  const { t } = useTranslation('project');
  const { player, variant, planning, timeline } = useBench();
  return (
    <div className={css.stage}>
      {player && variant && timeline ? <Preview player={player} variant={variant.id} /> : <Waiting />}
      {planning.busy && timeline && (
        <p className={css.note} role="status">
          <AudioLines aria-hidden />
          {planning.job?.step || t('plan.busy')}
        </p>
      )}
      {planning.failure && (
        <div className={css.problem}>
          <FailureView
            compact
            failure={planning.failure}
            onRetry={() => void planning.start().catch(() => undefined)}
          />
        </div>
      )}
    </div>
  );
}

/** Why there is nothing to look at yet, and what to do about it. */
function Waiting() {
  const { t } = useTranslation('project');
  const said = useSaid();
  const { script, spoken, unspoken, footage, allFootage, footageTotal, planning, showPanel } = useBench();
  if (footageTotal === null) {
    return (
      <Loading>
        <Skeleton width={280} height={420} radius={10} />
      </Loading>
    );
  }
  if (footageTotal === 0) {
    return (
      <Empty icon={<ImagePlus />} title={t('empty.footage')} text={t('empty.footageText')}>
        <Link to="/library">{t('empty.footageGo')}</Link>
      </Empty>
    );
  }
  if (!script || script.text.trim() === '') {
    return <Empty icon={<PenLine />} title={t('empty.script')} text={t('empty.scriptText')} />;
  }
  if (unspoken) return <Empty icon={<PenLine />} title={t('empty.unspoken')} text={said.line(unspoken)} />;
  if (footage.length === 0) {
    return (
      <Empty icon={<Film />} title={t('empty.chosen')} text={t('empty.chosenText')}>
        <Button onClick={() => showPanel('footage')}>{t('empty.chosenGo')}</Button>
      </Empty>
    );
  }
  if (!footage.some((one) => one.shots > 0)) {
    const still = allFootage.some((one) => !one.analysed && !one.missing);
    return (
      <Empty
        icon={<Film />}
        title={still ? t('empty.analysing') : t('empty.shots')}
        text={still ? t('empty.analysingText') : t('empty.shotsText')}
      />
    );
  }
  if (planning.failure) return <div />;
  return (
    <Empty
      icon={<AudioLines />}
      title={t('empty.planning')}
      text={planning.job?.step || (spoken ? t('empty.planningText') : undefined)}
    />
  );
}
