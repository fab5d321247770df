/** One finished video over whatever page one is on: from "where used", or from a link. */
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useCall } from '../../../app/queries';
import { useScope } from '../../../app/scope';
import { Dialog } from '../../../components/Dialog';
import { FailureView } from '../../../components/States';
import { Lightbox } from '../Lightbox';
import { ClipInspector } from './ClipInspector';
import { useClipChanges } from './changes';

export function ClipDialog(props: { id: string; onClose: () => void }) {
  const { t } = useTranslation('library');
  const scope = useScope();
  const navigate = useNavigate();
  const changes = useClipChanges();
  const shown = useCall('clip_show', { id: props.id });
  if (shown.error) {
    return (
      <Dialog open onClose={props.onClose} title={t('lightbox.gone')}>
        <FailureView failure={shown.error} />
      </Dialog>
    );
  }
  const detail = shown.data;
  if (!detail) return null;
  const { clip, receipt } = detail;
  const judge = {
    accept: () => void changes.triage([clip], 'accepted'),
    reject: () => void changes.triage([clip], 'rejected'),
    again: () => void changes.regenerate([clip]),
    publish: () => void navigate({ to: '/publish', search: { clips: [clip.id] } }),
    exportTo: () => void changes.exportTo([clip]),
    remove: () => {
      props.onClose();
      void changes.remove([clip]);
    },
  };
  return (
    <Lightbox
      shown={{
        id: clip.id,
        name: clip.name,
        src: scope.media.clip(clip.id),
        still: null,
        durationMs: clip.duration_ms,
        width: receipt.timeline.width,
        height: receipt.timeline.height,
      }}
      onClose={props.onClose}
      aside={<ClipInspector clip={{ ...clip, thumb: null }} judge={judge} bare />}
    />
  );
}
