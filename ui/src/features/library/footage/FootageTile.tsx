import { AudioLines, CircleAlert, VolumeX } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useScope } from '../../../app/scope';
import { Badge, Progress } from '../../../components/States';
import { duration } from '../../../lib/format';
import { HoverPlay } from '../media/HoverPlay';
import css from '../grid/Tile.module.css';
import type { SourceRow } from '../types';

/** How far looking for the shots of a source is, 0 to 1; `null` while it waits. */
export type Analysing = ReadonlyMap<string, number | null>;

export function FootageTile(props: {
  row: SourceRow;
  selected: boolean;
  focused: boolean;
  analysing: Analysing;
}) {
  const { row } = props;
  const { t } = useTranslation('library');
  const scope = useScope();
  const under = props.analysing.get(row.id);
  const busy = props.analysing.has(row.id) && !row.analysed;
  return (
    <div
      className={css.tile}
      data-selected={props.selected || undefined}
      data-current={props.focused || undefined}
      data-missing={row.missing || undefined}
    >
      <div className={css.picture}>
        <HoverPlay
          still={row.thumb ? scope.media.file(row.thumb) : null}
          video={scope.media.source(row.id)}
          durationMs={row.duration_ms}
          missing={row.missing}
        />
        <span className={css.length}>{duration(row.duration_ms)}</span>
        {!row.has_sound && (
          <span className={css.corner} title={t('badge.silent')}>
            <VolumeX aria-label={t('badge.silent')} />
          </span>
        )}
        {busy && (
          <span className={css.under}>
            <Progress value={under ?? 0} label={t('badge.analysing')} />
          </span>
        )}
      </div>
      <div className={css.words}>
        <span className={css.name} title={row.name} dir="auto">
          {row.name}
        </span>
        <span className={css.line}>
          {row.missing ? (
            <Badge tone="bad">
              <CircleAlert aria-hidden /> {t('badge.missing')}
            </Badge>
          ) : busy ? (
            <Badge tone="action">
              <AudioLines aria-hidden />
              {under === null || under === undefined
                ? t('badge.waiting')
                : t('badge.percent', { percent: Math.round(under * 100) })}
            </Badge>
          ) : (
            <ShotBadge row={row} />
          )}
          {row.used > 0 && (
            <Badge title={t('badge.usedTitle', { count: row.used })}>
              {t('badge.used', { times: row.used })}
            </Badge>
          )}
          {row.hdr && <Badge title={t('badge.hdrTitle')}>HDR</Badge>}
          {row.proxy && <Badge title={t('badge.proxyTitle')}>{t('badge.proxy')}</Badge>}
        </span>
      </div>
    </div>
  );
}

/** Shots that no video shows yet, out of all. */
function ShotBadge({ row }: { row: SourceRow }) {
  const { t } = useTranslation('library');
  if (!row.analysed || row.shots === 0) return null;
  if (row.fresh_shots === row.shots) {
    return (
      <Badge tone="good" title={t('badge.freshTitle')}>
        {t('badge.fresh')}
      </Badge>
    );
  }
  return (
    <Badge title={t('badge.leftTitle', { fresh: row.fresh_shots, count: row.shots })}>
      {t('badge.left', { fresh: row.fresh_shots, shots: row.shots })}
    </Badge>
  );
}
