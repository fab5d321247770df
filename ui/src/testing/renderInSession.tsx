import { render } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { ReactNode } from 'react';
import { SessionScope } from '../app/SessionScope';
import { CommandProvider } from '../app/commands/commands';
import { Toaster } from '../components/Toaster';
import { FakeBackend, type Handlers, fakeProfile } from '../backend/fake';

const NO_KEYS = {};

/** A part of a page, inside a session with its commands and messages, on a fake backend. */
export async function renderInSession(ui: ReactNode, handlers: Handlers = {}) {
  const backend = new FakeBackend([fakeProfile('Brand A')], handlers);
  const session = await backend.session();
  const person = userEvent.setup();
  const view = render(
    <SessionScope backend={backend} session={session}>
      <CommandProvider keys={NO_KEYS}>
        {ui}
        <Toaster />
      </CommandProvider>
    </SessionScope>,
  );
  return { backend, person, ...view };
}
