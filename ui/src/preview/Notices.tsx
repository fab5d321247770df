/** What the stage says when it cannot show something: never a black nothing. */
import { FileSearch, RotateCw, TriangleAlert, VideoOff } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Failure, asFailure } from '../backend/backend';
import { useCall, useChange } from '../app/queries';
import { useScope } from '../app/scope';
import { Button } from '../components/Button';
import { CopyDetails } from '../components/States';
import { useSaid } from '../lib/said';
import css from './Notices.module.css';
import type { Cut } from './cuts';

/** The file of the cut does not play. A source that went missing can be found again from here. */
export function MediaNotice({ cut, onRetry }: { cut: Cut; onRetry: () => void }) {
  const { t } = useTranslation('preview');
  if (cut.reel.kind === 'source') return <SourceNotice source={cut.reel.id} onRetry={onRetry} />;
  return (
    <div role="alert" className={css.notice}>
      <VideoOff aria-hidden />
      <p>{t(cut.part === 'intro' ? 'introFails' : 'outroFails')}</p>
      <Button icon={<RotateCw />} onClick={onRetry}>
        {t('tryAgain')}
      </Button>
    </div>
  );
}

function SourceNotice({ source, onRetry }: { source: string; onRetry: () => void }) {
  const { t } = useTranslation('preview');
  const said = useSaid();
  const { backend } = useScope();
  const detail = useCall('source_show', { id: source });
  const relink = useChange('source_relink');
  const [refused, setRefused] = useState<Failure | null>(null);
  const name = detail.data?.source.name;
  const find = async () => {
    setRefused(null);
    try {
      const [path] = await backend.chooseFiles(t('findFile', { name: name ?? '' }));
      if (path === undefined) return;
      await relink.mutateAsync({ id: source, path });
      onRetry();
    } catch (thrown) {
      setRefused(asFailure(thrown));
    }
  };
  return (
    <div role="alert" className={css.notice}>
      <VideoOff aria-hidden />
      <p>{name === undefined ? t('shotFails') : t('sourceFails', { name })}</p>
      {refused && <p className={css.refused}>{said.line(refused)}</p>}
      <div className={css.actions}>
        <Button icon={<FileSearch />} busy={relink.isPending} onClick={() => void find()}>
          {t('find')}
        </Button>
        <Button icon={<RotateCw />} onClick={onRetry}>
          {t('tryAgain')}
        </Button>
      </div>
    </div>
  );
}

/** Captions are missing from the picture. */
export function CaptionNotice({ failure }: { failure: Failure }) {
  const { t } = useTranslation('preview');
  const said = useSaid();
  return (
    <div role="alert" className={css.line} title={said.line(failure)}>
      <TriangleAlert aria-hidden />
      <span>{t('captionsFail')}</span>
      <CopyDetails failure={failure} />
    </div>
  );
}
