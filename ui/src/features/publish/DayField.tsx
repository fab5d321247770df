import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Field, TextInput } from '../../components/Fields';
import { dayOf } from '../../lib/zone';

/** A day; what is none is said at the field. */
export function DayField(props: {
  label: string;
  day: string;
  first: string;
  onChange: (text: string) => void;
}) {
  const { t } = useTranslation('publish');
  const [text, setText] = useState(props.day);
  const day = dayOf(text);
  const wrong = day === null ? t('time.noDay') : day < props.first ? t('past') : null;
  return (
    <Field label={props.label} error={wrong}>
      {(id) => (
        <TextInput
          id={id}
          type="date"
          required
          placeholder="2026-11-26"
          min={props.first}
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            props.onChange(event.target.value);
          }}
        />
      )}
    </Field>
  );
}
