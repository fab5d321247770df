import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useDraft } from '../../../app/draft';
import { TextInput } from '../../../components/Fields';
import { useSaid } from '../../../lib/said';
import css from '../Publish.module.css';

/** What was typed is no such number; its message is in the language of the window already. */
class NoNumber extends Error {}

/** A whole number with its unit, stored when one leaves the field. */
export function NumberField(props: {
  label: string;
  value: number;
  least: number;
  most: number;
  unit: string;
  onChange: (value: number) => Promise<unknown>;
}) {
  const { least, most } = props;
  const { t } = useTranslation('publish');
  const said = useSaid();
  const id = useId();
  const wrong = t('numberBetween', { least, most });
  const draft = useDraft(String(props.value), async (text) => {
    const value = /^\s*\d+\s*$/.test(text) ? Number(text) : NaN;
    if (!(value >= least && value <= most)) throw new NoNumber(wrong);
    if (value !== props.value) await props.onChange(value);
  });
  const error = draft.failure && (draft.failure.message === wrong ? wrong : said.line(draft.failure));
  return (
    <div className={css.numberField}>
      <div className={css.unit}>
        <TextInput
          aria-label={props.label}
          aria-invalid={error ? true : undefined}
          aria-describedby={error ? id : undefined}
          inputMode="numeric"
          {...draft.field}
        />
        <span aria-hidden>{props.unit}</span>
      </div>
      {error && (
        <p id={id} role="alert" className={css.wrong}>
          {error}
        </p>
      )}
    </div>
  );
}
