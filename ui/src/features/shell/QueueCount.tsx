import { useTranslation } from 'react-i18next';
import { useCall } from '../../app/queries';
import css from './TitleBar.module.css';

/** How many jobs are not done yet; red when some failed and wait for the person. */
export function QueueCount() {
  const { t } = useTranslation('shell');
  const { data } = useCall('job_counts', {});
  if (!data) return null;
  const open = data.queued + data.running + data.paused + data.interrupted;
  if (open + data.failed === 0) return null;
  const failed = data.failed > 0;
  return (
    <span
      className={css.count}
      data-tone={failed ? 'bad' : 'plain'}
      title={failed ? t('queueFailed', { count: data.failed }) : t('queueOpen', { count: open })}
    >
      {failed ? data.failed : open}
    </span>
  );
}
