/**
 * One tree for one session. It is mounted fresh for each epoch, with a query client, stores, toasts and a history of
 * its own: when the profile changes there is nothing to clear, so nothing can be forgotten.
 */
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { type ReactNode, useEffect, useState } from 'react';
import { type Backend, type CallName, type Session, asFailure } from '../backend/backend';
import { listening } from '../lib/listening';
import { HistoryProvider } from './history';
import { OF_THE_HOME, refresher } from './queries';
import { Scope, ScopeContext } from './scope';
import { ToastProvider } from './toasts';

function freshClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      // What is read stays true until the profile announces a change; nothing is asked for again by the clock.
      queries: { staleTime: Infinity, gcTime: 5 * 60_000, retry: false, refetchOnWindowFocus: false },
      mutations: { retry: false },
    },
  });
}

export function SessionScope(props: { backend: Backend; session: Session; children: ReactNode }) {
  const { backend, session, children } = props;
  const [scope] = useState(() => new Scope(backend, session));
  const [client] = useState(freshClient);

  useEffect(() => {
    scope.begin();
    const refresh = refresher(client, () => scope.alive);
    backend
      .listen(session.epoch, (heard) => {
        if (scope.alive) refresh(heard);
      })
      .catch((thrown: unknown) => {
        // A session that ended while it was being listened to has nothing more to say.
        if (scope.alive && asFailure(thrown).code !== 'stale_session') refresh({ event: 'lagged' });
      });
    const reread = () => {
      void client.invalidateQueries({
        predicate: (query) => OF_THE_HOME.includes(query.queryKey[0] as CallName),
      });
    };
    const stop = listening(
      () => backend.onHomeChanged(reread),
      () => refresh({ event: 'lagged' }),
    );
    return () => {
      scope.end();
      stop();
      // React mounts the same tree twice while developing; only what stays unmounted is let go of.
      queueMicrotask(() => !scope.alive && client.clear());
    };
  }, [backend, client, scope, session.epoch]);

  return (
    <ScopeContext.Provider value={scope}>
      <QueryClientProvider client={client}>
        <ToastProvider>
          <HistoryProvider>{children}</HistoryProvider>
        </ToastProvider>
      </QueryClientProvider>
    </ScopeContext.Provider>
  );
}
