/** A month in whole weeks: what goes out each day, in a line each. */
import { useTranslation } from 'react-i18next';
import { Loading, Skeleton } from '../../../components/States';
import { dayText } from '../../../lib/zone';
import css from './Calendar.module.css';
import { EntryCard } from './EntryCard';
import { GOAL, useDragging } from './drag';
import type { CalendarProps } from './Week';

/** As many as a day of a month has room for. */
const MOST = 3;

export function Month(props: CalendarProps & { month: string }) {
  const { i18n } = useTranslation();
  const head = props.days.slice(0, 7);
  return (
    <div className={css.month} data-testid="month">
      <div className={css.weekdays} aria-hidden>
        {head.map((day) => (
          <span key={day}>{dayText(day, i18n.language, { weekday: 'short' })}</span>
        ))}
      </div>
      <div className={css.cells} data-weeks={props.days.length / 7}>
        {props.days.map((day) => (
          <Cell key={day} day={day} {...props} />
        ))}
      </div>
    </div>
  );
}

function Cell(props: CalendarProps & { day: string; month: string }) {
  const { day, zone } = props;
  const { t, i18n } = useTranslation('publish');
  const { over, dragged } = useDragging();
  const entries = props.dated.get(day) ?? [];
  const past = day < props.today;
  const full = dayText(day, i18n.language, { weekday: 'long', day: 'numeric', month: 'long' });
  const fit = entries.length > MOST ? MOST - 1 : MOST;
  const more = entries.length - fit;
  return (
    <section
      className={css.cell}
      aria-label={day === props.today ? t('todayIs', { day: full }) : full}
      data-today={day === props.today || undefined}
      data-past={past || undefined}
      data-outside={!day.startsWith(props.month) || undefined}
      data-over={over === day || undefined}
      data-dropping={(dragged !== null && !past) || undefined}
      {...(past ? {} : { [GOAL]: day })}
    >
      <button
        type="button"
        className={css.cellDay}
        aria-label={t('showWeekOf', { day: full })}
        onClick={() => props.onDay(day)}
      >
        {Number(day.slice(8))}
      </button>
      {props.reading ? (
        <Loading>
          <Skeleton height={22} />
        </Loading>
      ) : (
        <ul className={css.lines} aria-label={t('onDay', { day: full })}>
          {entries.slice(0, fit).map((entry) => (
            <li key={entry.key}>
              <EntryCard
                short
                entry={entry}
                zone={zone}
                onOpen={() => props.onOpen(entry)}
                onFocus={() => props.onFocus(entry)}
              />
            </li>
          ))}
          {more > 0 && (
            <li>
              <button type="button" className={css.more} onClick={() => props.onDay(day)}>
                {t('more', { count: more })}
              </button>
            </li>
          )}
        </ul>
      )}
    </section>
  );
}
