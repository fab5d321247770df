/**
 * The session a tree of the window belongs to. Everything that asks the program goes through the scope, so what was
 * asked for one profile can never be shown for another: each switch makes a new scope and the old one goes silent.
 */
import { createContext, useContext } from 'react';
import type { Arguments, Backend, CallName, Reply, Session } from '../backend/backend';
import { type Media, mediaOf } from '../lib/media';

/** Text that is not stored yet is stored by these before the profile is left. */
export type BeforeLeave = () => Promise<void>;

export class Scope {
  readonly media: Media;
  #alive = true;
  readonly #leaving = new Set<BeforeLeave>();

  constructor(
    readonly backend: Backend,
    readonly session: Session,
  ) {
    this.media = mediaOf(session.media);
  }

  /** False once another profile is shown: what arrives from then on is nobody's. */
  get alive(): boolean {
    return this.#alive;
  }

  end(): void {
    this.#alive = false;
  }

  /** Begins again after React mounted the same tree twice, as it does while developing. */
  begin(): void {
    this.#alive = true;
  }

  /** Asks the program. A reply that comes after the switch never arrives: the promise stays open, unheard. */
  async call<K extends CallName>(name: K, args: Arguments<K>): Promise<Reply<K>> {
    try {
      const reply = await this.backend.call(this.session.epoch, name, args);
      return this.#alive ? reply : await forever<Reply<K>>();
    } catch (failure) {
      if (!this.#alive) return await forever<Reply<K>>();
      throw failure;
    }
  }

  /** Registers what must be stored before leaving; gives the way to take it back. */
  beforeLeave(save: BeforeLeave): () => void {
    this.#leaving.add(save);
    return () => this.#leaving.delete(save);
  }

  /** Stores what is unsaved. What cannot be stored is thrown, so that nobody leaves it behind unknowing. */
  async settle(): Promise<void> {
    await Promise.all([...this.#leaving].map((save) => save()));
  }

  /** Shows another profile in this window, once everything here is stored. */
  async switchTo(profile: string): Promise<void> {
    await this.settle();
    await this.backend.switchProfile(profile);
  }
}

function forever<T>(): Promise<T> {
  return new Promise<T>(() => undefined);
}

export const ScopeContext = createContext<Scope | null>(null);

/** The scope of this tree. */
export function useScope(): Scope {
  const scope = useContext(ScopeContext);
  if (!scope) throw new Error('useScope outside of a session');
  return scope;
}
