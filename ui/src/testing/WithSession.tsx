/** A part of the window alone, with a session around it: for tests of components that need one. */
import {
  RouterProvider,
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  useRouterState,
} from '@tanstack/react-router';
import { type ReactNode, useEffect, useState } from 'react';
import { CommandProvider } from '../app/commands/commands';
import { Deletions } from '../app/deletions';
import { SessionScope } from '../app/SessionScope';
import { Place, WindowContext } from '../app/window';
import type { Session } from '../backend/backend';
import type { FakeBackend } from '../backend/fake';
import { DropProvider } from '../components/DropTarget';
import { ImportProvider } from '../components/ImportProfile';
import { Toaster } from '../components/Toaster';

export function WithSession({ backend, children }: { backend: FakeBackend; children: ReactNode }) {
  const [session, setSession] = useState<Session | null>(null);
  const [state] = useState(() => ({ deletions: new Deletions(backend), running: 0, place: new Place('/') }));
  const [router] = useState(() => {
    const root = createRootRoute({
      component: () => (
        <>
          {children}
          <Path />
          <Toaster />
        </>
      ),
    });
    const anywhere = createRoute({ getParentRoute: () => root, path: '$', component: () => null });
    const history = createMemoryHistory({ initialEntries: ['/'] });
    return createRouter({ routeTree: root.addChildren([anywhere]), history });
  });
  useEffect(() => {
    void backend.session().then(setSession);
  }, [backend]);
  if (!session) return null;
  return (
    <WindowContext.Provider value={state}>
      <SessionScope backend={backend} session={session}>
        <CommandProvider keys={{}}>
          <DropProvider>
            <ImportProvider>
              {/* A router of its own: the pages of the product are not what is tested here. */}
              <RouterProvider router={router as never} />
            </ImportProvider>
          </DropProvider>
        </CommandProvider>
      </SessionScope>
    </WindowContext.Provider>
  );
}

function Path() {
  return <p data-testid="path">{useRouterState({ select: (state) => state.location.pathname })}</p>;
}
