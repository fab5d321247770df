/** Every component in every state. */
import { type ReactNode, useEffect, useState } from 'react';
import { CommandProvider } from '../app/commands/commands';
import { Deletions } from '../app/deletions';
import { SessionScope } from '../app/SessionScope';
import { useToasts } from '../app/toasts';
import { Place, WindowContext } from '../app/window';
import type { Session } from '../backend/backend';
import type { FakeBackend } from '../backend/fake';
import { Toaster } from '../components/Toaster';
import { Controls } from './Controls';
import css from './Gallery.module.css';
import { Shown } from './Shown';

export function Gallery({ backend }: { backend: FakeBackend }) {
  const [session, setSession] = useState<Session | null>(null);
  const [state] = useState(() => ({ deletions: new Deletions(backend), running: 0, place: new Place('/') }));
  useEffect(() => {
    void backend.session().then(setSession);
  }, [backend]);
  if (!session) return null;
  return (
    <WindowContext.Provider value={state}>
      <SessionScope backend={backend} session={session}>
        <CommandProvider keys={{}}>
          <main className={css.page}>
            <h1>Components</h1>
            <Controls />
            <Shown />
          </main>
          <SomeToasts />
          <Toaster />
        </CommandProvider>
      </SessionScope>
    </WindowContext.Provider>
  );
}

/** One kind of component. */
export function Kind({ name, children }: { name: string; children: ReactNode }) {
  return (
    <section className={css.kind} aria-label={name}>
      <h2>{name}</h2>
      <div className={css.row}>{children}</div>
    </section>
  );
}

function SomeToasts() {
  const { show } = useToasts();
  useEffect(() => {
    show({
      tone: 'plain',
      text: 'Clip moved to the trash.',
      action: { label: 'Undo', run: () => undefined },
    });
    show({ tone: 'good', text: '5 videos are ready.' });
    show({
      tone: 'bad',
      text: 'There is no room left on the disk, so the video was not finished. Free some space, then retry.',
      failure: { code: 'disk_full', message: 'There is no room left on the disk.', details: {} },
    });
  }, [show]);
  return null;
}
