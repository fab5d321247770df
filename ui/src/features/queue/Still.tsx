/** A picture of what a job is about, or a sign of its kind while there is none. */
import { Clapperboard, Film, Gauge, ScanSearch, Send } from 'lucide-react';
import { useState } from 'react';
import type { Job, JobKind } from '../../backend/bindings/calls';
import { useCall } from '../../app/queries';
import { useScope } from '../../app/scope';
import css from './Queue.module.css';

const SIGNS: Record<JobKind['kind'], typeof Film> = {
  analyse: ScanSearch,
  proxy: Gauge,
  generate: Clapperboard,
  render: Film,
  publish: Send,
};

export function Still({ job }: { job: Job }) {
  const { media } = useScope();
  const [broken, setBroken] = useState<string | null>(null);
  const path = useStill(job);
  const Sign = SIGNS[job.kind.kind];
  return (
    <span className={css.still} aria-hidden>
      {path !== null && path !== broken ? (
        <img src={media.file(path)} alt="" draggable={false} onError={() => setBroken(path)} />
      ) : (
        <Sign />
      )}
    </span>
  );
}

/** Where a picture of it lies: of the footage itself, or of the first shot of the video that is made. */
function useStill({ kind, batch }: Job): string | null {
  const video = kind.kind === 'render' ? kind.variant : null;
  const planned = useCall(
    'batch_show',
    { batch: batch ?? '' },
    { enabled: video !== null && batch !== null },
  );
  if (kind.kind === 'analyse' || kind.kind === 'proxy') return `cache/thumbs/${kind.source}/at-000000000.jpg`;
  const shot = planned.data?.find((one) => one.id === video)?.timeline.segments[0]?.pick;
  return shot ? `cache/thumbs/${shot.source}/${shot.shot}.jpg` : null;
}
