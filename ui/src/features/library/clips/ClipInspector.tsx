/** All about one finished video: it plays, the judgement, its receipt. */
import { FolderOutput, Send, Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useCall } from '../../../app/queries';
import { useScope } from '../../../app/scope';
import { Button } from '../../../components/Button';
import { FetchFile } from '../../../components/FetchFile';
import { Guarded } from '../../../components/Guarded';
import { FailureView, Loading, Skeleton } from '../../../components/States';
import css from '../inspector/Inspector.module.css';
import { Inspector } from '../inspector/Inspector';
import { Player } from '../media/Player';
import { Receipt } from './Receipt';
import review from './Review.module.css';

/** What the buttons do; the same as the keys. */
export interface Judge {
  accept: () => void;
  reject: () => void;
  again: () => void;
  /** Takes them to the sheet that asks before they are published. */
  publish: () => void;
  exportTo: () => void;
  remove: () => void;
}

const UPRIGHT = { width: 9, height: 16 };

export function ClipInspector(props: {
  clip: { id: string; name: string; triage: string; duration_ms: number; thumb: string | null };
  judge: Judge;
  /** Without the picture: it is beside. */
  bare?: boolean;
}) {
  const { clip, judge, bare } = props;
  const { t } = useTranslation('library');
  const scope = useScope();
  const shown = useCall('clip_show', { id: clip.id });
  const detail = shown.data;
  return (
    <Inspector label={t('inspector.clip')}>
      {!bare && (
        <Player
          key={clip.id}
          src={scope.media.clip(clip.id)}
          still={clip.thumb ? scope.media.file(clip.thumb) : null}
          durationMs={clip.duration_ms}
          shape={detail?.receipt.timeline ?? UPRIGHT}
          label={t('player.of', { name: clip.name })}
          fill
        />
      )}
      <div className={css.title}>
        <h2 dir="auto" data-selectable>
          {clip.name}
        </h2>
      </div>
      <div className={review.judge}>
        <Button
          shortcut="A"
          aria-pressed={clip.triage === 'accepted'}
          data-judge="accepted"
          onClick={judge.accept}
        >
          {t('clips.accept')}
        </Button>
        <Button
          shortcut="X"
          aria-pressed={clip.triage === 'rejected'}
          data-judge="rejected"
          onClick={judge.reject}
        >
          {t('clips.reject')}
        </Button>
        <Button shortcut="R" title={t('clips.regenerateTitle')} onClick={judge.again}>
          {t('clips.regenerate')}
        </Button>
      </div>
      {shown.error && <FailureView failure={shown.error} compact onRetry={() => void shown.refetch()} />}
      {!detail && !shown.error && (
        <Loading>
          <Skeleton height={160} />
          <Skeleton height={120} />
        </Loading>
      )}
      {detail && (
        <Guarded key={clip.id}>
          <Receipt detail={detail} />
        </Guarded>
      )}
      <div className={css.actions}>
        <FetchFile of={{ of: 'clip', id: clip.id }} />
        <Button icon={<Send />} shortcut="P" onClick={judge.publish}>
          {t('publish.one')}
        </Button>
        <Button icon={<FolderOutput />} shortcut="Ctrl+E" onClick={judge.exportTo}>
          {t('export.one')}
        </Button>
        <Button tone="danger" icon={<Trash2 />} shortcut="Delete" onClick={judge.remove}>
          {t('clips.toTrash')}
        </Button>
      </div>
    </Inspector>
  );
}
