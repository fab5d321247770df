import { Check, Mic, Sparkle, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useScope } from '../../../app/scope';
import { duration } from '../../../lib/format';
import { useInstead } from '../../../lib/voices';
import css from '../grid/Tile.module.css';
import { HoverPlay } from '../media/HoverPlay';
import type { ClipRow, Triage } from '../types';

const SIGNS = { new: Sparkle, accepted: Check, rejected: X };

export function ClipTile(props: { row: ClipRow; selected: boolean; focused: boolean }) {
  const { row } = props;
  const { t } = useTranslation('library');
  const scope = useScope();
  const triage = row.triage as Triage;
  const Sign = SIGNS[triage];
  const insteadOf = useInstead();
  const instead = row.instead ? insteadOf(row.instead) : null;
  return (
    <div
      className={css.tile}
      data-selected={props.selected || undefined}
      data-current={props.focused || undefined}
      data-faded={triage === 'rejected' || undefined}
    >
      <div className={css.picture}>
        <HoverPlay
          still={row.thumb ? scope.media.file(row.thumb) : null}
          video={scope.media.clip(row.id)}
          durationMs={row.duration_ms}
          fill
        />
        <span className={css.mark} data-triage={triage}>
          <Sign aria-hidden />
          {t(`triage.${triage}`)}
        </span>
        {instead && (
          <span className={css.instead} title={instead}>
            <Mic aria-hidden />
            <span>{instead}</span>
          </span>
        )}
        <span className={css.length}>{duration(row.duration_ms)}</span>
      </div>
      <div className={css.words}>
        <span className={css.name} title={row.name} dir="auto">
          {row.name}
        </span>
        <span className={css.line}>
          <span className={css.shrink} dir="auto">
            {row.project_name}
          </span>
        </span>
      </div>
    </div>
  );
}
