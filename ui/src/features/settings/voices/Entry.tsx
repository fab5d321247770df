import { Plus, Trash2 } from 'lucide-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDraft } from '../../../app/draft';
import { asFailure } from '../../../backend/backend';
import type { Pronunciation } from '../../../backend/bindings/calls';
import { Button, IconButton } from '../../../components/Button';
import { Field, TextInput } from '../../../components/Fields';
import { PlayButton } from '../../../components/PlayButton';
import { useSaid } from '../../../lib/said';
import css from './Voices.module.css';
import { hasLetters, same, type useDictionary } from './dictionary';
import { useHear } from './useHear';

type Dictionary = ReturnType<typeof useDictionary>;

/** One name and how it is said; both are changed in place. */
export function Entry({ entry, dictionary }: { entry: Pronunciation; dictionary: Dictionary }) {
  const { t } = useTranslation('voices');
  const said = useSaid();
  const hear = useHear();
  const name = entry.written;
  const change = (after: Pronunciation) => dictionary.change(t('dictionary.changed'), entry, after);
  const written = useDraft(name, (text) => change({ ...entry, written: text.trim() }));
  const spoken = useDraft(entry.spoken, (text) => change({ ...entry, spoken: text.trim() }));
  const failure = written.failure ?? spoken.failure;
  return (
    <div role="listitem" className={css.entry}>
      <TextInput
        aria-label={t('dictionary.written', { name })}
        dir="auto"
        maxLength={100}
        {...written.field}
      />
      <TextInput aria-label={t('dictionary.spoken', { name })} dir="auto" maxLength={100} {...spoken.field} />
      <PlayButton
        label={t('dictionary.hear', { name })}
        load={() => hear({ text: entry.written, language: entry.language, voice: null })}
      />
      <IconButton
        label={t('dictionary.remove', { name })}
        tone="danger"
        onClick={() => void dictionary.remove(t('dictionary.removed', { name }), entry)}
      >
        <Trash2 />
      </IconButton>
      {failure && (
        <p role="alert" className={css.wrong}>
          {said.line(failure)}
        </p>
      )}
    </div>
  );
}

/** Two fields for another name. */
export function AddEntry(props: { language: string; dictionary: Dictionary; first: boolean }) {
  const { language, dictionary } = props;
  const { t } = useTranslation('voices');
  const said = useSaid();
  const hear = useHear();
  const [written, setWritten] = useState('');
  const [spoken, setSpoken] = useState('');
  const [wrong, setWrong] = useState<string | null>(null);
  const begin = useRef<HTMLInputElement>(null);
  const entry = { language, written: written.trim(), spoken: spoken.trim() };

  const add = async () => {
    if (!hasLetters(entry.written) || !hasLetters(entry.spoken)) return setWrong(t('dictionary.both'));
    if (dictionary.entries.some((one) => same(one, entry))) {
      return setWrong(t('dictionary.twice', { name: entry.written }));
    }
    try {
      await dictionary.add(t('dictionary.added'), entry);
    } catch (thrown) {
      return setWrong(said.line(asFailure(thrown)));
    }
    setWritten('');
    setSpoken('');
    setWrong(null);
    begin.current?.focus();
  };
  const typed = (set: (text: string) => void) => (event: { target: { value: string } }) => {
    set(event.target.value);
    setWrong(null);
  };
  return (
    <div role="listitem">
      <form
        className={css.add}
        onSubmit={(event) => {
          event.preventDefault();
          void add();
        }}
      >
        <Field label={t('dictionary.writtenNew')}>
          {(id) => (
            <TextInput
              ref={begin}
              id={id}
              dir="auto"
              maxLength={100}
              placeholder={props.first ? 'Xynthi' : undefined}
              value={written}
              onChange={typed(setWritten)}
            />
          )}
        </Field>
        <Field label={t('dictionary.spokenNew')}>
          {(id) => (
            <TextInput
              id={id}
              dir="auto"
              maxLength={100}
              placeholder={props.first ? t('dictionary.example') : undefined}
              value={spoken}
              onChange={typed(setSpoken)}
            />
          )}
        </Field>
        <PlayButton
          label={t('dictionary.hearNew')}
          disabled={!hasLetters(spoken)}
          load={() => hear({ text: spoken, language, voice: null })}
        />
        <Button type="submit" icon={<Plus />}>
          {t('dictionary.add')}
        </Button>
        {wrong && (
          <p role="alert" className={css.wrong}>
            {wrong}
          </p>
        )}
      </form>
    </div>
  );
}
