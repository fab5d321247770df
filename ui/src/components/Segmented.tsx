import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { number } from '../lib/format';
import css from './Segmented.module.css';

export interface Segment<T extends string> {
  value: T;
  label: string;
  icon?: ReactNode;
  count?: number | undefined;
}

/** One of two to five, all in sight. The arrow keys move inside it. */
export function Segmented<T extends string>(props: {
  label: string;
  value: T;
  segments: readonly Segment<T>[];
  onChange: (value: T) => void;
  /** As wide as what it is in. */
  wide?: boolean;
}) {
  const name = useId();
  const { i18n } = useTranslation();
  return (
    <div role="radiogroup" aria-label={props.label} className={css.group} data-wide={props.wide || undefined}>
      {props.segments.map((segment) => (
        <label
          key={segment.value}
          className={css.segment}
          data-chosen={segment.value === props.value || undefined}
        >
          <input
            type="radio"
            name={name}
            className={css.input}
            checked={segment.value === props.value}
            onChange={() => props.onChange(segment.value)}
          />
          {segment.icon}
          <span>{segment.label}</span>
          {segment.count !== undefined && (
            <span className={css.count}>{number(segment.count, i18n.language)}</span>
          )}
        </label>
      ))}
    </div>
  );
}
