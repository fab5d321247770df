/** Signing in to a project. The password stays in its field alone and is emptied as soon as it is sent. */
import { type FormEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useScope } from '../../../app/scope';
import { type Failure, type Reply, asFailure } from '../../../backend/backend';
import { Button } from '../../../components/Button';
import { Field, TextInput } from '../../../components/Fields';
import { useSaid } from '../../../lib/said';
import { Group } from '../../../components/Setting';
import css from './Sync.module.css';
import { useShown } from './useShown';

export function SignIn({ account }: { account: Reply<'sync_show'>['account'] }) {
  const { t } = useTranslation('sync');
  const said = useSaid();
  const scope = useScope();
  const shown = useShown();
  const password = useRef<HTMLInputElement>(null);
  const [url, setUrl] = useState(account?.url ?? '');
  const [key, setKey] = useState('');
  const [email, setEmail] = useState(account?.email ?? '');
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState<Failure | null>(null);

  const send = async () => {
    const typed = password.current?.value ?? '';
    if (password.current) password.current.value = '';
    setBusy(true);
    setFailed(null);
    try {
      shown(await scope.call('sync_sign_in', { url, key, email, password: typed }));
    } catch (thrown) {
      setFailed(asFailure(thrown));
      password.current?.focus();
    }
    setBusy(false);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void send();
  };

  return (
    <Group title={t('signIn')}>
      <form className={css.form} onSubmit={submit}>
        <p className={css.note}>{t('signInText')}</p>
        <Field label={t('url')} help={t('urlHelp')}>
          {(id) => (
            <TextInput
              id={id}
              type="url"
              required
              placeholder="https://abcdefgh.supabase.co"
              value={url}
              onChange={(event) => setUrl(event.target.value)}
            />
          )}
        </Field>
        <Field label={t('key')} help={t('keyHelp')}>
          {(id) => (
            <TextInput id={id} required value={key} onChange={(event) => setKey(event.target.value)} />
          )}
        </Field>
        <Field label={t('email')}>
          {(id) => (
            <TextInput
              id={id}
              type="email"
              required
              value={email}
              onChange={(event) => setEmail(event.target.value)}
            />
          )}
        </Field>
        <Field label={t('password')} help={t('passwordHelp')} error={failed && said.line(failed)}>
          {(id) => <TextInput ref={password} id={id} type="password" required autoComplete="off" />}
        </Field>
        <div>
          <Button type="submit" tone="primary" busy={busy}>
            {t('signInButton')}
          </Button>
        </div>
      </form>
    </Group>
  );
}
