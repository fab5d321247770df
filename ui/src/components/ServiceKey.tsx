/** The key of one service: set, tested, replaced, removed. */
import { Link } from '@tanstack/react-router';
import { CircleCheck, CircleX, KeyRound, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '../app/queries';
import type { CredentialInfo } from '../backend/bindings/calls';
import { Button } from './Button';
import { FailureView } from './States';
import { number } from '../lib/format';
import { downText } from '../lib/saidDowns';
import { providerTitle } from '../lib/voices';
import { Group, Setting } from './Setting';
import css from './ServiceKey.module.css';
import { SecretForm } from './SecretForm';
import { type Tested, useServiceKey } from '../app/serviceKey';

export function ServiceKey({ info }: { info: CredentialInfo }) {
  const { t } = useTranslation(['voices', 'common']);
  const name = providerTitle(info.provider);
  const service = useServiceKey(info.provider);
  const chain = useCall('voice_chain_show', {});
  const [asked, setAsked] = useState<'replace' | 'remove' | null>(null);
  const off = chain.data?.links.some((link) => link.provider === info.provider && !link.on) ?? false;
  const store = async (secret: string) => {
    setAsked(null);
    await service.set(secret);
  };

  return (
    <Group title={name}>
      <Setting
        label={info.set ? t('key.set') : t('key.label')}
        help={
          info.set ? (
            <>
              {info.ends_in ? t('key.endsIn', { end: info.ends_in }) : t('key.short')}{' '}
              {info.kept_in && t(`key.in.${info.kept_in}`)}
            </>
          ) : (
            t(info.provider === 'postiz' ? 'key.helpPublish' : 'key.help', { name })
          )
        }
      >
        {info.set && asked !== 'remove' && (
          <>
            <Button busy={service.busy === 'test'} onClick={() => void service.test()}>
              {t('key.test')}
            </Button>
            <Button
              onClick={() => setAsked(asked === 'replace' ? null : 'replace')}
              aria-expanded={asked === 'replace'}
            >
              {t('key.replace')}
            </Button>
            <Button tone="danger" icon={<Trash2 />} onClick={() => setAsked('remove')}>
              {t('key.remove')}
            </Button>
          </>
        )}
        {asked === 'remove' && (
          <div role="group" aria-label={t('key.remove')} className={css.sure}>
            <span>{t('key.removeText')}</span>
            <Button
              tone="danger"
              busy={service.busy === 'remove'}
              onClick={() => void service.remove().then(() => setAsked(null))}
            >
              {t('key.removeNow')}
            </Button>
            <Button autoFocus onClick={() => setAsked(null)}>
              {t('key.keep')}
            </Button>
          </div>
        )}
      </Setting>
      {(!info.set || asked === 'replace') && (
        <div className={css.form}>
          <SecretForm
            label={t('key.field', { name })}
            action={t('key.store')}
            icon={<KeyRound />}
            busy={service.busy === 'set'}
            onSubmit={store}
          />
          <p className={css.help}>{t('key.where', { name })}</p>
        </div>
      )}
      <div role="status" className={css.outcome}>
        {service.busy === 'test' && <p className={css.line}>{t('key.testing', { name })}</p>}
        {service.busy === null && service.tested && <Outcome tested={service.tested} />}
      </div>
      {service.failure && (
        <div className={css.failure}>
          <FailureView compact failure={service.failure} />
          {service.failure.code === 'keyring' && <p className={css.help}>{t('key.noKeyring')}</p>}
        </div>
      )}
      {info.set && off && (
        <p className={css.foot}>
          {t('key.off', { name })}{' '}
          <Link to="/settings" search={{ section: 'voices' }}>
            {t('key.toVoices')}
          </Link>
        </p>
      )}
    </Group>
  );
}

/** "Works: Creator plan, 83,120 characters left." */
function Outcome({ tested }: { tested: Tested }) {
  const { t, i18n } = useTranslation('voices');
  const { t: say } = useTranslation('said');
  if (!tested.works) {
    const why = /^The key was not seen to work: (?<why>.*?)\.?$/s.exec(tested.says)?.groups?.['why'];
    return (
      <p className={css.line} data-tone="bad" data-selectable>
        <CircleX aria-hidden />
        {why === undefined ? tested.says : t('key.notWorking', { why: downText(why, say) })}
      </p>
    );
  }
  const left = tested.characters_left;
  const shown = left === null ? null : number(left, i18n.language);
  return (
    <p className={css.line} data-tone="good">
      <CircleCheck aria-hidden />
      {shown === null
        ? t('key.works')
        : tested.plan
          ? t('key.worksPlan', { plan: tested.plan, shown, count: left ?? 0 })
          : t('key.worksLeft', { shown, count: left ?? 0 })}
    </p>
  );
}
