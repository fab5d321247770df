/** What goes out, when and to which accounts: the calendar of the profile, and how it publishes. */
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../app/commands/commands';
import { useCall } from '../../app/queries';
import type { PublishTab } from '../../app/router';
import { usePageTitle } from '../../app/titles';
import type { PublishShown } from '../../backend/bindings/calls';
import { FailureView, Loading, Skeleton } from '../../components/States';
import { TabPanel, Tabs } from '../../components/Tabs';
import { CalendarTab } from './calendar/CalendarTab';
import css from './Publish.module.css';
import { Sheet } from './sheet/Sheet';
import type { Asked } from './sheet/asked';
import { Setup } from './setup/Setup';

export function PublishPage() {
  const { t } = useTranslation('publish');
  const shown = useCall('publish_show', {});
  usePageTitle(t('title'));
  if (shown.error) return <FailureView failure={shown.error} onRetry={() => void shown.refetch()} />;
  if (!shown.data) {
    return (
      <div className={css.reading}>
        <h1 className="visually-hidden">{t('title')}</h1>
        <Loading>
          <Skeleton height={32} width={320} />
          <Skeleton height={420} radius={10} />
        </Loading>
      </div>
    );
  }
  return <Publish shown={shown.data} />;
}

function Publish({ shown }: { shown: PublishShown }) {
  const { t } = useTranslation('publish');
  const navigate = useNavigate();
  const search = useSearch({ from: '/publish' });
  const { tab = 'calendar' } = search;
  const [asked, setAsked] = useState<Asked | null>(null);
  const go = (to: PublishTab) => void navigate({ to: '/publish', search: { tab: to } });
  // What the library asks for comes with the address.
  const sheet = search.clips ? { clips: search.clips } : asked;
  const close = () => {
    setAsked(null);
    if (search.clips) go('calendar');
  };

  const group = t('title');
  useCommand({ id: 'publish.calendar', group, title: t('commands.calendar'), run: () => go('calendar') });
  useCommand({ id: 'publish.setup', group, title: t('commands.setup'), run: () => go('setup') });
  useCommand({
    id: 'publish.new',
    group,
    title: t('commands.new'),
    key: 'N',
    run: () => setAsked({ clips: [] }),
  });

  return (
    <>
      <h1 className="visually-hidden">{t('title')}</h1>
      <Tabs
        label={t('title')}
        value={tab}
        tabs={[
          { value: 'calendar', label: t('tabs.calendar') },
          { value: 'setup', label: t('tabs.setup') },
        ]}
        onChange={go}
        className={css.page}
      >
        <TabPanel value="calendar" className={css.panel}>
          <CalendarTab shown={shown} onPublish={setAsked} onSetup={() => go('setup')} />
        </TabPanel>
        <TabPanel value="setup" className={css.panel}>
          <Setup shown={shown} />
        </TabPanel>
      </Tabs>
      {sheet && <Sheet asked={sheet} shown={shown} onClose={close} onSetup={() => go('setup')} />}
    </>
  );
}
