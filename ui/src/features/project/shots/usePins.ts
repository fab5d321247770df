/** What is done with the shots of a variant: pinned, exchanged, trimmed, left to the plan again. All can be undone. */
import { useTranslation } from 'react-i18next';
import type { Pin } from '../../../backend/bindings/calls';
import { useBench } from '../model/bench';
import { usePerform, wayBack } from '../model/changes';
import { type Place, exchanged, pinFor, placesOf, samePlace } from '../model/lines';

export interface Pins {
  /** Set by hand, whether or not the plan knows it yet. */
  pinned(place: Place): boolean;
  /** Shows this shot here. */
  put(place: Place, shot: string, inMs?: number): void;
  /** Pins what is shown, or leaves the place to the plan again. */
  toggle(place: Place): void;
  exchange(a: Place, b: Place): void;
  /** Exchanges with the shot before or after; gives the index where it went. */
  move(place: Place, by: -1 | 1): number;
  trim(place: Place, inMs: number): void;
}

export function usePins(): Pins {
  const { t } = useTranslation('project');
  const { store, script, variant, lines, pins } = useBench();
  const perform = usePerform();
  const number = variant?.number ?? 0;

  const change = (label: string, changes: { pin: Pin; on: boolean }[]) => {
    if (!script) return;
    const back = wayBack(
      pins,
      changes.map((one) => one.pin),
    );
    perform(
      label,
      () => store.pins(script.id, changes),
      () => store.pins(script.id, back),
    );
  };
  const on = (list: Pin[]) => list.map((pin) => ({ pin, on: true }));
  const held = (place: Place) => {
    const { shot } = place.segment.pick;
    return pins.some((pin) => samePlace(pin, pinFor(lines, place, number, shot)));
  };

  const exchange = (a: Place, b: Place) => change(t('shots.moved'), on(exchanged(lines, a, b, number)));
  return {
    pinned: (place) => held(place),
    put: (place, shot, inMs) => change(t('shots.swapped'), on([pinFor(lines, place, number, shot, inMs)])),
    toggle: (place) => {
      const pinned = held(place);
      const { shot, in_ms } = place.segment.pick;
      const pin = pinFor(lines, place, number, shot, in_ms);
      change(pinned ? t('shots.unpinnedStep') : t('shots.pinnedStep'), [{ pin, on: !pinned }]);
    },
    exchange,
    move: (place, by) => {
      const other = placesOf(lines).find((one) => one.index === place.index + by);
      if (!other) return place.index;
      exchange(place, other);
      return other.index;
    },
    trim: (place, inMs) =>
      change(t('shots.trimmed'), on([pinFor(lines, place, number, place.segment.pick.shot, inMs)])),
  };
}
