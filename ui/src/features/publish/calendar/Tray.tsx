/** Accepted clips that stand at no time yet: dragged into the calendar, or ticked and published together. */
import { Link } from '@tanstack/react-router';
import { CalendarPlus, GripVertical, Send } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, IconButton } from '../../../components/Button';
import { Empty, FailureView, Loading, Skeleton } from '../../../components/States';
import { duration, number } from '../../../lib/format';
import { platformTitle } from '../../../lib/platforms';
import { ClipStill } from '../ClipStill';
import { type ClipRow, useUnscheduled } from '../clips';
import css from './Calendar.module.css';
import { useDragging } from './drag';

export function Tray(props: { onPublish: (clips: readonly string[]) => void }) {
  const { t, i18n } = useTranslation('publish');
  const { clips, total, failure, retry } = useUnscheduled();
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const there = clips ?? [];
  // What was published meanwhile is no longer here.
  const chosen = there.filter((clip) => ticked.has(clip.id)).map((clip) => clip.id);
  const all = there.length > 0 && chosen.length === there.length;
  const tick = (id: string, on: boolean) => {
    const next = new Set(ticked);
    if (on) next.add(id);
    else next.delete(id);
    setTicked(next);
  };

  return (
    <aside className={css.tray} aria-label={t('tray.title')}>
      <header className={css.trayHead}>
        <h2>
          {t('tray.title')} {clips && <span className={css.count}>{number(total, i18n.language)}</span>}
        </h2>
        {there.length > 1 && (
          <label className={css.all}>
            <input
              type="checkbox"
              checked={all}
              onChange={() => setTicked(new Set(all ? [] : there.map((clip) => clip.id)))}
            />
            {t('tray.all')}
          </label>
        )}
      </header>
      {failure ? (
        <FailureView failure={failure} onRetry={retry} />
      ) : clips === null ? (
        <div className={css.trayList}>
          <Loading>
            <Skeleton height={56} />
            <Skeleton height={56} />
            <Skeleton height={56} />
          </Loading>
        </div>
      ) : clips.length === 0 ? (
        <Empty icon={<CalendarPlus />} title={t('tray.empty')} text={t('tray.emptyText')}>
          <Link to="/library" search={{ tab: 'clips' }} className={css.toClips}>
            {t('tray.toClips')}
          </Link>
        </Empty>
      ) : (
        <ul className={css.trayList}>
          {clips.map((clip) => (
            <TrayClip
              key={clip.id}
              clip={clip}
              ticked={ticked.has(clip.id)}
              group={ticked.has(clip.id) ? chosen : [clip.id]}
              onTick={(on) => tick(clip.id, on)}
              onPublish={() => props.onPublish([clip.id])}
            />
          ))}
          {total > clips.length && <li className={css.muted}>{t('tray.more', { count: clips.length })}</li>}
        </ul>
      )}
      {chosen.length > 0 && (
        <footer className={css.trayFoot}>
          <Button icon={<Send />} onClick={() => props.onPublish(chosen)}>
            {t('tray.publish', { count: chosen.length })}
          </Button>
          <Button tone="plain" onClick={() => setTicked(new Set())}>
            {t('tray.none')}
          </Button>
        </footer>
      )}
    </aside>
  );
}

function TrayClip(props: {
  clip: ClipRow;
  ticked: boolean;
  /** What is dragged with it. */
  group: readonly string[];
  onTick: (on: boolean) => void;
  onPublish: () => void;
}) {
  const { clip } = props;
  const { t } = useTranslation('publish');
  const { begin, dragged } = useDragging();
  const under = dragged?.kind === 'clips' && dragged.clips.includes(clip.id);
  return (
    <li
      className={css.trayClip}
      data-clip={clip.id}
      data-ticked={props.ticked || undefined}
      data-dragged={under || undefined}
      onPointerDown={(event) => {
        const part = event.target instanceof Element && event.target.closest('button, input');
        if (!part) begin(event, { kind: 'clips', clips: props.group });
      }}
    >
      <GripVertical aria-hidden className={css.grip} />
      <input
        type="checkbox"
        checked={props.ticked}
        aria-label={t('tray.tick', { name: clip.name })}
        onChange={(event) => props.onTick(event.target.checked)}
      />
      <ClipStill path={clip.thumb} />
      <span className={css.trayWords}>
        <span className={css.name} title={clip.name} dir="auto">
          {clip.name}
        </span>
        <span className={css.muted}>
          {[duration(clip.duration_ms), clip.platform && platformTitle(clip.platform)]
            .filter(Boolean)
            .join(' · ')}
        </span>
      </span>
      <IconButton label={t('tray.place', { name: clip.name })} onClick={props.onPublish}>
        <CalendarPlus />
      </IconButton>
    </li>
  );
}
