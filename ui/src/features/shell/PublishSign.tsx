import { useTranslation } from 'react-i18next';
import { useCall } from '../../app/queries';
import css from './TitleBar.module.css';

/** How many posts wait for the person: failed, or nobody knows whether they are out. */
export function PublishSign() {
  const { t } = useTranslation('shell');
  const { data } = useCall('publish_show', {});
  const failed = data?.failed ?? 0;
  const unknown = data?.unknown ?? 0;
  if (failed + unknown === 0) return null;
  const says = [
    failed > 0 ? t('postsFailed', { count: failed }) : null,
    unknown > 0 ? t('postsUnknown', { count: unknown }) : null,
  ].filter((part) => part !== null);
  return (
    <span className={css.count} data-tone={failed > 0 ? 'bad' : 'warn'} title={says.join(', ')}>
      {failed + unknown}
    </span>
  );
}
