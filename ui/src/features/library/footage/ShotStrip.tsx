/** The shots of a source, in order: a picture, when, how good. A click goes there. */
import { useTranslation } from 'react-i18next';
import { useScope } from '../../../app/scope';
import { Tooltip } from '../../../components/Tooltip';
import { duration, number } from '../../../lib/format';
import { Still } from '../media/Still';
import type { ShotLine } from '../types';
import css from './ShotStrip.module.css';

const SCORES = ['motion', 'sharpness', 'contrast', 'brightness'] as const;

export function ShotStrip(props: { shots: readonly ShotLine[]; at: number; onSeek: (ms: number) => void }) {
  const { t, i18n } = useTranslation('library');
  const scope = useScope();
  return (
    <ol className={css.strip}>
      {props.shots.map((shot, nth) => {
        const scores = SCORES.map((name) => `${t(`shots.${name}`)} ${percent(shot[name], i18n.language)}`);
        const inside = props.at >= shot.start_ms && props.at < shot.end_ms;
        return (
          <li key={shot.id}>
            <Tooltip text={[...scores, t('shots.used', { count: shot.used })].join(' · ')}>
              <button
                type="button"
                className={css.shot}
                aria-current={inside || undefined}
                aria-label={t('shots.one', {
                  number: nth + 1,
                  from: duration(shot.start_ms),
                  to: duration(shot.end_ms),
                  scores: scores.join(', '),
                })}
                onClick={() => props.onSeek(shot.start_ms)}
              >
                <span className={css.picture}>
                  <Still src={shot.thumb ? scope.media.file(shot.thumb) : null} />
                  {shot.used > 0 && (
                    <span className={css.used}>{t('shots.usedShort', { times: shot.used })}</span>
                  )}
                </span>
                <span className={css.when}>
                  {duration(shot.start_ms)}
                  <span className={css.long}>{seconds(shot.end_ms - shot.start_ms, i18n.language)}</span>
                </span>
                <span className={css.bars} aria-hidden>
                  {SCORES.map((name) => (
                    <span key={name} className={css.bar}>
                      <span style={{ width: `${Math.round(Math.min(1, Math.max(0, shot[name])) * 100)}%` }} />
                    </span>
                  ))}
                </span>
              </button>
            </Tooltip>
          </li>
        );
      })}
    </ol>
  );
}

function percent(score: number, language: string): string {
  return `${number(score * 100, language)}%`;
}

function seconds(ms: number, language: string): string {
  return `${number(ms / 1000, language, 1)} s`;
}
