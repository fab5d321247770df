/** The shots of a video in the order they are seen, each with why it was chosen. */
import { useTranslation } from 'react-i18next';
import { useScope } from '../../../app/scope';
import { duration } from '../../../lib/format';
import { shotStill } from '../../../lib/media';
import { useSaid } from '../../../lib/said';
import { Still } from '../media/Still';
import type { Receipt } from '../types';
import css from './ReceiptShots.module.css';

export function ReceiptShots({ receipt }: { receipt: Receipt }) {
  const { t } = useTranslation('library');
  const said = useSaid();
  const scope = useScope();
  const shared = new Set(receipt.shared_shots.flatMap((other) => other.shots));
  return (
    <ol className={css.shots}>
      {receipt.shots.map((line) => (
        <li key={`${line.at_ms}-${line.shot}`}>
          <span className={css.picture}>
            <Still eager src={scope.media.file(shotStill(line.source.id, line.shot))} />
          </span>
          <span className={css.words}>
            <span className={css.reason} title={said.reason(line.reason)}>
              {said.reason(line.reason)}
            </span>
            <span className={css.where} title={line.source.name} dir="auto">
              {line.source.name}
            </span>
          </span>
          <span className={css.when}>
            {duration(line.at_ms)}
            {shared.has(line.shot) && <span className={css.shared}>{t('receipt.shared')}</span>}
          </span>
        </li>
      ))}
    </ol>
  );
}
