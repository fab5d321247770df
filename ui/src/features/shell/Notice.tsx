/** Why this profile is shown instead of the one that was asked for. */
import { X } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useScope } from '../../app/scope';
import { IconButton } from '../../components/Button';
import { FailureView } from '../../components/States';
import css from './Notice.module.css';

export function Notice() {
  const { t } = useTranslation();
  const { session } = useScope();
  const [read, setRead] = useState(false);
  if (!session.notice || read) return null;
  return (
    <div className={css.notice}>
      <FailureView compact failure={session.notice} />
      <IconButton label={t('close')} onClick={() => setRead(true)}>
        <X />
      </IconButton>
    </div>
  );
}
