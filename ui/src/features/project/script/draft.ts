/**
 * A text that saves itself. It is kept in three places until it is stored for good: on the screen, in what the window
 * remembers (so that a crash loses nothing), and in the profile once saving worked.
 */
import { type Failure, asFailure } from '../../../backend/backend';

export type DraftState = 'saved' | 'typing' | 'saving' | 'failed' | 'waiting';

export interface Shown {
  text: string;
  state: DraftState;
  failure: Failure | null;
}

/** Thrown by a save for a text that cannot be stored yet, without anything being wrong. */
export class NotYet extends Error {}

/** How long after the last letter it is saved, milliseconds. */
export const AFTER_MS = 600;
/** How long after a failure it is tried again. */
export const AGAIN_MS = 5_000;

export class Draft {
  #shown: Shown;
  #saved: string;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #running: Promise<void> | null = null;
  readonly #heard = new Set<() => void>();

  /**
   * @param saved what is stored
   * @param store stores a text; rejects with a failure, or with `NotYet`
   * @param keep remembers a text that is not stored yet; `null` once it is
   * @param kept what was remembered from before and never stored
   */
  constructor(
    /** Tells drafts apart, also before what they hold has an id. */
    readonly key: string,
    saved: string,
    private readonly store: (text: string, before: string) => Promise<void>,
    private readonly keep: (text: string | null) => void,
    kept: string | null = null,
  ) {
    this.#saved = saved;
    const unsaved = kept !== null && kept !== saved;
    this.#shown = { text: unsaved ? kept : saved, state: unsaved ? 'typing' : 'saved', failure: null };
    if (unsaved) this.#later(AFTER_MS);
  }

  shown = (): Shown => this.#shown;

  subscribe = (heard: () => void): (() => void) => {
    this.#heard.add(heard);
    return () => this.#heard.delete(heard);
  };

  get unsaved(): boolean {
    return this.#shown.text !== this.#saved;
  }

  type(text: string): void {
    const unsaved = text !== this.#saved;
    this.keep(unsaved ? text : null);
    this.#show({ text, state: unsaved ? 'typing' : 'saved', failure: null });
    if (unsaved) this.#later(AFTER_MS);
    else this.#stop();
  }

  /** The stored text changed elsewhere (undo, another window). What is typed here and not stored yet stays. */
  adopt(text: string): void {
    if (text === this.#saved) return;
    const unsaved = this.unsaved;
    this.#saved = text;
    if (!unsaved) this.#show({ text, state: 'saved', failure: null });
  }

  /** Stores what is typed, now. Rejects when that fails; the text stays here and is tried again. */
  flush(): Promise<void> {
    this.#stop();
    this.#running ??= this.#run().finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  async #run(): Promise<void> {
    while (this.unsaved) {
      const { text } = this.#shown;
      const before = this.#saved;
      this.#show({ text, state: 'saving', failure: null });
      try {
        await this.store(text, before);
      } catch (thrown) {
        if (thrown instanceof NotYet) {
          this.#show({ text: this.#shown.text, state: 'waiting', failure: null });
          return;
        }
        this.#show({ text: this.#shown.text, state: 'failed', failure: asFailure(thrown) });
        this.#later(AGAIN_MS);
        throw thrown;
      }
      this.#saved = text;
    }
    this.keep(null);
    this.#show({ text: this.#shown.text, state: 'saved', failure: null });
  }

  #later(milliseconds: number): void {
    this.#stop();
    this.#timer = setTimeout(() => {
      // What went wrong is shown beside the text and tried again.
      this.flush().catch(() => undefined);
    }, milliseconds);
  }

  #stop(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #show(shown: Shown): void {
    this.#shown = shown;
    for (const heard of this.#heard) heard();
  }
}
