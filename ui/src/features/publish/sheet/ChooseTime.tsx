import { useTranslation } from 'react-i18next';
import type { Slot } from '../../../backend/bindings/calls';
import { Field, Select } from '../../../components/Fields';
import { Segmented } from '../../../components/Segmented';
import { dayOf, type Zone } from '../../../lib/zone';
import { DayField } from '../DayField';
import { TimeFields } from '../TimeFields';
import { useNow } from '../useNow';
import css from './Sheet.module.css';
import type { How, Times } from './order';

const HOW: readonly How[] = ['now', 'at', 'spread', 'draft'];
const DAYS = [1, 2, 3, 5, 7, 10, 14, 21, 28];
const A_DAY = [1, 2, 3, 4, 5, 6, 8, 10];

/** When it goes out: as soon as it can, at one time, or clip after clip over the slots of the coming days. */
export function ChooseTime(props: {
  times: Times;
  zone: Zone;
  slots: readonly Slot[];
  jitter: number;
  onChange: (times: Times) => void;
}) {
  const { times, zone } = props;
  const { t } = useTranslation('publish');
  const now = useNow();
  const change = (part: Partial<Times>) => props.onChange({ ...times, ...part });
  const days = [...new Set([...DAYS, times.days])].sort((a, b) => a - b);
  return (
    <fieldset className={css.set}>
      <legend>{t('when')}</legend>
      <Segmented
        wide
        label={t('when')}
        value={times.how}
        segments={HOW.map((value) => ({ value, label: t(`how.${value}`) }))}
        onChange={(how) => change({ how, at: times.at ?? now + 3_600_000 })}
      />
      {(times.how === 'now' || times.how === 'draft') && (
        <p className={css.muted}>{t(`howHelp.${times.how}`)}</p>
      )}
      {times.how === 'at' && (
        <TimeFields at={times.at ?? now + 3_600_000} zone={zone} onChange={(at) => change({ at })} />
      )}
      {times.how === 'spread' && (
        <>
          <div className={css.spread}>
            <DayField
              label={t('spread.from')}
              day={zone.wall(times.at ?? now).day}
              first={zone.wall(now).day}
              onChange={(text) => {
                const day = dayOf(text);
                change({ at: day === null ? null : zone.instant(day, 0) });
              }}
            />
            <Field label={t('spread.days')}>
              {(id) => (
                <Select
                  id={id}
                  label={t('spread.days')}
                  value={String(times.days)}
                  options={days.map((value) => ({
                    value: String(value),
                    label: t('spread.dayCount', { count: value }),
                  }))}
                  onChange={(value) => change({ days: Number(value) })}
                />
              )}
            </Field>
            <Field label={t('spread.aDay')}>
              {(id) => (
                <Select
                  id={id}
                  label={t('spread.aDay')}
                  value={times.aDay === null ? 'all' : String(times.aDay)}
                  options={[
                    { value: 'all', label: t('spread.allSlots') },
                    ...A_DAY.map((value) => ({
                      value: String(value),
                      label: t('spread.clipCount', { count: value }),
                    })),
                  ]}
                  onChange={(value) => change({ aDay: value === 'all' ? null : Number(value) })}
                />
              )}
            </Field>
          </div>
          <p className={css.muted}>
            {props.slots.length === 0
              ? t('spread.noSlots')
              : t('spread.help', { minutes: props.jitter, zone: zone.name })}
          </p>
        </>
      )}
    </fieldset>
  );
}
