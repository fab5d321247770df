/** Another time for what stands in the calendar: the same as dragging it, from the keyboard. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Slot } from '../../../backend/bindings/calls';
import { Button } from '../../../components/Button';
import { Dialog } from '../../../components/Dialog';
import { dayText, daysOn, minuteText, weekdayOf, type Zone } from '../../../lib/zone';
import css from '../Publish.module.css';
import { TimeFields } from '../TimeFields';
import type { Entry } from './entries';

/** How many of the next slots are offered. */
const OFFERED = 4;
/** How far one looks for them. */
const DAYS_AHEAD = 14;

export function MoveDialog(props: {
  entry: Entry;
  zone: Zone;
  slots: readonly Slot[];
  onMove: (at: number) => Promise<boolean>;
  onClose: () => void;
}) {
  const { entry, zone } = props;
  const { t, i18n } = useTranslation(['publish', 'common']);
  const [now] = useState(Date.now);
  const [start] = useState(() => Math.max(entry.at, now + 3_600_000));
  const [at, setAt] = useState<number | null>(start);
  const [busy, setBusy] = useState(false);
  const move = async (to: number) => {
    setBusy(true);
    if (await props.onMove(to)) props.onClose();
    setBusy(false);
  };
  const next = nextSlots(props.slots, zone, now).filter((slot) => slot !== entry.at);
  return (
    <Dialog
      open
      onClose={props.onClose}
      title={t('moveTitle', { name: entry.name ?? t('clipGone') })}
      footer={
        <>
          <Button onClick={props.onClose}>{t('common:cancel')}</Button>
          <Button tone="primary" type="submit" form="move-post" busy={busy} disabled={at === null}>
            {t('move')}
          </Button>
        </>
      }
    >
      <form
        id="move-post"
        className={css.moving}
        onSubmit={(event) => {
          event.preventDefault();
          if (at !== null) void move(at);
        }}
      >
        <TimeFields at={start} zone={zone} autoFocus onChange={setAt} />
        {next.length > 0 && (
          <div role="group" aria-label={t('nextSlots')} className={css.next}>
            <span className={css.label}>{t('nextSlots')}</span>
            {next.slice(0, OFFERED).map((slot) => {
              const { day, minute } = zone.wall(slot);
              return (
                <Button key={slot} disabled={busy} onClick={() => void move(slot)}>
                  {dayText(day, i18n.language, { weekday: 'short', day: 'numeric', month: 'short' })},{' '}
                  {minuteText(minute)}
                </Button>
              );
            })}
          </div>
        )}
      </form>
    </Dialog>
  );
}

/** The slots that come next, the first one first. */
function nextSlots(slots: readonly Slot[], zone: Zone, now: number): number[] {
  const today = zone.wall(now).day;
  const days = Array.from({ length: DAYS_AHEAD }, (_, by) => daysOn(today, by));
  return days
    .flatMap((day) =>
      slots.filter((slot) => slot.weekday === weekdayOf(day)).map((slot) => zone.instant(day, slot.minute)),
    )
    .filter((at) => at > now)
    .sort((a, b) => a - b);
}
