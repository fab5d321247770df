/** When is posted: in which time zone, at which times of the week, and how far off them. */
import { Copy, Plus, X } from 'lucide-react';
import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDraft } from '../../../app/draft';
import { useSay } from '../../../app/toasts';
import type { PublishShown, Slot } from '../../../backend/bindings/calls';
import { Button, IconButton } from '../../../components/Button';
import { TextInput } from '../../../components/Fields';
import { Group, Setting } from '../../../components/Setting';
import { useSaid } from '../../../lib/said';
import { dayText, daysOn, minuteOf, minuteText, zoneHere } from '../../../lib/zone';
import css from '../Publish.module.css';
import { NumberField } from './NumberField';
import type { Change } from './useSettings';

/** A Monday; which one does not matter: it gives the days their names. */
const MONDAY = '2026-11-23';
const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const;

export function Times({ shown, change }: { shown: PublishShown; change: Change }) {
  const { t } = useTranslation('publish');
  const { settings } = shown;
  return (
    <>
      <Group title={t('zone.title')}>
        <ZoneRow shown={shown} change={change} />
      </Group>
      <Group title={t('slots.title')}>
        <Slots slots={settings.slots} change={change} />
      </Group>
      <Group title={t('spreading')}>
        <Setting label={t('jitter.label')} help={t('jitter.help')}>
          <NumberField
            label={t('jitter.label')}
            value={settings.jitter_min}
            least={0}
            most={120}
            unit={t('minutes')}
            onChange={(jitter_min) => change(t('jitter.changed'), { jitter_min })}
          />
        </Setting>
        <Setting label={t('fresh.label')} help={t('fresh.help')}>
          <NumberField
            label={t('fresh.label')}
            value={settings.fresh_after_days}
            least={1}
            most={3650}
            unit={t('days')}
            onChange={(fresh_after_days) => change(t('fresh.changed'), { fresh_after_days })}
          />
        </Setting>
      </Group>
    </>
  );
}

class NoZone extends Error {}

function ZoneRow({ shown, change }: { shown: PublishShown; change: Change }) {
  const { t } = useTranslation('publish');
  const said = useSaid();
  const id = useId();
  const [zones] = useState(() => Intl.supportedValuesOf('timeZone'));
  const wrong = t('zone.wrong');
  const own = shown.settings.time_zone;
  const draft = useDraft(own ?? '', async (text) => {
    const name = text.trim();
    const found =
      zones.find((zone) => zone.toLowerCase() === name.toLowerCase()) ?? (name === 'UTC' ? name : null);
    if (name !== '' && found === null) throw new NoZone(wrong);
    await change(t('zone.changed'), { time_zone: name === '' ? null : found });
  });
  return (
    <Setting
      label={t('zone.label')}
      htmlFor={id}
      help={
        own === null ? t('zone.ofMachine', { zone: shown.time_zone }) : t('zone.own', { here: zoneHere() })
      }
      error={draft.failure && (draft.failure.message === wrong ? wrong : said.line(draft.failure))}
    >
      <TextInput
        id={id}
        list={`${id}-zones`}
        placeholder={shown.time_zone}
        className={css.zoneField}
        {...draft.field}
      />
      <datalist id={`${id}-zones`}>
        {zones.map((zone) => (
          <option key={zone} value={zone} />
        ))}
      </datalist>
    </Setting>
  );
}

function Slots({ slots, change }: { slots: readonly Slot[]; change: Change }) {
  const say = useSay();
  const { t, i18n } = useTranslation('publish');
  const put = (next: readonly Slot[]) => {
    const sorted = [...next].sort((a, b) => a.weekday - b.weekday || a.minute - b.minute);
    const once = sorted.filter(
      (slot, at) => slot.weekday !== sorted[at - 1]?.weekday || slot.minute !== sorted[at - 1]?.minute,
    );
    say.failing(change(t('slots.changed'), { slots: once }));
  };
  return (
    <>
      {slots.length === 0 && <p className={css.note}>{t('slots.none')}</p>}
      <ul className={css.weekdays}>
        {WEEKDAYS.map((weekday) => {
          const name = dayText(daysOn(MONDAY, weekday - 1), i18n.language, { weekday: 'long' });
          const own = slots.filter((slot) => slot.weekday === weekday);
          return (
            <li key={weekday} className={css.weekday}>
              <h4>{name}</h4>
              <ul className={css.chips} aria-label={t('slots.on', { day: name })}>
                {own.map(({ minute }) => (
                  <li key={minute} className={css.chip}>
                    {minuteText(minute)}
                    <button
                      type="button"
                      aria-label={t('slots.remove', { day: name, time: minuteText(minute) })}
                      onClick={() =>
                        put(slots.filter((slot) => slot.weekday !== weekday || slot.minute !== minute))
                      }
                    >
                      <X aria-hidden />
                    </button>
                  </li>
                ))}
              </ul>
              <AddSlot day={name} onAdd={(minute) => put([...slots, { weekday, minute }])} />
              <IconButton
                label={t('slots.copy', { day: name })}
                disabled={own.length === 0}
                onClick={() =>
                  put(WEEKDAYS.flatMap((to) => own.map(({ minute }) => ({ weekday: to, minute }))))
                }
              >
                <Copy />
              </IconButton>
            </li>
          );
        })}
      </ul>
    </>
  );
}

function AddSlot({ day, onAdd }: { day: string; onAdd: (minute: number) => void }) {
  const { t } = useTranslation('publish');
  const [text, setText] = useState('');
  const minute = minuteOf(text);
  const add = (event: FormEvent) => {
    event.preventDefault();
    if (minute === null) return;
    setText('');
    onAdd(minute);
  };
  return (
    <form className={css.addSlot} onSubmit={add}>
      <TextInput
        type="time"
        aria-label={t('slots.newOn', { day })}
        placeholder="09:00"
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <Button type="submit" icon={<Plus />} disabled={minute === null}>
        {t('slots.add')}
      </Button>
    </form>
  );
}
