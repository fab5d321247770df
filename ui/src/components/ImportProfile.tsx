/** Importing a profile: a file is chosen, what is in it is shown, and it becomes a profile of its own. */
import { type FormEvent, type ReactNode, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ImportContext } from '../app/imports';
import { useScope } from '../app/scope';
import { useSay } from '../app/toasts';
import { type Failure, type Reply, asFailure } from '../backend/backend';
import { exactly, size } from '../lib/format';
import { useSaid } from '../lib/said';
import { Button } from './Button';
import { Dialog } from './Dialog';
import { Field, TextInput } from './Fields';
import css from './Transfer.module.css';
import { TransferProgress } from './TransferProgress';

const ENDING = 'efprofile';

interface Chosen {
  path: string;
  says: Reply<'archive_look'>;
}

/** Lets what is in it begin an import over the window. */
export function ImportProvider({ children }: { children: ReactNode }) {
  const { t } = useTranslation('keep');
  const scope = useScope();
  const say = useSay();
  const [chosen, setChosen] = useState<Chosen | null>(null);

  const begin = async () => {
    const kinds = [{ name: t('importKind'), extensions: [ENDING] }];
    const [path] = await scope.backend.chooseFiles(t('importTitle'), kinds);
    if (path === undefined) return;
    setChosen({ path, says: await scope.call('archive_look', { path, passphrase: null }) });
  };

  return (
    <ImportContext.Provider value={() => say.failing(begin())}>
      {children}
      {chosen && <ImportDialog chosen={chosen} onClose={() => setChosen(null)} />}
    </ImportContext.Provider>
  );
}

function ImportDialog({ chosen, onClose }: { chosen: Chosen; onClose: () => void }) {
  const { t, i18n } = useTranslation('keep');
  const said = useSaid();
  const scope = useScope();
  const field = useRef<HTMLInputElement>(null);
  // What was typed is kept only while the panel is open: the file is opened with it twice.
  const passphrase = useRef<string | null>(null);
  const [holds, setHolds] = useState(chosen.says.holds);
  const [doing, setDoing] = useState<'looking' | 'importing' | null>(null);
  const [failed, setFailed] = useState<Failure | null>(null);

  const work = async (what: 'looking' | 'importing', run: () => Promise<void>) => {
    setDoing(what);
    setFailed(null);
    try {
      await run();
    } catch (thrown) {
      setFailed(asFailure(thrown));
    }
    setDoing(null);
  };
  const look = () =>
    work('looking', async () => {
      const typed = field.current?.value ?? '';
      if (field.current) field.current.value = '';
      const says = await scope.call('archive_look', { path: chosen.path, passphrase: typed });
      passphrase.current = typed;
      setHolds(says.holds);
    });
  const take = () =>
    work('importing', async () => {
      await scope.settle();
      const made = await scope.call('profile_import', { path: chosen.path, passphrase: passphrase.current });
      await scope.switchTo(made.id);
    });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void (holds ? take() : look());
  };
  const importing = doing === 'importing';

  return (
    // While it is being imported the panel stays: closing it would hide that it goes on.
    <Dialog open onClose={() => !importing && onClose()} title={t('importTitle')}>
      {importing ? (
        <TransferProgress kind="import" name={holds?.name ?? ''} />
      ) : (
        <form className={css.form} onSubmit={submit}>
          {holds ? (
            <div>
              <p className={css.name} dir="auto">
                {holds.name}
              </p>
              <p className={css.note}>{t('madeAt', { when: exactly(holds.made_at, i18n.language) })}</p>
              <p className={css.note}>
                {t('holds', { files: holds.files, size: size(holds.bytes, i18n.language) })}
              </p>
            </div>
          ) : (
            <Field label={t('passphrase')} help={t('sealed')} error={failed && said.line(failed)}>
              {(id) => <TextInput ref={field} id={id} type="password" autoComplete="off" />}
            </Field>
          )}
          {holds && failed && (
            <p role="alert" className={css.bad}>
              {said.line(failed)}
            </p>
          )}
          {holds && <p className={css.note}>{t('importHelp')}</p>}
          <div className={css.buttons}>
            <Button onClick={onClose}>{t('cancel')}</Button>
            <Button type="submit" tone="primary" busy={doing === 'looking'}>
              {holds ? t('importButton') : t('open')}
            </Button>
          </div>
        </form>
      )}
    </Dialog>
  );
}
