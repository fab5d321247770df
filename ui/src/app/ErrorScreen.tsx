import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type Backend, type Failure, asFailure } from '../backend/backend';
import { FailureView } from '../components/States';
import { WindowControls } from '../components/WindowControls';
import css from './Frame.module.css';

/** A window without a session: it can be moved and closed all the same. */
function Bare({ backend, ready, children }: { backend: Backend; ready: boolean; children: ReactNode }) {
  return (
    <div className={css.bare}>
      <header className={css.bareBar} data-tauri-drag-region>
        <WindowControls backend={backend} />
      </header>
      <main className={css.alone} data-ready={ready || undefined}>
        {children}
      </main>
    </div>
  );
}

/** The whole window says what is wrong: nothing of a profile could be opened, or the frame itself broke. */
export function ErrorScreen(props: { backend: Backend; failure: Failure; onRetry: () => void }) {
  return (
    <Bare backend={props.backend} ready>
      <FailureView failure={props.failure} onRetry={props.onRetry} />
    </Bare>
  );
}

/** Opening a profile takes a few hundredths of a second; only when it takes longer does the window say so. */
export function Opening({ backend }: { backend: Backend }) {
  const { t } = useTranslation();
  return (
    <div className={css.opening}>
      <Bare backend={backend} ready={false}>
        <p role="status" className={css.wait}>
          {t('opening')}
        </p>
      </Bare>
    </div>
  );
}

/** A page that breaks says so in its own place, and the rest of the window goes on. */
export function BrokenPage({ error, reset }: { error: unknown; reset: () => void }) {
  return (
    <div className={css.alone}>
      <FailureView failure={asFailure(error)} onRetry={reset} />
    </div>
  );
}
