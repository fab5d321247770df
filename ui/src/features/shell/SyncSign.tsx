/** How the profile stands with its server. Nothing while it is kept on this machine only. */
import { Link } from '@tanstack/react-router';
import { CircleAlert, Cloud, CloudOff, CloudUpload, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useCall } from '../../app/queries';
import { Tooltip } from '../../components/Tooltip';
import { syncText } from '../../lib/saidSync';
import css from './TitleBar.module.css';

const PICTURES = {
  off: Cloud,
  in_sync: Cloud,
  waiting: CloudUpload,
  set_aside: CircleAlert,
  offline: CloudOff,
  sign_in: CircleAlert,
  other_version: TriangleAlert,
  failing: TriangleAlert,
};

export function SyncSign() {
  const { t } = useTranslation('sync');
  const { data } = useCall('sync_show', {});
  if (!data || data.status.remote === null) return null;
  const Picture = PICTURES[data.status.state];
  const text = syncText(data.status, t);
  return (
    <Tooltip text={t('openSync')}>
      <Link to="/settings" search={{ section: 'sync' }} className={css.sync}>
        <Picture aria-hidden />
        <span className={css.short}>{text}</span>
      </Link>
    </Tooltip>
  );
}
