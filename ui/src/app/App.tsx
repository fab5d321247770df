/** The window: asks for its session, and mounts a fresh tree whenever another profile is shown. */
import { CSPProvider } from '@base-ui/react/csp-provider';
import { useEffect, useMemo, useState } from 'react';
import { type Backend, type Failure, type Session, asFailure } from '../backend/backend';
import { Deletions } from './deletions';
import { ErrorBoundary } from './ErrorBoundary';
import { ErrorScreen, Opening } from './ErrorScreen';
import { Frame } from './Frame';
import { SessionScope } from './SessionScope';
import { Place, WindowContext } from './window';

/**
 * @param at the page to begin with
 */
export function App({ backend, at = '/library' }: { backend: Backend; at?: string }) {
  const [session, setSession] = useState<Session | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [attempt, setAttempt] = useState(0);
  const [running, setRunning] = useState(0);
  const [deletions] = useState(() => new Deletions(backend));
  const [place] = useState(() => new Place(at));

  useEffect(() => {
    let here = true;
    const stops: (() => void)[] = [];
    const keep = (stop: () => void) => {
      if (here) stops.push(stop);
      else stop();
    };
    // Replies and events may cross: only a newer epoch replaces what is shown.
    const show = (next: Session) => {
      if (!here) return;
      setSession((shown) => (shown && shown.epoch >= next.epoch ? shown : next));
      deletions.moveTo(next.epoch);
    };
    const begin = async () => {
      keep(await backend.onSwitched(show));
      keep(await backend.onElsewhere((count) => here && setRunning(count)));
      if (here) show(await backend.session());
    };
    begin().catch((thrown: unknown) => {
      if (here) setFailure(asFailure(thrown));
    });
    return () => {
      here = false;
      for (const stop of stops) stop();
    };
  }, [backend, attempt, deletions]);

  const state = useMemo(() => ({ deletions, running, place }), [deletions, running, place]);

  if (session) {
    return (
      <ErrorBoundary key={session.epoch} backend={backend}>
        <WindowContext.Provider value={state}>
          {/* The window's content security policy allows no inline styles. */}
          <CSPProvider disableStyleElements>
            <SessionScope backend={backend} session={session}>
              <Frame />
            </SessionScope>
          </CSPProvider>
        </WindowContext.Provider>
      </ErrorBoundary>
    );
  }
  if (failure) {
    const again = () => {
      setFailure(null);
      setAttempt(attempt + 1);
    };
    return <ErrorScreen backend={backend} failure={failure} onRetry={again} />;
  }
  return <Opening backend={backend} />;
}
