import { CircleCheck, TriangleAlert, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type Toast, useToasts } from '../app/toasts';
import { useSaid } from '../lib/said';
import { Button, IconButton } from './Button';
import { CopyDetails, Progress } from './States';
import css from './Toaster.module.css';

/** The messages at the lower edge; those of the window itself (`children`) stay longest and come last. */
export function Toaster({ children }: { children?: ReactNode }) {
  const { t } = useTranslation();
  const { list, dismiss } = useToasts();
  return (
    <div role="region" aria-live="polite" aria-label={t('messages')} className={css.stack}>
      {list.map((toast) => (
        <ToastCard key={toast.id} toast={toast} onClose={() => dismiss(toast.id)} />
      ))}
      {children}
    </div>
  );
}

/** One message. Its action closes it. */
export function ToastCard({ toast, onClose }: { toast: Omit<Toast, 'id'>; onClose: () => void }) {
  const { t } = useTranslation();
  const said = useSaid();
  const { failure } = toast;
  const act = () => {
    toast.action?.run();
    onClose();
  };
  return (
    <div className={css.toast} data-tone={toast.tone}>
      {toast.tone === 'bad' && <TriangleAlert aria-hidden />}
      {toast.tone === 'good' && <CircleCheck aria-hidden />}
      <p data-selectable dir="auto">
        {failure && toast.text === failure.message ? said.lead(failure) : toast.text}
        {failure && <small className={css.detail}>{failure.message}</small>}
      </p>
      {toast.progress !== undefined && (
        <span className={css.progress}>
          <Progress value={toast.progress} label={toast.text} />
        </span>
      )}
      {toast.action && (
        <Button tone="plain" className={css.action} onClick={act}>
          {toast.action.label}
        </Button>
      )}
      {failure && <CopyDetails failure={failure} />}
      <IconButton label={t('close')} onClick={onClose}>
        <X />
      </IconButton>
    </div>
  );
}
