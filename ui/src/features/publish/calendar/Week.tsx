/** Seven days side by side: what goes out, and the slots that are free. */
import { Plus } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Slot } from '../../../backend/bindings/calls';
import { Loading, Skeleton } from '../../../components/States';
import { dayText, minuteText, type Zone } from '../../../lib/zone';
import css from './Calendar.module.css';
import { EntryCard } from './EntryCard';
import { GOAL, markOf, useDragging } from './drag';
import type { Entry } from './entries';
import { freeSlots } from './slots';

export interface CalendarProps {
  days: readonly string[];
  today: string;
  now: number;
  zone: Zone;
  dated: ReadonlyMap<string, readonly Entry[]>;
  slots: readonly Slot[];
  /** Minutes a post may lie off its slot. */
  jitter: number;
  /** Said where nothing goes out in all these days. */
  hint: string | null;
  /** Not read yet. */
  reading: boolean;
  onOpen: (entry: Entry) => void;
  onFocus: (entry: Entry) => void;
  /** A free time was chosen. */
  onFree: (day: string, minute: number) => void;
  onDay: (day: string) => void;
}

export function Week(props: CalendarProps) {
  return (
    <div className={css.week} data-testid="week">
      {props.days.map((day) => (
        <Day key={day} day={day} {...props} />
      ))}
      {props.hint && !props.reading && !props.days.some((day) => props.dated.has(day)) && (
        <p className={css.nothing}>{props.hint}</p>
      )}
    </div>
  );
}

function Day(props: CalendarProps & { day: string }) {
  const { day, zone, now } = props;
  const { t, i18n } = useTranslation('publish');
  const { dragged, over } = useDragging();
  const entries = props.dated.get(day) ?? [];
  const past = day < props.today;
  const free = freeSlots(day, props.slots, { entries, jitter: props.jitter }, zone, now);
  const full = dayText(day, i18n.language, { weekday: 'long', day: 'numeric', month: 'long' });
  const rows = [
    ...entries.map((entry) => ({ entry, minute: zone.wall(entry.at).minute })),
    ...free.map((minute) => ({ entry: null, minute })),
  ].sort((a, b) => a.minute - b.minute);
  return (
    <section
      className={css.day}
      aria-label={day === props.today ? t('todayIs', { day: full }) : full}
      data-today={day === props.today || undefined}
      data-past={past || undefined}
      data-over={over === day || undefined}
      data-dropping={(dragged !== null && !past) || undefined}
      {...(past ? {} : { [GOAL]: day })}
    >
      <h3 className={css.dayHead}>
        <span>{dayText(day, i18n.language, { weekday: 'short' })}</span>
        <span className={css.number}>{dayText(day, i18n.language, { day: 'numeric' })}</span>
      </h3>
      {props.reading ? (
        <Loading>
          <Skeleton height={64} />
        </Loading>
      ) : (
        <ul className={css.rows} aria-label={t('onDay', { day: full })}>
          {rows.map(({ entry, minute }) => (
            <li key={entry?.key ?? `free ${minute}`}>
              {entry ? (
                <EntryCard
                  entry={entry}
                  zone={zone}
                  onOpen={() => props.onOpen(entry)}
                  onFocus={() => props.onFocus(entry)}
                />
              ) : (
                <button
                  type="button"
                  className={css.free}
                  data-over={over === markOf({ day, minute }) || undefined}
                  aria-label={t('freeAt', { day: full, time: minuteText(minute) })}
                  onClick={() => props.onFree(day, minute)}
                  {...{ [GOAL]: markOf({ day, minute }) }}
                >
                  <span className={css.time}>{minuteText(minute)}</span>
                  <span>{t('free')}</span>
                  <Plus aria-hidden />
                </button>
              )}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
