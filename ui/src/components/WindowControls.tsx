import { Minus, Square, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Backend } from '../backend/backend';
import css from './WindowControls.module.css';

/** Minimise, maximise, close: the window has no frame of the system. */
export function WindowControls({ backend }: { backend: Backend }) {
  const { t } = useTranslation('shell');
  return (
    <div className={css.controls} role="group" aria-label={t('window')}>
      <button type="button" aria-label={t('minimise')} onClick={() => void backend.minimise()}>
        <Minus aria-hidden />
      </button>
      <button type="button" aria-label={t('maximise')} onClick={() => void backend.toggleMaximise()}>
        <Square aria-hidden className={css.square} />
      </button>
      <button
        type="button"
        aria-label={t('closeWindow')}
        className={css.close}
        onClick={() => void backend.close()}
      >
        <X aria-hidden />
      </button>
    </div>
  );
}
