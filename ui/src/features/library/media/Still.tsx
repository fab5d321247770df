import { Film, ImageOff } from 'lucide-react';
import { useState } from 'react';
import css from './Media.module.css';

/**
 * A still picture of footage or a clip; a sign where there is none yet or it cannot be read.
 *
 * @param props.fill the picture may have another shape than what it stands for: it is cropped rather than padded
 */
export function Still(props: { src: string | null; missing?: boolean; eager?: boolean; fill?: boolean }) {
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
      data-fill={props.fill || undefined}
      onError={() => setBroken(props.src)}
    />
  );
}
