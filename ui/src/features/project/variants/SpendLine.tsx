/** What may still be spent and what speaking this needs, beside the button that would spend it. */
import { Link } from '@tanstack/react-router';
import { Coins, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useCall } from '../../../app/queries';
import { Button } from '../../../components/Button';
import { Popover } from '../../../components/Popover';
import { money, renewal } from '../../../lib/money';
import { counted, leftText, needText, refusalText, remainingOf } from '../../../lib/saidMoney';
import { useVoiceTitle } from '../../../lib/voices';
import { useBench } from '../model/bench';
import css from './Variants.module.css';

export function SpendLine() {
  const { t, i18n } = useTranslation('costs');
  const { speech } = useBench();
  const quota = useCall('quota_show', {});
  const { language } = i18n;
  if (!speech || !quota.data) return null;
  const { total, providers } = quota.data;
  const own = providers.find((line) => line.provider === speech.asked.provider);
  const rest = remainingOf(total, own);
  const left = leftText(rest, t, language);
  const paid = speech.characters > 0;
  const free = own === undefined;
  // Nothing to pay, and no limit: there is nothing to say.
  if (!paid && left === null) return null;
  const refused = speech.refusal !== null;
  const amount = money(speech.price.microusd, language);
  const needs = !paid
    ? t(free ? 'line.free' : 'line.needsNone')
    : rest.characters !== null
      ? t('line.needs', { shown: counted(speech.characters, language).shown, amount })
      : t('line.needsAll', { need: needText(speech.price, t, language) });
  const warning = total.warning || (own?.warning ?? false);
  return (
    <Popover
      label={t('line.label')}
      trigger={
        <button
          type="button"
          className={css.spend}
          title={warning && !refused ? t('line.near') : undefined}
          data-tone={refused ? 'bad' : warning ? 'warn' : undefined}
        >
          {refused ? <TriangleAlert aria-hidden /> : <Coins aria-hidden />}
          <span>
            {left !== null && <span>{t('line.left', { left })}</span>}
            <span>{refused ? t('line.unfit') : needs}</span>
          </span>
        </button>
      }
    >
      <Spending month={quota.data.month} />
    </Popover>
  );
}

/** The same in full: what this script and all scripts need, how much of it is covered, and what to do when it is not. */
function Spending({ month }: { month: string }) {
  const { t, i18n } = useTranslation('costs');
  const { language } = i18n;
  const { speech, speechOfAll, detail, wanted, showPanel } = useBench();
  const title = useVoiceTitle(...(speech ? [speech.asked] : []));
  if (!speech) return null;
  const count = detail.scripts.length;
  const refusal = speech.refusal ?? speechOfAll?.refusal ?? null;
  return (
    <div className={css.explain}>
      <p>
        {speech.characters > 0
          ? t('line.script', { need: needText(speech.price, t, language) })
          : t('line.scriptNone')}
      </p>
      {speechOfAll && count > 1 && speechOfAll.characters > 0 && (
        <p>
          {t('line.plan', {
            variants: t('line.variants', { count: wanted * count }),
            scripts: t('line.scripts', { count }),
            need: needText(speechOfAll.price, t, language),
          })}
          {'. '}
          {speechOfAll.fits < count
            ? t('line.covers', { videos: t('line.variants', { count: wanted * speechOfAll.fits }) })
            : t('line.coversAll')}
        </p>
      )}
      <p className={css.quiet}>{t('line.voice', { voice: title(speech.asked) })}</p>
      {refusal && (
        <>
          <p role="alert" data-selectable>
            {refusalText(refusal, t, language)}
          </p>
          <div className={css.todo} role="group" aria-label={t('line.todo')}>
            <Link to="/costs">{t('line.raise')}</Link>
            <Button onClick={() => showPanel('voice')}>{t('line.choose')}</Button>
          </div>
          <p className={css.quiet}>{t('line.wait', { day: renewal(month, language) })}</p>
        </>
      )}
      {!refusal && <Link to="/costs">{t('line.costs')}</Link>}
    </div>
  );
}
