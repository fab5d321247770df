import { type ReactNode, useState } from 'react';
import { useBench } from '../model/bench';
import { placesOf } from '../model/lines';
import { type Dragged, DragContext, follow } from './drag';
import { usePins } from './usePins';

/** Where shots can be dragged: onto each other they change places, from the footage they are pinned. */
export function DragShots({ children }: { children: ReactNode }) {
  const { lines, choose } = useBench();
  const pins = usePins();
  const [dragged, setDragged] = useState<Dragged | null>(null);
  const [over, setOver] = useState<number | null>(null);

  const drop = (what: Dragged, index: number | null) => {
    setDragged(null);
    setOver(null);
    const places = placesOf(lines);
    const goal = places.find((place) => place.index === index);
    if (!goal) return;
    if (what.kind === 'shot') pins.put(goal, what.shot, what.inMs);
    else {
      const from = places.find((place) => place.index === what.index);
      if (!from || from.index === goal.index) return;
      pins.exchange(from, goal);
    }
    choose(goal.index);
  };

  return (
    <DragContext.Provider
      value={{
        dragged,
        over,
        begin: (event, what) =>
          follow(event, {
            begun: () => setDragged(what),
            over: setOver,
            ended: (index) => drop(what, index),
          }),
      }}
    >
      {children}
    </DragContext.Provider>
  );
}
