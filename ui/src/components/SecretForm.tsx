import { type ReactNode, useRef, useState } from 'react';
import { Button } from './Button';
import { Field, TextInput } from './Fields';
import css from './SecretForm.module.css';

/**
 * A field for a key or a passphrase. What is typed stays in the field alone: it is in no state of the page, and the field
 * is emptied as soon as it is sent.
 */
export function SecretForm(props: {
  label: string;
  help?: string;
  action: string;
  icon?: ReactNode;
  busy: boolean;
  /** Said below the field. */
  error?: string | null;
  onSubmit: (secret: string) => Promise<void>;
}) {
  const field = useRef<HTMLInputElement>(null);
  const [empty, setEmpty] = useState(true);
  const send = () => {
    const typed = field.current;
    if (!typed || typed.value.trim() === '') return;
    const secret = typed.value;
    typed.value = '';
    setEmpty(true);
    void props.onSubmit(secret);
  };
  return (
    <form
      className={css.secret}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <Field label={props.label} help={props.help} error={props.error ?? null}>
        {(id) => (
          <TextInput
            ref={field}
            id={id}
            type="password"
            autoComplete="off"
            onChange={(event) => setEmpty(event.target.value.trim() === '')}
          />
        )}
      </Field>
      <Button type="submit" icon={props.icon} busy={props.busy} disabled={empty}>
        {props.action}
      </Button>
    </form>
  );
}
