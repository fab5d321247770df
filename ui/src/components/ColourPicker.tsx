import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import css from './ColourPicker.module.css';

/** The colours a profile can have, as core names them. */
export const COLOURS = ['coral', 'amber', 'lime', 'green', 'teal', 'blue', 'violet', 'pink'] as const;
export type Colour = (typeof COLOURS)[number];

/** One of the profile colours. */
export function ColourPicker(props: {
  label: string;
  value: string | null;
  onChange: (colour: Colour) => void;
}) {
  const { t } = useTranslation();
  const name = useId();
  return (
    <div role="radiogroup" aria-label={props.label} className={css.group}>
      {COLOURS.map((colour) => (
        <label key={colour} className={css.choice} title={t(`colour.${colour}`)}>
          <input
            type="radio"
            name={name}
            aria-label={t(`colour.${colour}`)}
            checked={props.value === colour}
            onChange={() => props.onChange(colour)}
            className="visually-hidden"
          />
          <span aria-hidden className={css.swatch} style={{ background: `var(--${colour})` }} />
        </label>
      ))}
    </div>
  );
}
