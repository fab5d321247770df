/** The middle: what would come out, or what is missing until something can. */
import { Link } from '@tanstack/react-router';
import { AudioLines, Coins, Film, ImagePlus, PenLine } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../components/Button';
import { Empty, FailureView, Loading, Skeleton } from '../../components/States';
import { useSaid } from '../../lib/said';
import { needText, refusalText } from '../../lib/saidMoney';
import { Preview } from '../../preview/Preview';
import { useBench } from './model/bench';
import css from './Workbench.module.css';

export function Stage() {
  const { t, i18n } = useTranslation(['project', 'costs']);
  const { t: tc } = useTranslation('costs');
  const { player, variant, planning, timeline, speech } = useBench();
  return (
    <div className={css.stage}>
      {player && variant && timeline ? <Preview player={player} variant={variant.id} /> : <Waiting />}
      {planning.busy && timeline && (
        <p className={css.note} role="status">
          <AudioLines aria-hidden />
          {planning.job?.step || t('plan.busy')}
        </p>
      )}
      {!planning.busy && timeline && !planning.current && speech && speech.characters > 0 && (
        <p className={css.note} role="status">
          <Coins aria-hidden />
          {t('costs:line.again', { need: needText(speech.price, tc, i18n.language) })}
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
  const { t, i18n } = useTranslation(['project', 'costs']);
  const { t: tc } = useTranslation('costs');
  const said = useSaid();
  const { script, spoken, unspoken, footage, allFootage, footageTotal, planning, showPanel, speech } =
    useBench();
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
  if (!planning.busy && speech && speech.characters > 0) {
    const { refusal } = speech;
    return (
      <Empty
        icon={<Coins />}
        title={t('costs:line.holdTitle', { need: needText(speech.price, tc, i18n.language) })}
        text={refusal ? refusalText(refusal, tc, i18n.language) : t('costs:line.holdText')}
      >
        {refusal ? (
          <>
            <Link to="/costs">{t('costs:line.raise')}</Link>
            <Button onClick={() => showPanel('voice')}>{t('costs:line.choose')}</Button>
          </>
        ) : (
          <Button onClick={() => void planning.start().catch(() => undefined)}>{t('costs:line.hold')}</Button>
        )}
      </Empty>
    );
  }
  return (
    <Empty
      icon={<AudioLines />}
      title={t('empty.planning')}
      text={planning.job?.step || (spoken ? t('empty.planningText') : undefined)}
    />
  );
}
