import { useTranslation } from 'react-i18next';
import type { CaptionTemplate } from '../../../backend/bindings/calls';
import { Field, Select } from '../../../components/Fields';
import css from './Sheet.module.css';

/** Which template captions are made from. What was written by hand stays. */
export function ChooseTemplate(props: {
  templates: readonly CaptionTemplate[];
  /** Its text; `null` takes the first. */
  chosen: string | null;
  onChange: (text: string | null) => void;
}) {
  const { templates } = props;
  const { t } = useTranslation('publish');
  const at = Math.max(
    0,
    templates.findIndex((template) => template.text === props.chosen),
  );
  return (
    <fieldset className={css.set}>
      <legend>{t('caption')}</legend>
      {templates.length > 1 ? (
        <Field label={t('template')} help={t('templateHelp')}>
          {(id) => (
            <Select
              id={id}
              label={t('template')}
              value={String(at)}
              options={templates.map((template, index) => ({ value: String(index), label: template.name }))}
              onChange={(value) => props.onChange(templates[Number(value)]?.text ?? null)}
            />
          )}
        </Field>
      ) : (
        <p className={css.muted}>
          {templates[0] ? t('oneTemplate', { name: templates[0].name }) : t('noTemplate')}
        </p>
      )}
    </fieldset>
  );
}
