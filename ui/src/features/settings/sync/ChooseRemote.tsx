/** Where the profile is to be kept: as one that is there, or as a new one. What will happen is said before. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useProfile } from '../../../app/profiles';
import { useCall, useChange } from '../../../app/queries';
import { useSay } from '../../../app/toasts';
import { Button } from '../../../components/Button';
import { FailureView, Loading, Skeleton } from '../../../components/States';
import { Group } from '../../../components/Setting';
import css from './Sync.module.css';
import { useShown } from './useShown';

/** Stands for a profile that is not there yet. */
const NEW = 'new';

export function ChooseRemote() {
  const { t, i18n } = useTranslation('sync');
  const say = useSay();
  const shown = useShown();
  const { name } = useProfile();
  const there = useCall('sync_profiles', {});
  const holds = useCall('sync_holds', {});
  const link = useChange('sync_link');
  const madeOn = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'long' });
  const [picked, setPicked] = useState<string | null>(null);

  if (there.error) return <FailureView failure={there.error} onRetry={() => void there.refetch()} />;
  if (!there.data || !holds.data) {
    return (
      <Loading>
        <Skeleton height={120} radius={10} />
      </Loading>
    );
  }
  // One that is called as this profile is most likely meant; else a new one.
  const likely = there.data.find((one) => one.name.toLowerCase() === name.toLowerCase());
  const chosen = picked ?? likely?.id ?? NEW;
  const goal = there.data.find((one) => one.id === chosen)?.name ?? name;
  const what = [
    t('clips', { count: holds.data.clips }),
    t('projects', { count: holds.data.projects }),
    t('sources', { count: holds.data.sources }),
  ].join(', ');
  const begin = async () => {
    shown(await link.mutateAsync({ remote: chosen === NEW ? null : chosen }));
  };
  const choice = (value: string, label: string, note: string) => (
    <label key={value} className={css.choice}>
      <input
        type="radio"
        name="remote"
        value={value}
        checked={chosen === value}
        onChange={() => setPicked(value)}
      />
      <span dir="auto">{label}</span>
      <span className={css.note}>{note}</span>
    </label>
  );

  return (
    <Group title={t('where')}>
      <div className={css.form}>
        <fieldset className={css.choices}>
          <legend className="visually-hidden">{t('where')}</legend>
          {there.data.map((one) =>
            choice(
              one.id,
              one.name,
              one.created_at === null ? '' : t('madeOn', { when: madeOn.format(one.created_at) }),
            ),
          )}
          {choice(NEW, name, t('newThere'))}
        </fieldset>
        <p role="status">
          {chosen === NEW ? t('willCopyNew', { what, goal }) : t('willCopy', { what, goal })}
        </p>
        <div>
          <Button tone="primary" busy={link.isPending} onClick={() => say.failing(begin())}>
            {t('linkButton')}
          </Button>
        </div>
      </div>
    </Group>
  );
}
