/** Why this profile is shown instead of the one that was asked for. */
import { X } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { damaged, useShowBackups } from '../../app/backups';
import { useProfiles } from '../../app/profiles';
import { useScope } from '../../app/scope';
import { Button, IconButton } from '../../components/Button';
import { FailureView } from '../../components/States';
import css from './Notice.module.css';

export function Notice() {
  const { t } = useTranslation(['common', 'shell']);
  const { session } = useScope();
  const [read, setRead] = useState(false);
  const profiles = useProfiles();
  const showBackups = useShowBackups();
  if (!session.notice || read) return null;
  const broken = damaged(session.notice, profiles);
  return (
    <div className={css.notice}>
      <FailureView compact failure={session.notice}>
        {broken && <Button onClick={() => showBackups(broken)}>{t('shell:backups')}</Button>}
      </FailureView>
      <IconButton label={t('close')} onClick={() => setRead(true)}>
        <X />
      </IconButton>
    </div>
  );
}
