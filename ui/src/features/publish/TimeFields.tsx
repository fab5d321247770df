/** A day and a time of the profile's zone. What is no time, or past, is said and not given on. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Field, TextInput } from '../../components/Fields';
import { dayOf, minuteOf, minuteText, type Zone, isHere } from '../../lib/zone';
import css from './Publish.module.css';
import { useNow } from './useNow';

/**
 * @param props.onChange UTC milliseconds; `null` while what is written is no time to come
 */
export function TimeFields(props: {
  at: number;
  zone: Zone;
  autoFocus?: boolean;
  onChange: (at: number | null) => void;
}) {
  const { zone } = props;
  const { t } = useTranslation('publish');
  const [text, setText] = useState(() => {
    const { day, minute } = zone.wall(props.at);
    return { day, time: minuteText(minute) };
  });
  const now = useNow();
  const at = read(text, zone);
  const wrong = at === null ? t('time.none') : at <= now ? t('past') : null;
  const change = (next: typeof text) => {
    setText(next);
    const to = read(next, zone);
    props.onChange(to !== null && to > now ? to : null);
  };
  return (
    <div className={css.times}>
      <Field label={t('time.day')}>
        {(id) => (
          <TextInput
            id={id}
            type="date"
            required
            autoFocus={props.autoFocus}
            placeholder="2026-11-26"
            min={zone.wall(now).day}
            value={text.day}
            onChange={(event) => change({ ...text, day: event.target.value })}
          />
        )}
      </Field>
      <Field label={t('time.time')}>
        {(id) => (
          <TextInput
            id={id}
            type="time"
            required
            placeholder="09:00"
            value={text.time}
            onChange={(event) => change({ ...text, time: event.target.value })}
          />
        )}
      </Field>
      <p className={css.timeHelp} role={wrong ? 'alert' : undefined} data-wrong={wrong !== null || undefined}>
        {wrong ?? (isHere(zone, now) ? t('time.here') : t('zone.not', { zone: zone.name }))}
      </p>
    </div>
  );
}

function read({ day, time }: { day: string; time: string }, zone: Zone): number | null {
  const [date, minute] = [dayOf(day), minuteOf(time)];
  return date === null || minute === null ? null : zone.instant(date, minute);
}
