import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Failure, type ProfileInfo, asFailure } from '../../backend/backend';
import { Avatar } from '../../components/Avatar';
import { Button } from '../../components/Button';
import { ColourPicker } from '../../components/ColourPicker';
import { Field, TextInput } from '../../components/Fields';
import { useSaid } from '../../lib/said';
import css from './ProfileList.module.css';

/** Name and colour of a profile, new or not. */
export function ProfileForm(props: {
  profile: ProfileInfo | null;
  /** `colour` is null when none was chosen: a new profile takes the one used least. */
  onStore: (name: string, colour: string | null) => Promise<void>;
  onCancel: () => void;
}) {
  const { t } = useTranslation(['shell', 'common']);
  const said = useSaid();
  const [name, setName] = useState(props.profile?.name ?? '');
  const [colour, setColour] = useState<string | null>(props.profile?.colour ?? null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [busy, setBusy] = useState(false);

  const store = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    try {
      await props.onStore(name.trim(), colour);
    } catch (thrown) {
      setFailure(asFailure(thrown));
    }
    setBusy(false);
  };

  return (
    <form className={css.form} onSubmit={(event) => void store(event)}>
      <h2 className={css.title}>
        <Avatar name={name || '?'} colour={colour ?? 'line-strong'} size={24} />
        {props.profile ? t('renameColour') : t('newProfile')}
      </h2>
      <Field label={t('name')} error={failure && said.line(failure)}>
        {(id) => (
          <TextInput
            id={id}
            autoFocus
            dir="auto"
            maxLength={300}
            placeholder={t('namePlaceholder')}
            value={name}
            onFocus={(event) => event.target.select()}
            onChange={(event) => {
              setName(event.target.value);
              setFailure(null);
            }}
          />
        )}
      </Field>
      <Field label={t('colour')}>
        {() => <ColourPicker label={t('colour')} value={colour} onChange={setColour} />}
      </Field>
      <div className={css.buttons}>
        <Button onClick={props.onCancel}>{t('common:cancel')}</Button>
        <Button tone="primary" type="submit" busy={busy} disabled={name.trim() === ''}>
          {props.profile ? t('save') : t('create')}
        </Button>
      </div>
    </form>
  );
}
