import { useRef, useState } from 'react';
import css from './Split.module.css';

/** A border between two areas that is moved with the pointer or the arrow keys. */
export function Divider(props: {
  label: string;
  /** Which way it is moved. */
  axis: 'x' | 'y';
  /** Size of the area it belongs to, pixels. */
  value: number;
  min: number;
  max: number;
  /** The area lies after the border. */
  after?: boolean;
  onChange: (value: number) => void;
}) {
  const { axis, value, min, max, onChange } = props;
  const start = useRef<{ at: number; value: number } | null>(null);
  const [dragged, setDragged] = useState(false);
  const sign = props.after ? -1 : 1;
  const set = (next: number) => onChange(Math.round(Math.min(max, Math.max(min, next))));
  const at = (event: React.PointerEvent) => (axis === 'x' ? event.clientX : event.clientY);
  const [less, more] = axis === 'x' ? ['ArrowLeft', 'ArrowRight'] : ['ArrowUp', 'ArrowDown'];

  return (
    <div
      role="separator"
      tabIndex={0}
      aria-label={props.label}
      aria-orientation={axis === 'x' ? 'vertical' : 'horizontal'}
      aria-valuenow={value}
      aria-valuemin={min}
      aria-valuemax={max}
      className={css.divider}
      data-axis={axis}
      data-dragged={dragged || undefined}
      onPointerDown={(event) => {
        event.preventDefault();
        event.currentTarget.setPointerCapture(event.pointerId);
        start.current = { at: at(event), value };
        setDragged(true);
      }}
      onPointerMove={(event) => {
        if (start.current) set(start.current.value + sign * (at(event) - start.current.at));
      }}
      onPointerUp={() => {
        start.current = null;
        setDragged(false);
      }}
      onKeyDown={(event) => {
        const step = event.key === less ? -16 : event.key === more ? 16 : 0;
        if (step === 0) return;
        event.preventDefault();
        set(value + sign * step);
      }}
    />
  );
}
