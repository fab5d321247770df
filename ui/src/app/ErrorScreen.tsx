import { type Failure, asFailure } from '../backend/backend';
import { FailureView } from '../components/States';
import css from './Frame.module.css';

/** The whole window says what is wrong: nothing of a profile could be opened, or the frame itself broke. */
export function ErrorScreen({ failure, onRetry }: { failure: Failure; onRetry: () => void }) {
  return (
    <main className={css.alone} data-ready="true">
      <FailureView failure={failure} onRetry={onRetry} />
    </main>
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
