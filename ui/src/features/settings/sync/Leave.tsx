/** Ways to leave: signing out, keeping the profile here alone, erasing what is there. */
import { CloudOff, LogOut, Trash2 } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useProfile } from '../../../app/profiles';
import { useChange } from '../../../app/queries';
import { useScope } from '../../../app/scope';
import { useSay, useToasts } from '../../../app/toasts';
import { type Failure, type Reply, asFailure } from '../../../backend/backend';
import { Avatar } from '../../../components/Avatar';
import { Button } from '../../../components/Button';
import { Dialog } from '../../../components/Dialog';
import { Field, TextInput } from '../../../components/Fields';
import { useSaid } from '../../../lib/said';
import { Setting } from '../../../components/Setting';
import css from './Sync.module.css';
import { useShown } from './useShown';

type Account = NonNullable<Reply<'sync_show'>['account']>;

export function Leave(props: { account: Account; linked: boolean; signedOut: boolean }) {
  const { t } = useTranslation('sync');
  const say = useSay();
  const shown = useShown();
  const out = useChange('sync_sign_out');
  const unlink = useChange('sync_unlink');
  const [erasing, setErasing] = useState(false);
  const { account, linked, signedOut } = props;

  return (
    <>
      {!signedOut && (
        <Setting label={t('signedIn', { email: account.email })} help={account.url}>
          <Button
            icon={<LogOut />}
            busy={out.isPending}
            onClick={() => say.failing(out.mutateAsync({}).then(shown))}
          >
            {t('signOut')}
          </Button>
        </Setting>
      )}
      {linked && (
        <>
          <Setting label={t('unlink')} help={t('unlinkHelp')}>
            <Button
              icon={<CloudOff />}
              busy={unlink.isPending}
              onClick={() => say.failing(unlink.mutateAsync({}).then(shown))}
            >
              {t('unlinkButton')}
            </Button>
          </Setting>
          <Setting label={t('erase')} help={t('eraseHelp')}>
            <Button tone="danger" icon={<Trash2 />} onClick={() => setErasing(true)}>
              {t('eraseButton')}
            </Button>
          </Setting>
        </>
      )}
      {erasing && <EraseDialog onClose={() => setErasing(false)} />}
    </>
  );
}

/** It cannot be undone, so the name is typed; the profile is shown so that nobody erases another one's. */
function EraseDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('sync');
  const said = useSaid();
  const scope = useScope();
  const toasts = useToasts();
  const { name, colour } = useProfile();
  const [typed, setTyped] = useState('');
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState<Failure | null>(null);

  const erase = async () => {
    setBusy(true);
    setFailed(null);
    try {
      const { rows, files } = await scope.call('sync_erase', { name: typed });
      toasts.show({ tone: 'good', text: t('erased', { rows, files }) });
      onClose();
    } catch (thrown) {
      setFailed(asFailure(thrown));
    }
    setBusy(false);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void erase();
  };

  return (
    <Dialog open onClose={onClose} title={t('eraseTitle')}>
      <form className={css.plain} onSubmit={submit}>
        <p className={css.who}>
          <Avatar name={name} colour={colour} />
          <strong dir="auto">{name}</strong>
        </p>
        <p>{t('eraseSure')}</p>
        <Field label={t('eraseName')} error={failed && said.line(failed)}>
          {(id) => (
            <TextInput id={id} dir="auto" value={typed} onChange={(event) => setTyped(event.target.value)} />
          )}
        </Field>
        <div className={css.buttons}>
          <Button onClick={onClose}>{t('keepIt')}</Button>
          <Button type="submit" tone="danger" busy={busy} disabled={typed.trim() === ''}>
            {t('eraseButton')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
