/** How the profile publishes: the workspace, its accounts, what posts are set to, what is written with them, when. */
import { useTranslation } from 'react-i18next';
import type { PublishShown } from '../../../backend/bindings/calls';
import { Section } from '../../../components/Setting';
import css from '../Publish.module.css';
import { Accounts } from './Accounts';
import { Defaults } from './Defaults';
import { Templates } from './Templates';
import { Times } from './Times';
import { Workspace } from './Workspace';
import { useSettings } from './useSettings';

export function Setup({ shown }: { shown: PublishShown }) {
  const { t } = useTranslation('publish');
  const change = useSettings(shown.settings);
  return (
    <div className={css.setup}>
      <Section title={t('setup.workspace')} text={t('setup.workspaceText')}>
        <Workspace shown={shown} change={change} />
      </Section>
      {shown.key && (
        <Section title={t('setup.accounts')} text={t('setup.accountsText')}>
          <Accounts shown={shown} />
          <Defaults shown={shown} change={change} />
        </Section>
      )}
      <Section title={t('setup.captions')} text={t('setup.captionsText')}>
        <Templates templates={shown.settings.templates} change={change} />
      </Section>
      <Section title={t('setup.times')} text={t('setup.timesText')}>
        <Times shown={shown} change={change} />
      </Section>
    </div>
  );
}
