import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaptionPlace } from '../../../backend/bindings/calls';
import { Button } from '../../../components/Button';
import type { Size } from '../../../preview/framing';
import css from './Captions.module.css';

const STEP = 0.02;
const MIDDLE: CaptionPlace = { x: 0.5, y: 0.5 };
const round = (value: number) => Math.round(Math.min(1, Math.max(0, value)) * 1000) / 1000;

/** Where a caption stands in the frame: a point that is dragged, or moved with the arrow keys. */
export function PlacePad(props: {
  place: CaptionPlace | null;
  frame: Size;
  onPlace: (place: CaptionPlace | null) => void;
}) {
  const { t } = useTranslation('captions');
  const pad = useRef<HTMLDivElement>(null);
  const [moved, setMoved] = useState<CaptionPlace | null>(null);
  const place = moved ?? props.place ?? MIDDLE;
  const at = (event: React.PointerEvent): CaptionPlace | null => {
    const box = pad.current?.getBoundingClientRect();
    if (!box || box.width === 0) return null;
    return {
      x: round((event.clientX - box.left) / box.width),
      y: round((event.clientY - box.top) / box.height),
    };
  };
  const done = (next: CaptionPlace | null) => {
    setMoved(null);
    props.onPlace(next);
  };
  const presets: [string, CaptionPlace][] = [
    [t('top'), { x: 0.5, y: 0.2 }],
    [t('middle'), MIDDLE],
    [t('bottom'), { x: 0.5, y: 0.68 }],
  ];
  return (
    <div className={css.pad}>
      <div
        ref={pad}
        className={css.area}
        style={{ aspectRatio: `${props.frame.width} / ${props.frame.height}` }}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          setMoved(at(event));
        }}
        onPointerMove={(event) => {
          if (event.currentTarget.hasPointerCapture(event.pointerId)) setMoved(at(event));
        }}
        onPointerUp={() => {
          if (moved) done(moved);
        }}
      >
        <button
          type="button"
          className={css.point}
          data-own={props.place !== null || moved !== null || undefined}
          style={{ left: `${place.x * 100}%`, top: `${place.y * 100}%` }}
          aria-label={t('point', { x: Math.round(place.x * 100), y: Math.round(place.y * 100) })}
          onKeyDown={(event) => {
            const by = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[
              event.key
            ];
            if (!by) return;
            event.preventDefault();
            setMoved({ x: round(place.x + (by[0] ?? 0) * STEP), y: round(place.y + (by[1] ?? 0) * STEP) });
          }}
          onKeyUp={(event) => {
            if (event.key.startsWith('Arrow') && moved) done(moved);
          }}
        />
      </div>
      <div className={css.presets}>
        {presets.map(([name, preset]) => (
          <Button key={name} onClick={() => done(preset)}>
            {name}
          </Button>
        ))}
        <Button tone="plain" disabled={props.place === null} onClick={() => done(null)}>
          {t('placeOfStyle')}
        </Button>
      </div>
    </div>
  );
}
