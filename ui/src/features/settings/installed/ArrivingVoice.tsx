/** What is being installed now, how far it is, and a way to stop it. */
import { X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useChange } from '../../../app/queries';
import { useSay } from '../../../app/toasts';
import type { Reply } from '../../../backend/backend';
import { Button } from '../../../components/Button';
import { size } from '../../../lib/format';
import { Setting } from '../../../components/Setting';
import css from './Installed.module.css';

type Arriving = NonNullable<Reply<'voice_catalog_show'>['arriving']>;

export function ArrivingVoice({ arriving }: { arriving: Arriving }) {
  const { t, i18n } = useTranslation('installed');
  const say = useSay();
  const stop = useChange('voice_install_stop');
  const { id, step, done, total } = arriving;
  const label = t(`step.${step}`, { name: id });
  const far =
    step !== 'download'
      ? null
      : total === null
        ? size(done, i18n.language)
        : t('far', { done: size(done, i18n.language), total: size(total, i18n.language) });

  return (
    <Setting
      label={label}
      help={
        <>
          {far && <span>{far}</span>}
          <progress
            className={css.progress}
            aria-label={label}
            max={total ?? undefined}
            value={step === 'download' && total !== null ? done : undefined}
          />
        </>
      }
    >
      <Button icon={<X />} busy={stop.isPending} onClick={() => say.failing(stop.mutateAsync({}))}>
        {t('stop')}
      </Button>
    </Setting>
  );
}
