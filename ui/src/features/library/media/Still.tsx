import { Film, ImageOff } from 'lucide-react';
import { useState } from 'react';
import css from './Media.module.css';

/** A still picture of footage or a clip; a sign where there is none yet or it cannot be read. */
export function Still(props: { src: string | null; missing?: boolean; eager?: boolean }) {
  const [broken, setBroken] = useState<string | null>(null);
  if (props.src === null || props.missing || broken === props.src) {
    return (
      <span className={css.sign}>{props.missing ? <ImageOff aria-hidden /> : <Film aria-hidden />}</span>
    );
  }
  return (
    <img
      src={props.src}
      alt=""
      draggable={false}
      decoding="async"
      loading={props.eager ? 'eager' : 'lazy'}
      className={css.still}
      onError={() => setBroken(props.src)}
    />
  );
}
