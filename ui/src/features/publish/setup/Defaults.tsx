/** What posts are set to, platform by platform, when nothing else is said. */
import { SlidersHorizontal } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '../../../app/queries';
import { useSay } from '../../../app/toasts';
import type { PostSettings, PublishShown } from '../../../backend/bindings/calls';
import { Button } from '../../../components/Button';
import { Dialog } from '../../../components/Dialog';
import { Group, Setting } from '../../../components/Setting';
import { FailureView, Skeleton } from '../../../components/States';
import { platformTitle } from '../../../lib/platforms';
import css from '../Publish.module.css';
import { useSettingsText } from '../settingsText';
import { PostSettingsForm } from './PostSettingsForm';
import type { Change } from './useSettings';

/** Platforms that can be set here. */
const PLATFORMS = ['tiktok', 'youtube', 'instagram'] as const;

export function Defaults({ shown, change }: { shown: PublishShown; change: Change }) {
  const { t } = useTranslation('publish');
  return (
    <Group title={t('defaults.title')}>
      {PLATFORMS.map((platform) => (
        <PlatformRow key={platform} platform={platform} shown={shown} change={change} />
      ))}
    </Group>
  );
}

function PlatformRow(props: { platform: string; shown: PublishShown; change: Change }) {
  const { platform, shown } = props;
  const { t } = useTranslation(['publish', 'common']);
  const text = useSettingsText();
  const { data, error, refetch } = useCall('publish_defaults', { platform });
  const [edited, setEdited] = useState<PostSettings | null>(null);
  const say = useSay();
  const title = platformTitle(platform);
  const save = async (settings: PostSettings) => {
    const others = shown.settings.defaults.filter((one) => one.platform !== settings.platform);
    await props.change(t('defaults.changed', { platform: title }), {
      defaults: [...others, settings],
    });
    setEdited(null);
  };
  return (
    <Setting label={title} help={data ? text(data) : error ? null : <Skeleton width={240} />}>
      {error && <FailureView compact failure={error} onRetry={() => void refetch()} />}
      {data && (
        <Button
          tone="plain"
          icon={<SlidersHorizontal />}
          aria-label={t('defaults.of', { platform: title })}
          onClick={() => setEdited(data)}
        >
          {t('defaults.edit')}
        </Button>
      )}
      {edited && (
        <Dialog
          open
          width={560}
          onClose={() => setEdited(null)}
          title={t('defaults.of', { platform: title })}
          footer={
            <>
              <Button onClick={() => setEdited(null)}>{t('common:cancel')}</Button>
              <Button tone="primary" onClick={() => say.failing(save(edited))}>
                {t('save')}
              </Button>
            </>
          }
        >
          <div className={css.formColumn}>
            <PostSettingsForm value={edited} onChange={setEdited} />
          </div>
        </Dialog>
      )}
    </Setting>
  );
}
