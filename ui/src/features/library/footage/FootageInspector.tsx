/** All about one source: it plays, its shots, its sound, its tags, how it fills a frame, where it is used. */
import { Clapperboard, FolderOpen, Link2, Trash2 } from 'lucide-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '../../../app/queries';
import { useScope } from '../../../app/scope';
import { Button } from '../../../components/Button';
import { FetchFile } from '../../../components/FetchFile';
import { FailureView, Loading, Skeleton } from '../../../components/States';
import css from '../inspector/Inspector.module.css';
import { Facts, Inspector, Section } from '../inspector/Inspector';
import { Player, type PlayerHandle } from '../media/Player';
import { WaveformView } from '../media/WaveformView';
import type { SourceRow } from '../types';
import { FramingEditor } from './FramingEditor';
import { ShotStrip } from './ShotStrip';
import { TagEditor } from './TagEditor';
import type { useFootageChanges } from './changes';
import { useSourceFacts } from './facts';

export function FootageInspector(props: {
  row: SourceRow;
  changes: ReturnType<typeof useFootageChanges>;
  onOpenClip: (id: string) => void;
  onRemove: () => void;
}) {
  const { row, changes } = props;
  const { t } = useTranslation('library');
  const scope = useScope();
  const player = useRef<PlayerHandle>(null);
  const [ms, setMs] = useState(0);
  const shown = useCall('source_show', { id: row.id });
  const factsOf = useSourceFacts();
  const detail = shown.data;
  const seek = (to: number) => player.current?.seek(to);

  return (
    <Inspector label={t('inspector.footage')}>
      <Player
        key={row.id}
        ref={player}
        src={scope.media.source(row.id)}
        still={row.thumb ? scope.media.file(row.thumb) : null}
        durationMs={row.duration_ms}
        shape={row}
        label={t('player.of', { name: row.name })}
        missing={row.missing}
        onTime={setMs}
      />
      <div className={css.title}>
        <h2 dir="auto" data-selectable>
          {row.name}
        </h2>
      </div>
      {row.missing && (
        <div className={css.warning} role="alert">
          <p>{t('missing.text')}</p>
          <div className={css.actions}>
            <FetchFile of={{ of: 'source', id: row.id }} />
            <Button icon={<Link2 />} onClick={() => void changes.relink(row)}>
              {t('missing.relink')}
            </Button>
            <Button tone="danger" icon={<Trash2 />} onClick={props.onRemove}>
              {t('missing.remove')}
            </Button>
          </div>
        </div>
      )}
      <Section title={t('tags.title')}>
        <TagEditor
          tags={row.tags}
          onAdd={(tag) => void changes.addTag([row], tag)}
          onRemove={(tag) => void changes.removeTag([row], tag)}
        />
      </Section>
      {shown.error && <FailureView failure={shown.error} compact onRetry={() => void shown.refetch()} />}
      {!detail && !shown.error && (
        <Loading>
          <Skeleton height={72} />
          <Skeleton height={120} />
        </Loading>
      )}
      {detail && (
        <>
          {detail.waveform && (
            <Section title={t('sound.title')}>
              <WaveformView
                path={detail.waveform}
                at={ms / Math.max(1, row.duration_ms)}
                onSeek={(share) => seek(share * row.duration_ms)}
              />
            </Section>
          )}
          <Section
            title={t('shots.title')}
            note={row.analysed ? t('shots.note', { count: row.shots, fresh: row.fresh_shots }) : undefined}
          >
            {row.analysed ? (
              <ShotStrip shots={detail.shots} at={ms} onSeek={seek} />
            ) : (
              <p className={css.hint}>{t('shots.notYet')}</p>
            )}
          </Section>
          <Section title={t('framing.title')}>
            <FramingEditor
              key={row.id}
              source={detail.source}
              still={row.thumb ? scope.media.file(row.thumb) : null}
              onChange={(framing) => void changes.frame(detail.source, framing)}
            />
          </Section>
          <Section
            title={t('used.title')}
            note={detail.used_in.length > 0 ? detail.used_in.length : undefined}
          >
            {detail.used_in.length === 0 && <p className={css.hint}>{t('used.nowhere')}</p>}
            <div className={css.links}>
              {detail.used_in.map((clip) => (
                <button
                  key={clip.clip}
                  type="button"
                  className={css.link}
                  onClick={() => props.onOpenClip(clip.clip)}
                >
                  <Clapperboard aria-hidden />
                  <span dir="auto">{clip.name}</span>
                </button>
              ))}
            </div>
          </Section>
          <Section title={t('facts.title')}>
            <Facts facts={factsOf(detail.source)} />
          </Section>
        </>
      )}
      <div className={css.actions}>
        {detail?.source.outside && !row.missing && (
          <Button
            icon={<FolderOpen />}
            onClick={() => detail.source.outside && void scope.backend.reveal(detail.source.outside)}
          >
            {t('facts.reveal')}
          </Button>
        )}
        {!row.missing && (
          <Button tone="danger" icon={<Trash2 />} shortcut="Delete" onClick={props.onRemove}>
            {t('footage.remove')}
          </Button>
        )}
      </div>
    </Inspector>
  );
}
