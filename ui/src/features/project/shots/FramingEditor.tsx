/** How a shot fills the frame: the part that is shown is dragged over its whole picture. */
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useScope } from '../../../app/scope';
import type { Framing } from '../../../backend/bindings/calls';
import { Button } from '../../../components/Button';
import type { Size } from '../../../preview/framing';
import { useBench } from '../model/bench';
import { usePerform } from '../model/changes';
import { useSource } from '../model/footage';
import { type Box, cropOf, movedAnchor } from '../model/framing';
import type { Place } from '../model/lines';
import css from './ShotDetail.module.css';

const STEP = 0.02;
/** Height of the picture, pixels, at most. */
const TALLEST = 320;

export function FramingEditor({ place, frame }: { place: Place; frame: Size }) {
  const { t } = useTranslation('project');
  const scope = useScope();
  const { store, planning } = useBench();
  const perform = usePerform();
  const { pick, framing } = place.segment;
  const source = useSource(pick.source);
  const picture = useRef<HTMLDivElement>(null);
  const grip = useRef<{ x: number; y: number; box: Box } | null>(null);
  const [moved, setMoved] = useState<Framing | null>(null);
  const shot = source?.shots.find((one) => one.id === pick.shot);
  if (!source || !shot) return null;

  const size = source.source;
  const shown = moved ?? framing;
  const anchor = shown.how === 'fill' ? shown : { x: shot.anchor_x, y: shot.anchor_y };
  const box = cropOf(size, frame, anchor.x, anchor.y);
  const still = shot.thumb ?? source.strip[0]?.[1] ?? null;
  const before = shot.framing ?? null;

  const put = (next: Framing | null) => {
    const keep = (value: Framing | null) => async () => {
      await store.framing(shot.id, value);
      await planning.start();
    };
    setMoved(next);
    perform(t('framing.changed'), keep(next), keep(before));
  };
  const to = (from: Box, dx: number, dy: number) =>
    setMoved({ how: 'fill', ...movedAnchor(size, frame, from, dx, dy) });
  const settle = () => {
    if (moved && JSON.stringify(moved) !== JSON.stringify(framing)) put(moved);
  };

  return (
    <div className={css.framing}>
      <div
        ref={picture}
        className={css.picture}
        style={{
          aspectRatio: `${size.width} / ${size.height}`,
          width: `min(100%, ${Math.round((TALLEST * size.width) / size.height)}px)`,
        }}
      >
        {still && <img src={scope.media.file(still)} alt="" draggable={false} />}
        {shown.how === 'fill' && (
          <button
            type="button"
            className={css.crop}
            aria-label={t('framing.crop', { x: Math.round(anchor.x * 100), y: Math.round(anchor.y * 100) })}
            style={{
              left: `${box.left * 100}%`,
              top: `${box.top * 100}%`,
              width: `${box.width * 100}%`,
              height: `${box.height * 100}%`,
            }}
            onPointerDown={(event) => {
              event.preventDefault();
              event.currentTarget.focus();
              event.currentTarget.setPointerCapture(event.pointerId);
              grip.current = { x: event.clientX, y: event.clientY, box };
            }}
            onPointerMove={(event) => {
              const area = picture.current?.getBoundingClientRect();
              if (!grip.current || !area || area.width === 0) return;
              const { x, y, box: from } = grip.current;
              to(from, (event.clientX - x) / area.width, (event.clientY - y) / area.height);
            }}
            onPointerUp={() => {
              grip.current = null;
              settle();
            }}
            onKeyDown={(event) => {
              const by = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[
                event.key
              ];
              if (!by) return;
              event.preventDefault();
              to(box, (by[0] ?? 0) * STEP, (by[1] ?? 0) * STEP);
            }}
            onKeyUp={(event) => {
              if (event.key.startsWith('Arrow')) settle();
            }}
          />
        )}
      </div>
      <p className={css.hint}>{shown.how === 'fill' ? t('framing.hint') : t('framing.hintWhole')}</p>
      <div className={css.choices} role="group" aria-label={t('framing.title')}>
        <Choice
          on={shown.how === 'fill' && before !== null}
          onClick={() => put({ how: 'fill', x: anchor.x, y: anchor.y })}
        >
          {t('framing.fill')}
        </Choice>
        <Choice on={shown.how === 'blur_fit'} onClick={() => put({ how: 'blur_fit' })}>
          {t('framing.blur')}
        </Choice>
        <Choice on={shown.how === 'fit'} onClick={() => put({ how: 'fit' })}>
          {t('framing.fit')}
        </Choice>
        <Choice on={before === null && moved === null} onClick={() => put(null)}>
          {t('framing.auto')}
        </Choice>
      </div>
    </div>
  );
}

function Choice(props: { on: boolean; onClick: () => void; children: string }) {
  return (
    <Button aria-pressed={props.on} onClick={props.onClick}>
      {props.children}
    </Button>
  );
}
