import { Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useDraft } from '../../app/draft';
import { useProfileActions } from '../../app/profileActions';
import { useProfile, useProfiles } from '../../app/profiles';
import { useChange } from '../../app/queries';
import { useSay } from '../../app/toasts';
import { Badge } from '../../components/States';
import { Button } from '../../components/Button';
import { ColourPicker } from '../../components/ColourPicker';
import { TextInput } from '../../components/Fields';
import { useSaid } from '../../lib/said';
import { Group, Section, Setting } from '../../components/Setting';
import css from './Settings.module.css';

/** What the profile is called, its colour, and whether it opens at start. */
export function ProfileSection() {
  const { t } = useTranslation('settings');
  const said = useSaid();
  const profile = useProfile();
  const profiles = useProfiles();
  const { change, remove } = useProfileActions();
  const use = useChange('profile_use');
  const say = useSay();
  const { name, colour } = profile;
  const draft = useDraft(name, (text) => change(profile, { name: text.trim(), colour }));

  return (
    <Section title={t('section.profile')} text={t('profileText')}>
      <Group>
        <Setting label={t('name')} htmlFor="profile-name" error={draft.failure && said.line(draft.failure)}>
          <TextInput id="profile-name" dir="auto" maxLength={300} className={css.input} {...draft.field} />
        </Setting>
        <Setting label={t('colour')} help={t('colourHelp')}>
          <ColourPicker
            label={t('colour')}
            value={colour}
            onChange={(next) => say.failing(change(profile, { name, colour: next }))}
          />
        </Setting>
        <Setting label={t('default')} help={t('defaultHelp')}>
          {profile.default ? (
            <Badge tone="good">{t('isDefault')}</Badge>
          ) : (
            <Button busy={use.isPending} onClick={() => say.failing(use.mutateAsync({ id: profile.id }))}>
              {t('makeDefault')}
            </Button>
          )}
        </Setting>
      </Group>
      <Group>
        <Setting
          label={t('deleteProfile')}
          help={profiles.length > 1 ? t('deleteHelp') : t('deleteOnlyHelp')}
        >
          <Button
            tone="danger"
            icon={<Trash2 />}
            disabled={profiles.length < 2}
            onClick={() => say.failing(remove(profile))}
          >
            {t('delete')}
          </Button>
        </Setting>
      </Group>
    </Section>
  );
}
