/** The calendar with the tray of clips beside it. */
import { ChevronLeft, ChevronRight, Globe, Send } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '../../../app/queries';
import { useScope } from '../../../app/scope';
import type { PublishShown } from '../../../backend/bindings/calls';
import { Button, IconButton } from '../../../components/Button';
import { Segmented } from '../../../components/Segmented';
import { FailureView } from '../../../components/States';
import { storedFor } from '../../../lib/stored';
import { dayText, daysOn, monthOf, monthOn, weekOf, isHere, zoneHere, zoneOf } from '../../../lib/zone';
import css from '../Publish.module.css';
import { canPublish } from '../ready';
import type { Asked } from '../sheet/asked';
import { EntryDialog } from './EntryDialog';
import { MoveDialog } from './MoveDialog';
import { Month } from './Month';
import { Notices } from './Notices';
import { Tray } from './Tray';
import { Week } from './Week';
import { DragProvider, type Goal } from './drag';
import { type Entry, byDay, entriesOf } from './entries';
import { goalAt } from './slots';
import { useEntryActions } from './useEntryActions';
import { useCalendarCommands } from './useCalendarCommands';
import { useNow } from '../useNow';

const VIEWS = ['week', 'month'] as const;
export type View = (typeof VIEWS)[number];

export function CalendarTab(props: {
  shown: PublishShown;
  onPublish: (asked: Asked) => void;
  onSetup: () => void;
}) {
  const { shown } = props;
  const { t, i18n } = useTranslation('publish');
  const { language } = i18n;
  const scope = useScope();
  const stored = storedFor(scope.session.profile.id);
  const [view, setView] = useState<View>(() =>
    stored.read<unknown>('publish.view', 'week') === 'month' ? 'month' : 'week',
  );
  const zone = useMemo(() => zoneOf(shown.time_zone), [shown.time_zone]);
  const now = useNow();
  const today = zone.wall(now).day;
  const [chosen, setChosen] = useState<string | null>(null);
  const day = chosen ?? today;
  const days = view === 'week' ? weekOf(day) : monthOf(day);
  const [first = day, last = day] = [days[0], days.at(-1)];

  const listed = useCall('publication_list', {
    filter: { from: zone.instant(first, 0), to: zone.instant(daysOn(last, 1), 0) },
  });
  const entries = useMemo(() => entriesOf(listed.data ?? []), [listed.data]);
  const dated = useMemo(() => byDay(entries, zone), [entries, zone]);
  const actions = useEntryActions(zone, props.onPublish);
  const [focused, setFocused] = useState<string | null>(null);
  const [open, setOpen] = useState<string | null>(null);
  const [moving, setMoving] = useState<string | null>(null);
  const entryOf = (key: string | null) => entries.find((entry) => entry.key === key) ?? null;

  const show = (next: View) => {
    stored.write('publish.view', next);
    setView(next);
  };
  const go = (by: -1 | 1) => setChosen(view === 'week' ? daysOn(day, 7 * by) : monthOn(day, by));
  useCalendarCommands({
    current: entryOf(focused),
    actions,
    onMove: (entry) => setMoving(entry.key),
    onGo: go,
    onToday: () => setChosen(null),
    onShow: show,
  });

  const place = (clips: readonly string[], goal: Goal) => {
    const filled = { entries: dated.get(goal.day) ?? [], jitter: shown.settings.jitter_min };
    props.onPublish({ clips, at: goalAt(goal, shown.settings.slots, filled, zone, now) });
  };
  const move = (entry: Entry, goal: Goal) => {
    const minute = goal.minute ?? zone.wall(entry.at).minute;
    void actions.move(entry, zone.instant(goal.day, minute));
  };
  const calendar = {
    days,
    today,
    now,
    zone,
    dated,
    slots: shown.settings.slots,
    jitter: shown.settings.jitter_min,
    reading: !listed.data,
    hint: canPublish(shown) ? t('nothing') : null,
    onFree: (of: string, minute: number) => props.onPublish({ clips: [], at: zone.instant(of, minute) }),
    onOpen: (entry: Entry) => setOpen(entry.key),
    onFocus: (entry: Entry) => setFocused(entry.key),
    onDay: (of: string) => {
      setChosen(of);
      show('week');
    },
  };
  const range =
    view === 'week'
      ? new Intl.DateTimeFormat(language, {
          day: 'numeric',
          month: 'long',
          year: 'numeric',
          timeZone: 'UTC',
        }).formatRange(Date.parse(first), Date.parse(last))
      : dayText(day, language, { month: 'long', year: 'numeric' });
  const opened = entryOf(open);
  const moved = entryOf(moving);

  return (
    <DragProvider onPlace={place} onMove={move}>
      <div className={css.tools}>
        <Segmented
          label={t('view.label')}
          value={view}
          segments={VIEWS.map((value) => ({ value, label: t(`view.${value}`) }))}
          onChange={show}
        />
        <div className={css.steps} role="group" aria-label={t('step.label')}>
          <IconButton label={t(`step.previous_${view}`)} shortcut="[" onClick={() => go(-1)}>
            <ChevronLeft />
          </IconButton>
          <IconButton label={t(`step.next_${view}`)} shortcut="]" onClick={() => go(1)}>
            <ChevronRight />
          </IconButton>
          <Button
            tone="plain"
            shortcut="T"
            disabled={days.includes(today) && chosen === null}
            onClick={() => setChosen(null)}
          >
            {t('step.today')}
          </Button>
        </div>
        <h2 className={css.range} aria-live="polite">
          {range}
        </h2>
        <span className={css.gap} />
        {!isHere(zone, now) && (
          <span className={css.zone} title={t('zone.help', { here: zoneHere() })}>
            <Globe aria-hidden />
            {t('zone.not', { zone: shown.time_zone })}
          </span>
        )}
        <Button
          tone="primary"
          icon={<Send />}
          disabled={!canPublish(shown)}
          onClick={() => props.onPublish({ clips: [] })}
        >
          {t('publishClips')}
        </Button>
      </div>
      <div className={css.body}>
        <section className={css.main} aria-label={t('calendar')}>
          <Notices shown={shown} actions={actions} onSetup={props.onSetup} />
          {listed.error ? (
            <FailureView failure={listed.error} onRetry={() => void listed.refetch()} />
          ) : view === 'week' ? (
            <Week {...calendar} />
          ) : (
            <Month {...calendar} month={day.slice(0, 7)} />
          )}
        </section>
        <Tray onPublish={(clips) => props.onPublish({ clips })} />
      </div>
      {opened && (
        <EntryDialog
          entry={opened}
          zone={zone}
          actions={actions}
          onMove={() => setMoving(opened.key)}
          onClose={() => setOpen(null)}
        />
      )}
      {moved && (
        <MoveDialog
          entry={moved}
          zone={zone}
          slots={shown.settings.slots}
          onMove={(at) => actions.move(moved, at)}
          onClose={() => setMoving(null)}
        />
      )}
    </DragProvider>
  );
}
