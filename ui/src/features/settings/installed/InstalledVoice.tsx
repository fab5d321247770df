/** One voice of Piper: installed, or to be had. */
import { Download, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChange } from '../../../app/queries';
import { useSay, useToasts } from '../../../app/toasts';
import type { Reply } from '../../../backend/backend';
import { Button } from '../../../components/Button';
import { Field, TextInput } from '../../../components/Fields';
import { size } from '../../../lib/format';
import { Setting } from '../../../components/Setting';
import css from './Installed.module.css';

type Catalog = Reply<'voice_catalog_show'>;
export type VoiceOffer = Catalog['voices'][number];

const HASH = /^[0-9a-f]{64}$/i;

export function InstalledVoice({
  voice,
  catalog,
  busy,
}: {
  voice: VoiceOffer;
  catalog: Catalog;
  busy: boolean;
}) {
  const { t, i18n } = useTranslation(['installed', 'common']);
  const say = useSay();
  const toasts = useToasts();
  const install = useChange('voice_install');
  const remove = useChange('voice_remove');
  const [leaving, setLeaving] = useState(false);
  const [hash, setHash] = useState('');
  const here = voice.state !== 'absent';

  const get = async () => {
    await install.mutateAsync({ id: voice.id, sha256: voice.hash_known ? null : hash.trim() });
    toasts.show({ tone: 'good', text: t('ready', { name: voice.name }) });
  };
  const leave = () => {
    let back = false;
    setLeaving(true);
    toasts.show(
      {
        tone: 'plain',
        text: t('removed', { name: voice.name }),
        action: { label: t('common:undo'), run: () => (back = true) },
      },
      {
        onGone: () => {
          setLeaving(false);
          if (!back) say.failing(remove.mutateAsync({ id: voice.id }));
        },
      },
    );
  };

  const facts = [
    voice.id,
    voice.bytes === null ? t('sizeUnknown') : size(voice.bytes, i18n.language),
    voice.licence ?? t('licenceUnknown'),
  ].join(' · ');
  const state = here ? (voice.lacks ? t('waits', { why: lackText(voice.lacks, t) }) : t('isReady')) : null;
  const alone = catalog.runtime.installed === null && catalog.runtime.offered === null;

  return (
    <Setting
      label={voice.name}
      help={
        <>
          <span>{facts}</span>
          {state && (
            <span className={css.state} data-ready={voice.state === 'ready' || undefined}>
              {state}
            </span>
          )}
          {!here && !voice.hash_known && (
            <div className={css.hash}>
              <Field
                label={t('hash')}
                help={t('hashHelp', { page: voice.page ?? '' })}
                error={hash && !HASH.test(hash.trim()) ? t('hashWrong') : null}
              >
                {(id) => <TextInput id={id} value={hash} onChange={(event) => setHash(event.target.value)} />}
              </Field>
            </div>
          )}
        </>
      }
    >
      {here ? (
        <Button
          tone="danger"
          icon={<Trash2 />}
          aria-label={t('removeOf', { name: voice.name })}
          disabled={busy || leaving}
          onClick={leave}
        >
          {t('remove')}
        </Button>
      ) : (
        <Button
          icon={<Download />}
          aria-label={t('installOf', { name: voice.name })}
          busy={install.isPending}
          disabled={busy || alone || (!voice.hash_known && !HASH.test(hash.trim()))}
          onClick={() => say.failing(get())}
        >
          {t('install')}
        </Button>
      )}
    </Setting>
  );
}

type Words = ReturnType<typeof useTranslation<['installed', 'common']>>['t'];

/** Why a voice that is here does not speak, as core says it, in the window's language. */
export function lackText(lacks: string, t: Words): string {
  const known = {
    'ONNX Runtime is not installed': t('lack.runtime'),
    'espeak-ng is not installed': t('lack.espeak'),
    'its test sentence was not heard yet': t('lack.heard'),
  };
  return known[lacks as keyof typeof known] ?? lacks;
}
