/** Writing the profile into one file, and taking another out of one. */
import { FileDown, Import } from 'lucide-react';
import { type FormEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useImportProfile } from '../../app/imports';
import { useProfile } from '../../app/profiles';
import { useScope } from '../../app/scope';
import { useSay, useToasts } from '../../app/toasts';
import { type Failure, asFailure } from '../../backend/backend';
import { Button } from '../../components/Button';
import { Dialog } from '../../components/Dialog';
import { Field, TextInput } from '../../components/Fields';
import css from '../../components/Transfer.module.css';
import { TransferProgress } from '../../components/TransferProgress';
import { size } from '../../lib/format';
import { useSaid } from '../../lib/said';
import { Group, Setting } from '../../components/Setting';

/** A shorter passphrase is guessed; core refuses it, too. */
const SHORTEST = 8;

export function ExportProfile() {
  const { t } = useTranslation('keep');
  const begin = useImportProfile();
  const [open, setOpen] = useState(false);
  return (
    <Group>
      <Setting label={t('export')} help={t('exportHelp')}>
        <Button icon={<FileDown />} onClick={() => setOpen(true)}>
          {t('exportButton')}
        </Button>
      </Setting>
      <Setting label={t('import')} help={t('importHelp')}>
        <Button icon={<Import />} onClick={begin}>
          {t('importButton')}
        </Button>
      </Setting>
      {open && <ExportDialog onClose={() => setOpen(false)} />}
    </Group>
  );
}

function ExportDialog({ onClose }: { onClose: () => void }) {
  const { t, i18n } = useTranslation('keep');
  const said = useSaid();
  const scope = useScope();
  const toasts = useToasts();
  const say = useSay();
  const { id, name } = useProfile();
  const field = useRef<HTMLInputElement>(null);
  const [short, setShort] = useState(false);
  const [going, setGoing] = useState(false);
  const [failed, setFailed] = useState<Failure | null>(null);

  const write = async () => {
    const typed = field.current?.value ?? '';
    const tooShort = typed !== '' && [...typed].length < SHORTEST;
    setShort(tooShort);
    if (tooShort) return;
    const to = await scope.backend.chooseGoal(t('saveTitle'), `${name.replace(/[/\\:]/g, ' ')}.efprofile`);
    if (to === null) return;
    setFailed(null);
    setGoing(true);
    try {
      await scope.settle();
      const done = await scope.call('profile_export', { id, to, passphrase: typed === '' ? null : typed });
      const what = { name, size: size(done.bytes, i18n.language), names: done.missing.join(', ') };
      toasts.show({
        tone: 'good',
        text: done.missing.length > 0 ? t('exportedWithout', what) : t('exported', what),
        action: { label: t('show'), run: () => say.failing(scope.backend.reveal(done.path)) },
      });
      onClose();
    } catch (thrown) {
      setFailed(asFailure(thrown));
    }
    setGoing(false);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void write();
  };

  return (
    <Dialog open onClose={() => !going && onClose()} title={t('exportTitle', { name })}>
      {going ? (
        <TransferProgress kind="export" name={name} />
      ) : (
        <form className={css.form} onSubmit={submit}>
          <p className={css.note}>{t('exportHelp')}</p>
          <Field
            label={t('passphraseOptional')}
            help={t('passphraseHelp')}
            error={short ? t('passphraseShort') : null}
          >
            {(id) => <TextInput ref={field} id={id} type="password" autoComplete="new-password" />}
          </Field>
          {failed && (
            <p role="alert" className={css.bad}>
              {said.line(failed)}
            </p>
          )}
          <div className={css.buttons}>
            <Button onClick={onClose}>{t('cancel')}</Button>
            <Button type="submit" tone="primary">
              {t('chooseGoal')}
            </Button>
          </div>
        </form>
      )}
    </Dialog>
  );
}
