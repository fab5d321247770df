/** Texts that captions are made from, with what one would look like. */
import { ArrowUp, Plus, Trash2 } from 'lucide-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDraft } from '../../../app/draft';
import { useProfile } from '../../../app/profiles';
import { useCall } from '../../../app/queries';
import { useSay } from '../../../app/toasts';
import type { CaptionTemplate } from '../../../backend/bindings/calls';
import { Button, IconButton } from '../../../components/Button';
import { Field, TextInput } from '../../../components/Fields';
import { Group } from '../../../components/Setting';
import { Badge } from '../../../components/States';
import { useSaid } from '../../../lib/said';
import css from '../Publish.module.css';
import { VARIABLES, type Variable, filled, unknownIn } from '../template';
import type { Change } from './useSettings';

export function Templates({ templates, change }: { templates: readonly CaptionTemplate[]; change: Change }) {
  const { t } = useTranslation('publish');
  const [added, setAdded] = useState<string | null>(null);
  const say = useSay();
  const put = (label: string, next: (now: CaptionTemplate[]) => CaptionTemplate[]) =>
    change(label, ({ templates: now }) => ({ templates: next(now) }));
  const add = () => {
    const names = new Set(templates.map((template) => template.name));
    let number = templates.length + 1;
    while (names.has(t('templates.newName', { number }))) number += 1;
    const name = t('templates.newName', { number });
    setAdded(name);
    say.failing(put(t('templates.added'), (now) => [...now, { name, text: '{hook}\n\n{tags}' }]));
  };
  return (
    <Group title={t('templates.title')}>
      {templates.length === 0 && <p className={css.note}>{t('templates.none')}</p>}
      {templates.map((template, index) => (
        <Template
          // By its place: a template that is called otherwise is still the same.
          key={index}
          template={template}
          first={index === 0}
          focused={template.name === added}
          taken={templates.filter((_, other) => other !== index).map((other) => other.name)}
          onChange={(part) =>
            put(t('templates.changed', { name: part.name ?? template.name }), (now) =>
              now.map((one, at) => (at === index ? { ...one, ...part } : one)),
            )
          }
          onFirst={() =>
            say.failing(
              put(t('templates.madeFirst', { name: template.name }), (now) => [
                template,
                ...now.filter((one) => one.name !== template.name),
              ]),
            )
          }
          onRemove={() =>
            say.failing(
              put(t('templates.removed', { name: template.name }), (now) =>
                now.filter((one) => one.name !== template.name),
              ),
            )
          }
        />
      ))}
      <div className={css.under}>
        <Button icon={<Plus />} onClick={add}>
          {t('templates.add')}
        </Button>
      </div>
    </Group>
  );
}

/** Its message is in the language of the window already. */
class Refused extends Error {}

function Template(props: {
  template: CaptionTemplate;
  first: boolean;
  focused: boolean;
  taken: readonly string[];
  onChange: (part: Partial<CaptionTemplate>) => Promise<unknown>;
  onFirst: () => void;
  onRemove: () => void;
}) {
  const { template, taken } = props;
  const { t } = useTranslation('publish');
  const said = useSaid();
  const area = useRef<HTMLTextAreaElement>(null);
  const values = useExample();
  const name = useDraft(template.name, async (text) => {
    const to = text.trim();
    if (to === '') throw new Refused(t('templates.noName'));
    if (taken.includes(to)) throw new Refused(t('templates.taken'));
    await props.onChange({ name: to });
  });
  const text = useDraft(template.text, (to) => props.onChange({ text: to }), { lines: true });
  const failed = (failure: typeof name.failure) => {
    if (!failure) return null;
    return [t('templates.noName'), t('templates.taken')].includes(failure.message)
      ? failure.message
      : said.line(failure);
  };
  const unknown = unknownIn(text.value);
  const wrong =
    unknown.length > 0
      ? t('templates.unknown', { names: unknown.map((one) => `{${one}}`).join(', ') })
      : failed(text.failure);

  const insert = (variable: Variable) => {
    const field = area.current;
    if (!field) return;
    field.focus();
    const [from, to] = [field.selectionStart, field.selectionEnd];
    const written = `${text.value.slice(0, from)}{${variable}}${text.value.slice(to)}`;
    text.field.onChange({ target: { value: written } } as React.ChangeEvent<HTMLTextAreaElement>);
    const at = from + variable.length + 2;
    queueMicrotask(() => field.setSelectionRange(at, at));
  };
  return (
    <div className={css.template} role="group" aria-label={template.name}>
      <div className={css.templateHead}>
        <Field label={t('templates.name')} error={failed(name.failure)}>
          {(id) => <TextInput id={id} dir="auto" maxLength={80} autoFocus={props.focused} {...name.field} />}
        </Field>
        {props.first ? (
          <Badge tone="action" title={t('templates.firstHelp')}>
            {t('templates.first')}
          </Badge>
        ) : (
          <IconButton label={t('templates.makeFirst', { name: template.name })} onClick={props.onFirst}>
            <ArrowUp />
          </IconButton>
        )}
        <IconButton
          tone="danger"
          label={t('templates.remove', { name: template.name })}
          onClick={props.onRemove}
        >
          <Trash2 />
        </IconButton>
      </div>
      <div className={css.templateBody}>
        <div className={css.writing}>
          <Field label={t('templates.text')} error={wrong}>
            {(id) => (
              <textarea id={id} ref={area} dir="auto" rows={5} className={css.textarea} {...text.field} />
            )}
          </Field>
          <div className={css.variables} role="group" aria-label={t('templates.variables')}>
            {VARIABLES.map((variable) => (
              <button
                key={variable}
                type="button"
                className={css.variable}
                title={t(`variable.${variable}`)}
                aria-label={t('templates.insert', { name: variable })}
                // The field keeps its selection.
                onMouseDown={(event) => event.preventDefault()}
                onClick={() => insert(variable)}
              >
                {`{${variable}}`}
              </button>
            ))}
          </div>
        </div>
        <div className={css.example}>
          <span className={css.label}>{t('templates.example')}</span>
          <p dir="auto">{filled(text.value, values)}</p>
        </div>
      </div>
    </div>
  );
}

/** What stands for the variables: of the newest accepted clip where there is one. */
function useExample(): Record<Variable, string> {
  const { t, i18n } = useTranslation('publish');
  const { name: brand } = useProfile();
  const { data } = useCall('clip_page', {
    filter: { triage: 'accepted' },
    sort: 'newest',
    limit: 1,
    offset: 0,
  });
  const clip = data?.clips[0];
  const [now] = useState(Date.now);
  return {
    script: t('example.script'),
    hook: t('example.hook'),
    project: clip?.project_name ?? t('example.project'),
    name: clip?.name ?? t('example.name'),
    brand,
    tags: t('example.tags'),
    date: new Intl.DateTimeFormat(i18n.language, { dateStyle: 'long' }).format(now),
    number: '1',
  };
}
