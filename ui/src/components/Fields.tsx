import { Select as BaseSelect } from '@base-ui/react/select';
import { Slider as BaseSlider } from '@base-ui/react/slider';
import { Switch as BaseSwitch } from '@base-ui/react/switch';
import { Check, ChevronsUpDown, Search, X } from 'lucide-react';
import { type InputHTMLAttributes, type ReactNode, type Ref, useId } from 'react';
import { useTranslation } from 'react-i18next';
import css from './Fields.module.css';
import popup from './Popup.module.css';

/** A label over a field, with a line of help or what is wrong below it. */
export function Field(props: {
  label: string;
  help?: ReactNode;
  error?: string | null;
  children: (id: string) => ReactNode;
}) {
  const id = useId();
  return (
    <div className={css.field}>
      <label htmlFor={id} className={css.label}>
        {props.label}
      </label>
      {props.children(id)}
      {props.error ? (
        <p role="alert" className={css.error}>
          {props.error}
        </p>
      ) : (
        props.help && <p className={css.help}>{props.help}</p>
      )}
    </div>
  );
}

/** One line of text. */
export function TextInput(props: InputHTMLAttributes<HTMLInputElement> & { ref?: Ref<HTMLInputElement> }) {
  return (
    <input
      spellCheck={false}
      autoComplete="off"
      {...props}
      className={[css.input, props.className].filter(Boolean).join(' ')}
    />
  );
}

/** A text to search for, with a way to clear it. */
export function SearchInput({
  value,
  onChange,
  label,
  ref,
}: {
  value: string;
  onChange: (value: string) => void;
  label: string;
  ref?: Ref<HTMLInputElement>;
}) {
  const { t } = useTranslation();
  return (
    <div className={css.search}>
      <Search aria-hidden />
      <input
        ref={ref}
        type="text"
        role="searchbox"
        aria-label={label}
        placeholder={label}
        spellCheck={false}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
      {value !== '' && (
        <button type="button" aria-label={t('clear')} onClick={() => onChange('')}>
          <X />
        </button>
      )}
    </div>
  );
}

export interface Option<T extends string> {
  value: T;
  label: string;
  /** A second, quieter line. */
  note?: string;
}

/** One of a few. */
export function Select<T extends string>(props: {
  id?: string;
  label?: string;
  value: T;
  options: readonly Option<T>[];
  onChange: (value: T) => void;
  disabled?: boolean;
}) {
  const shown = props.options.find((option) => option.value === props.value);
  return (
    <BaseSelect.Root
      value={props.value}
      disabled={props.disabled ?? false}
      onValueChange={(value) => value !== null && props.onChange(value)}
    >
      <BaseSelect.Trigger id={props.id} aria-label={props.label} className={css.select}>
        <span className={css.value}>{shown?.label ?? props.value}</span>
        <ChevronsUpDown aria-hidden />
      </BaseSelect.Trigger>
      <BaseSelect.Portal>
        <BaseSelect.Positioner sideOffset={4} alignItemWithTrigger={false} className={popup.positioner}>
          <BaseSelect.Popup className={popup.menu}>
            <BaseSelect.List>
              {props.options.map((option) => (
                <BaseSelect.Item key={option.value} value={option.value} className={popup.item}>
                  <BaseSelect.ItemText className={popup.label}>
                    {option.label}
                    {option.note && <span className={css.note}> {option.note}</span>}
                  </BaseSelect.ItemText>
                  <BaseSelect.ItemIndicator>
                    <Check aria-hidden />
                  </BaseSelect.ItemIndicator>
                </BaseSelect.Item>
              ))}
            </BaseSelect.List>
          </BaseSelect.Popup>
        </BaseSelect.Positioner>
      </BaseSelect.Portal>
    </BaseSelect.Root>
  );
}

/** On or off; takes effect at once. */
export function Switch(props: {
  id?: string;
  label?: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
  disabled?: boolean;
}) {
  return (
    <BaseSwitch.Root
      id={props.id}
      aria-label={props.label}
      checked={props.checked}
      disabled={props.disabled ?? false}
      onCheckedChange={(checked) => props.onChange(checked)}
      className={css.switch}
    >
      <BaseSwitch.Thumb className={css.knob} />
    </BaseSwitch.Root>
  );
}

/** A number on a line. `show` gives it its unit. `onDone` comes when it is let go. */
export function Slider(props: {
  label: string;
  value: number;
  min: number;
  max: number;
  step: number;
  show: (value: number) => string;
  onChange: (value: number) => void;
  onDone?: (value: number) => void;
  disabled?: boolean;
}) {
  return (
    <BaseSlider.Root
      value={props.value}
      min={props.min}
      max={props.max}
      step={props.step}
      disabled={props.disabled ?? false}
      onValueChange={(value) => props.onChange(value as number)}
      onValueCommitted={(value) => props.onDone?.(value as number)}
      className={css.slider}
    >
      <span className={css.label}>{props.label}</span>
      <BaseSlider.Control className={css.control}>
        <BaseSlider.Track className={css.track}>
          <BaseSlider.Indicator className={css.filled} />
          <BaseSlider.Thumb
            className={css.thumb}
            getAriaLabel={() => props.label}
            getAriaValueText={(_, value) => props.show(value)}
          />
        </BaseSlider.Track>
      </BaseSlider.Control>
      <output className={css.shown}>{props.show(props.value)}</output>
    </BaseSlider.Root>
  );
}
