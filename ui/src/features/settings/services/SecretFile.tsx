/** Where there is no keyring: a file that only a passphrase opens, for all profiles of this computer. */
import { useQueryClient } from '@tanstack/react-query';
import { LockKeyhole, LockKeyholeOpen } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { keyOf, useCall } from '../../../app/queries';
import { useScope } from '../../../app/scope';
import { asFailure } from '../../../backend/backend';
import { Button } from '../../../components/Button';
import { Badge, FailureView } from '../../../components/States';
import { useSaid } from '../../../lib/said';
import { Setting } from '../../../components/Setting';
import { SecretForm } from '../../../components/SecretForm';
import css from '../../../components/ServiceKey.module.css';

const KEY = keyOf('secret_file_show', {});

export function SecretFile() {
  const { t } = useTranslation('voices');
  const scope = useScope();
  const client = useQueryClient();
  const said = useSaid();
  const shown = useCall('secret_file_show', {});
  const [wanted, setWanted] = useState(false);
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<string | null>(null);

  if (shown.error) return <FailureView compact failure={shown.error} onRetry={() => void shown.refetch()} />;
  const there = shown.data?.there ?? false;
  const unlocked = shown.data?.unlocked ?? false;
  const open = !unlocked && (there || wanted);

  const unlock = async (passphrase: string) => {
    setBusy(true);
    setWrong(null);
    try {
      client.setQueryData(KEY, await scope.call('secret_file_unlock', { passphrase }));
      // What could not be asked without the key can be asked again.
      await client.invalidateQueries({ queryKey: keyOf('voice_list', {}) });
    } catch (thrown) {
      setWrong(said.line(asFailure(thrown)));
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <Setting
        label={t(unlocked ? 'file.unlocked' : there ? 'file.locked' : 'file.offer')}
        help={t(unlocked ? 'file.unlockedHelp' : there ? 'file.lockedHelp' : 'file.offerHelp')}
      >
        {unlocked && (
          <Badge tone="good">
            <LockKeyholeOpen size={12} aria-hidden /> {t('file.open')}
          </Badge>
        )}
        {!unlocked && !there && shown.data && (
          <Button aria-expanded={open} onClick={() => setWanted(!wanted)}>
            {t('file.use')}
          </Button>
        )}
      </Setting>
      {open && (
        <div className={css.form}>
          <SecretForm
            label={t('file.passphrase')}
            help={t(there ? 'file.passphraseHelp' : 'file.newHelp')}
            action={t(there ? 'file.unlock' : 'file.make')}
            icon={<LockKeyhole />}
            busy={busy}
            error={wrong}
            onSubmit={unlock}
          />
        </div>
      )}
    </>
  );
}
