/** What can be done with the chosen shot: another one, pinned or not, where it starts, how it fills the frame. */
import { ArrowLeft, ArrowRight, Crop, Pin, PinOff, Replace } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSaid } from '../../../lib/said';
import { useCommand } from '../../../app/commands/commands';
import { Button, IconButton } from '../../../components/Button';
import { Popover } from '../../../components/Popover';
import { useBench } from '../model/bench';
import { useSource } from '../model/footage';
import { type Place, placesOf } from '../model/lines';
import { FramingEditor } from './FramingEditor';
import css from './ShotDetail.module.css';
import { SwapList } from './SwapList';
import { TrimStrip } from './TrimStrip';
import { usePins } from './usePins';

export function ShotDetail({ place }: { place: Place }) {
  const { t } = useTranslation('project');
  const said = useSaid();
  const { lines, choose, timeline } = useBench();
  const pins = usePins();
  const [open, setOpen] = useState<'swap' | 'framing' | null>(null);
  const source = useSource(place.segment.pick.source)?.source;
  const pinned = pins.pinned(place);
  const last = placesOf(lines).length - 1;
  const move = (by: -1 | 1) => choose(pins.move(place, by));

  const group = t('commands');
  useCommand({
    id: 'project.shot.swap',
    group,
    title: t('shots.swap'),
    key: 'S',
    run: () => setOpen('swap'),
  });
  useCommand({
    id: 'project.shot.pin',
    group,
    title: t('shots.pinOrNot'),
    key: 'P',
    run: () => pins.toggle(place),
  });
  useCommand({
    id: 'project.shot.framing',
    group,
    title: t('framing.title'),
    key: 'F',
    run: () => setOpen('framing'),
  });
  useCommand({
    id: 'project.shot.earlier',
    group,
    title: t('shots.earlier'),
    key: 'Alt+Left',
    enabled: place.index > 0,
    run: () => move(-1),
  });
  useCommand({
    id: 'project.shot.later',
    group,
    title: t('shots.later'),
    key: 'Alt+Right',
    enabled: place.index < last,
    run: () => move(1),
  });

  return (
    <section className={css.detail} aria-label={t('shots.chosen', { number: place.part + 1 })}>
      <p className={css.why} data-selectable>
        <strong>{said.reason(place.segment.reason)}</strong>
        <span title={source?.name}>{source?.name}</span>
      </p>
      <TrimStrip place={place} onTrim={(inMs) => pins.trim(place, inMs)} />
      <div className={css.actions}>
        <Popover
          label={t('shots.swap')}
          open={open === 'swap'}
          onOpen={(next) => setOpen(next ? 'swap' : null)}
          trigger={
            <Button icon={<Replace />} shortcut="S">
              {t('shots.swap')}
            </Button>
          }
        >
          <SwapList
            place={place}
            onChoose={(shot, inMs) => {
              setOpen(null);
              pins.put(place, shot, inMs);
            }}
          />
        </Popover>
        <Button icon={pinned ? <PinOff /> : <Pin />} shortcut="P" onClick={() => pins.toggle(place)}>
          {pinned ? t('shots.unpin') : t('shots.pin')}
        </Button>
        {timeline && (
          <Popover
            label={t('framing.title')}
            open={open === 'framing'}
            onOpen={(next) => setOpen(next ? 'framing' : null)}
            trigger={
              <Button icon={<Crop />} shortcut="F">
                {t('framing.button')}
              </Button>
            }
          >
            <FramingEditor place={place} frame={timeline} />
          </Popover>
        )}
        <span className={css.order}>
          <IconButton
            label={t('shots.earlier')}
            shortcut="Alt+Left"
            disabled={place.index === 0}
            onClick={() => move(-1)}
          >
            <ArrowLeft />
          </IconButton>
          <IconButton
            label={t('shots.later')}
            shortcut="Alt+Right"
            disabled={place.index >= last}
            onClick={() => move(1)}
          >
            <ArrowRight />
          </IconButton>
        </span>
      </div>
    </section>
  );
}
