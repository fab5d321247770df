/** The very first time: one page, nothing to fill in. The profile is there already and its name waits to be changed. */
import { useNavigate } from '@tanstack/react-router';
import { Captions, Clapperboard, CloudOff, FolderInput, Mic } from 'lucide-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDraft } from '../app/draft';
import { useImportProfile } from '../app/imports';
import { useProfile } from '../app/profiles';
import { useCall, useChange } from '../app/queries';
import { useScope } from '../app/scope';
import { useToasts } from '../app/toasts';
import { useSaid } from '../lib/said';
import { asFailure } from '../backend/backend';
import { Avatar } from './Avatar';
import { Button } from './Button';
import { TextInput } from './Fields';
import css from './FirstRun.module.css';

/** True when this is the only profile and nothing was ever put into it. Undefined until that is known. */
export function useFirstRun(): boolean | undefined {
  const profiles = useCall('profile_list', {});
  const projects = useCall('project_list', {});
  const sources = useCall('source_page', { filter: {}, sort: 'newest', limit: 1, offset: 0 });
  const clips = useCall('clip_counts', {});
  if (!profiles.data || !projects.data || !sources.data || !clips.data) return undefined;
  const { new: fresh, accepted, rejected, trashed } = clips.data;
  return (
    profiles.data.length === 1 &&
    projects.data.length === 0 &&
    sources.data.total === 0 &&
    fresh + accepted + rejected + trashed === 0
  );
}

/**
 * @param onChoose the person wants to choose footage: what the page's own button does
 */
export function FirstRun({ onChoose }: { onChoose: () => void }) {
  const { t } = useTranslation(['shell', 'keep']);
  const importProfile = useImportProfile();
  const said = useSaid();
  const scope = useScope();
  const toasts = useToasts();
  const navigate = useNavigate();
  const profile = useProfile();
  const demo = useChange('demo_project');
  const [opening, setOpening] = useState(false);
  const name = useRef<HTMLInputElement>(null);
  const draft = useDraft(profile.name, (text) =>
    scope.call('profile_rename', { id: profile.id, name: text.trim() }),
  );

  useEffect(() => {
    name.current?.focus();
    name.current?.select();
  }, []);

  const tryOurs = async () => {
    setOpening(true);
    try {
      const project = await demo.mutateAsync({});
      await navigate({ to: '/projects/$id', params: { id: project.id } });
    } catch (thrown) {
      const failure = asFailure(thrown);
      toasts.show({ tone: 'bad', text: failure.message, failure });
    }
    setOpening(false);
  };

  return (
    <div className={css.page}>
      <div className={css.inner}>
        <h1 className="visually-hidden">{t('firstRun')}</h1>
        <div className={css.brand}>
          <Avatar name={draft.value || '?'} colour={profile.colour} size={48} />
          <div className={css.who}>
            <label htmlFor="first-name" className={css.label}>
              {t('yourBrand')}
            </label>
            <TextInput
              ref={name}
              id="first-name"
              dir="auto"
              maxLength={300}
              className={css.name}
              {...draft.field}
            />
            {draft.failure && (
              <p role="alert" className={css.error}>
                {said.line(draft.failure)}
              </p>
            )}
          </div>
        </div>
        <section className={css.drop}>
          <FolderInput aria-hidden />
          <h2>{t('dropHere')}</h2>
          <p>{t('dropHelp')}</p>
          <div className={css.buttons}>
            <Button tone="primary" onClick={onChoose}>
              {t('chooseFootage')}
            </Button>
            <Button busy={opening} onClick={() => void tryOurs()}>
              {t('tryOurs')}
            </Button>
            <Button onClick={importProfile}>{t('keep:import')}</Button>
          </div>
        </section>
        <ul className={css.facts}>
          <Fact icon={<CloudOff />} title={t('offline')} text={t('offlineText')} />
          <Fact icon={<Mic />} title={t('voices')} text={t('voicesText')} />
          <Fact icon={<Captions />} title={t('captions')} text={t('captionsText')} />
          <Fact icon={<Clapperboard />} title={t('variants')} text={t('variantsText')} />
        </ul>
      </div>
    </div>
  );
}

function Fact(props: { icon: ReactNode; title: string; text: string }) {
  return (
    <li className={css.fact}>
      <span aria-hidden className={css.icon}>
        {props.icon}
      </span>
      <div>
        <h3>{props.title}</h3>
        <p>{props.text}</p>
      </div>
    </li>
  );
}
