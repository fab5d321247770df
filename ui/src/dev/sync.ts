/** A profile that is kept on a server: signed in, linked, and with everything that can be said about it. */
import type { Reply } from '../backend/backend';
import { type Handlers, failure } from '../backend/fake';
import { CLIPS, FOOTAGE, named } from './names';

type Shown = Reply<'sync_show'>;

const HOUR = 3_600_000;
const OFF: Shown['status'] = {
  state: 'off',
  remote: null,
  waiting: 0,
  set_aside: [],
  held: 0,
  in_sync_at: null,
  failure: null,
  failing_since: null,
};

/** @param state "in" is signed in, "linked" kept there, "aside" with what was refused, "again" signed out by the server */
export function devSync(long: boolean, state: string | null): Handlers {
  if (state === null) return {};
  const now = Date.now();
  const linked = { ...OFF, state: 'in_sync' as const, remote: 'remote-1', in_sync_at: now - 2 * 60_000 };
  const aside: Shown['status'] = {
    ...linked,
    state: 'set_aside',
    held: 3,
    set_aside: [0, 1, 2].map((number) => ({
      table: number === 2 ? 'scripts' : 'clips',
      id: `0198f2c4-77aa-7c31-9d52-0b6f1a6d2c1${number}`,
      name: number === 1 ? null : named(CLIPS[number] ?? '', number, long),
      code: '23514',
      why: 'The server refused it: the value is longer than 300 characters (23514).',
      at: now - HOUR,
    })),
  };
  const again: Shown['status'] = {
    ...linked,
    state: 'sign_in',
    waiting: 14,
    failure: failure(
      'sign_in',
      'The session has ended on the server. Sign in again; nothing of here is lost.',
    ),
    failing_since: now - 5 * HOUR,
  };
  const status = { in: OFF, linked, aside, again }[state] ?? OFF;
  const missing = state === 'linked' ? 3 : 0;
  const shown: Shown = {
    account: { url: 'https://qwertyuiopasdfgh.supabase.co', email: 'ana@example.com', media: 'clips_only' },
    status,
    missing,
  };
  return {
    sync_show: () => shown,
    sync_retry: () => shown,
    sync_profiles: () => [
      { id: 'remote-1', name: 'Brand A', created_at: now - 300 * HOUR },
      { id: 'remote-2', name: named('Harbour Café', 1, long), created_at: now - 900 * HOUR },
    ],
    sync_holds: () => ({ projects: 3, clips: 120, sources: 240 }),
    sync_missing: () =>
      [0, 1, 2].map((number) => ({
        of: number === 0 ? { of: 'clip', id: 'clip-1' } : { of: 'source', id: `source-${number}` },
        name: named((number === 0 ? CLIPS[0] : FOOTAGE[number]) ?? '', number, long),
        bytes: 9_000_000 + number * 120_000_000,
      })),
  };
}
