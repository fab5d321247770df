import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { keyOfEvent } from '../app/commands/keys';
import { Kbd } from './Kbd';
import css from './KeyTable.module.css';

/** The key of a command; pressed, it waits for another one. */
export function KeyButton(props: {
  title: string;
  value: string | undefined;
  disabled: boolean;
  onChange: (key: string) => void;
}) {
  const { t } = useTranslation(['shell', 'common']);
  const [waiting, setWaiting] = useState(false);
  return (
    <button
      type="button"
      className={css.key}
      data-waiting={waiting}
      disabled={props.disabled}
      aria-label={
        waiting
          ? t('pressKeyFor', { title: props.title })
          : t('keyOf', { title: props.title, key: props.value ?? t('common:none') })
      }
      onClick={() => setWaiting(true)}
      onBlur={() => setWaiting(false)}
      onKeyDown={(event) => {
        if (!waiting) return;
        const key = keyOfEvent(event.nativeEvent);
        if (key === 'Tab' || key === 'Shift+Tab') return;
        // While it waits, no key does what it does elsewhere.
        event.preventDefault();
        event.stopPropagation();
        event.nativeEvent.stopImmediatePropagation();
        if (key === '') return;
        setWaiting(false);
        if (key !== 'Esc') props.onChange(key);
      }}
    >
      {waiting ? (
        t('pressKey')
      ) : props.value ? (
        <Kbd>{props.value}</Kbd>
      ) : (
        <span className={css.no}>{t('noKey')}</span>
      )}
    </button>
  );
}
