/**
 * Profiles on their way to the trash. A deletion can be taken back for some seconds, also after the window has moved on
 * to another profile, so it belongs to the window and not to a session.
 */
import { type Backend, type Failure, type ProfileInfo, asFailure } from '../backend/backend';
import { UNDO_MS } from './toasts';

export interface Deletion {
  profile: ProfileInfo;
  /** Why it could not be deleted after all. */
  failure: Failure | null;
}

interface Waiting extends Deletion {
  timer: ReturnType<typeof setTimeout> | null;
}

export class Deletions {
  #list: readonly Waiting[] = [];
  /** The session of now: the list of profiles is asked for through it. */
  #epoch = 0;
  readonly #heard = new Set<() => void>();

  constructor(readonly backend: Pick<Backend, 'call'>) {}

  list = (): readonly Deletion[] => this.#list;

  subscribe = (heard: () => void): (() => void) => {
    this.#heard.add(heard);
    return () => this.#heard.delete(heard);
  };

  /** From now on the window's session is this one. */
  moveTo(epoch: number): void {
    this.#epoch = Math.max(this.#epoch, epoch);
  }

  /** Deletes this profile once there was time to take it back. */
  start(profile: ProfileInfo): void {
    const timer = setTimeout(() => void this.#finish(profile.id), UNDO_MS);
    this.#set([...this.#without(profile.id), { profile, failure: null, timer }]);
  }

  /** Leaves it as it is; also takes a failure off the list. */
  undo(id: string): void {
    const found = this.#list.find((one) => one.profile.id === id);
    if (found?.timer) clearTimeout(found.timer);
    this.#set(this.#without(id));
  }

  /** Deletes it without waiting any longer: the message with the way back was closed. */
  async now(id: string): Promise<void> {
    const found = this.#list.find((one) => one.profile.id === id);
    if (!found?.timer) return;
    clearTimeout(found.timer);
    await this.#finish(id);
  }

  /** Deletes all that waits: the window closes. */
  async settle(): Promise<void> {
    await Promise.all(this.#list.map((one) => this.now(one.profile.id)));
  }

  async #finish(id: string): Promise<void> {
    const failure = await this.#delete(id);
    this.#set(
      failure
        ? this.#list.map((one) => (one.profile.id === id ? { ...one, failure, timer: null } : one))
        : this.#without(id),
    );
  }

  async #delete(id: string): Promise<Failure | null> {
    const epoch = this.#epoch;
    try {
      await this.backend.call(epoch, 'profile_delete', { id });
      return null;
    } catch (thrown) {
      const failure = asFailure(thrown);
      // The window moved on meanwhile: the answer belonged to the old session, so it is asked again by the new one.
      if (failure.code === 'stale_session' && epoch !== this.#epoch) return this.#delete(id);
      return failure.code === 'not_found' ? null : failure;
    }
  }

  #without(id: string): readonly Waiting[] {
    return this.#list.filter((one) => one.profile.id !== id);
  }

  #set(list: readonly Waiting[]): void {
    this.#list = list;
    for (const heard of this.#heard) heard();
  }
}
