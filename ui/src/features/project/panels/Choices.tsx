import { Radio } from '@base-ui/react/radio';
import { RadioGroup } from '@base-ui/react/radio-group';
import type { CSSProperties, ReactNode } from 'react';
import css from './Panels.module.css';

/** One of a few, each shown as a card. Arrow keys choose. */
export function Choices<T extends string>(props: {
  label: string;
  value: T;
  options: readonly T[];
  onChange: (value: T) => void;
  children: (option: T) => ReactNode;
  className?: string | undefined;
  cardClass?: string | undefined;
  style?: CSSProperties;
}) {
  return (
    <RadioGroup
      aria-label={props.label}
      value={props.value}
      onValueChange={(value) => props.onChange(value as T)}
      className={props.className}
      style={props.style}
    >
      {props.options.map((option) => (
        <Radio.Root
          key={option}
          value={option}
          nativeButton
          render={<button type="button" />}
          // By itself it keeps Enter from everything outside of it, also with Ctrl: that one makes the videos.
          onKeyDown={(event) => (event.ctrlKey || event.metaKey) && event.preventBaseUIHandler()}
          className={props.cardClass ?? css.card}
        >
          {props.children(option)}
        </Radio.Root>
      ))}
    </RadioGroup>
  );
}
