/** How far an export or import is, and the way to stop it. */
import { useTranslation } from 'react-i18next';
import { useCall, useChange } from '../app/queries';
import { useSay } from '../app/toasts';
import { size } from '../lib/format';
import { Button } from './Button';
import css from './Transfer.module.css';

/** How often it is looked, ms. */
const EVERY = 300;

export function TransferProgress({ kind, name }: { kind: 'export' | 'import'; name: string }) {
  const { t, i18n } = useTranslation('keep');
  const say = useSay();
  const { data } = useCall('transfer_show', {}, { every: EVERY });
  const stop = useChange('transfer_stop');
  const label = t(`transfer.${kind}`, { name });
  const known = data && data.total > 0;
  const bytes = (n: number) => size(n, i18n.language);

  return (
    <div className={css.transfer}>
      <p role="status">{label}</p>
      <progress
        aria-label={label}
        className={css.progress}
        max={known ? data.total : undefined}
        value={known ? data.done : undefined}
      />
      <div className={css.line}>
        <span className={css.far}>
          {known ? t('far', { done: bytes(data.done), total: bytes(data.total) }) : ' '}
        </span>
        <Button busy={stop.isPending} onClick={() => say.failing(stop.mutateAsync({}))}>
          {t('stop')}
        </Button>
      </div>
    </div>
  );
}
