/** Text that is being written: stored when one leaves the field, presses Enter, switches the profile or closes. */
import { type ChangeEvent, type KeyboardEvent, useEffect, useEffectEvent, useRef, useState } from 'react';
import { type Failure, asFailure } from '../backend/backend';
import { useScope } from './scope';

export interface Draft {
  value: string;
  /** Why it could not be stored; the text stays in the field. */
  failure: Failure | null;
  /** For the field: `<TextInput {...draft.field} />`. */
  field: {
    value: string;
    onChange: (event: ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) => void;
    onBlur: () => void;
    onKeyDown: (event: KeyboardEvent) => void;
  };
}

/**
 * @param stored the text as it is stored
 * @param save stores it; rejects when that fails
 * @param options `lines`: Enter begins a new line instead of storing
 */
export function useDraft(
  stored: string,
  save: (text: string) => Promise<unknown>,
  options: { lines?: boolean } = {},
): Draft {
  const scope = useScope();
  const [text, setText] = useState<string | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const saving = useRef<Promise<void> | null>(null);

  const store = async (written: string) => {
    try {
      await save(written);
      setFailure(null);
      // What was written meanwhile stays.
      setText((now) => (now === written ? null : now));
    } catch (thrown) {
      setFailure(asFailure(thrown));
      throw thrown;
    } finally {
      saving.current = null;
    }
  };
  const commit = async () => {
    // One at a time, so that an older text never comes after a newer one.
    await saving.current?.catch(() => undefined);
    if (text === null) return;
    if (text === stored) {
      setText(null);
      setFailure(null);
      return;
    }
    saving.current = store(text);
    await saving.current;
  };
  const leave = useEffectEvent(commit);
  useEffect(() => scope.beforeLeave(() => leave()), [scope]);

  // Where one leaves by oneself, what failed is said at the field.
  const quietly = () => void commit().catch(() => undefined);
  const value = text ?? stored;
  return {
    value,
    failure,
    field: {
      value,
      onChange: (event) => {
        setText(event.target.value);
        setFailure(null);
      },
      onBlur: quietly,
      onKeyDown: (event) => {
        if (event.key === 'Escape' && text !== null) {
          event.stopPropagation();
          setText(null);
          setFailure(null);
        } else if (event.key === 'Enter' && !options.lines && !event.nativeEvent.isComposing) {
          quietly();
        }
      },
    },
  };
}
