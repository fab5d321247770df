import { RotateCcw } from 'lucide-react';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from './Button';
import css from './ColourInput.module.css';

/** Any colour, by eye or as #rrggbb. Without one, that of something else is used and shown. */
export function ColourInput(props: {
  label: string;
  value: string | null;
  /** What is used when there is none. */
  otherwise: string;
  /** While it is being chosen. */
  onTry?: (colour: string) => void;
  /** It is chosen; null goes back to `otherwise`. */
  onDone: (colour: string | null) => void;
}) {
  const { t } = useTranslation();
  const [text, setText] = useState<string | null>(null);
  const picker = useRef<HTMLInputElement>(null);
  const shown = props.value ?? props.otherwise;
  const done = useEffectEvent((colour: string) => colour !== shown && props.onDone(colour));

  useEffect(() => {
    // React calls every step a change; the browser's own event comes once, when the colour is chosen.
    const input = picker.current;
    const chosen = () => input && done(input.value);
    input?.addEventListener('change', chosen);
    return () => input?.removeEventListener('change', chosen);
  }, []);

  const commit = () => {
    const written = text?.trim().toLowerCase();
    const colour = written && (written.startsWith('#') ? written : `#${written}`);
    setText(null);
    if (colour && /^#[0-9a-f]{6}$/.test(colour) && colour !== shown) props.onDone(colour);
  };

  return (
    <span className={css.colour} role="group" aria-label={props.label}>
      <input
        ref={picker}
        type="color"
        aria-label={props.label}
        className={css.picker}
        value={shown}
        onChange={(event) => props.onTry?.(event.target.value)}
      />
      <input
        type="text"
        aria-label={t('colourCode', { label: props.label })}
        className={css.text}
        spellCheck={false}
        maxLength={7}
        data-own={props.value !== null}
        value={text ?? shown}
        onChange={(event) => setText(event.target.value)}
        onBlur={commit}
        onKeyDown={(event) => event.key === 'Enter' && commit()}
      />
      {props.value !== null && (
        <IconButton label={t('resetTo', { label: props.label })} onClick={() => props.onDone(null)}>
          <RotateCcw />
        </IconButton>
      )}
    </span>
  );
}
