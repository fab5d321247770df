/** The texts that are being written on this page, one draft for each script, and one for a script that is not there yet. */
import type { Script, StoredScript } from '../../../backend/bindings/calls';
import type { History } from '../../../app/history';
import type { Stored } from '../../../lib/stored';
import type { ProjectStore } from '../model/changes';
import { Draft, NotYet } from './draft';

/** Stands for a script that becomes one with its first sentence. */
export const NEW = 'new';

/** What drafts need of the page they are written on. */
export interface Desk {
  history: History;
  /** "Script changed". */
  changed: string;
  /** "Script added". */
  added: string;
  /** The name of the next script. */
  name: string;
  /** A script was made of the new draft. */
  onAdded: (script: StoredScript) => void;
}

export class Drafts {
  readonly #list = new Map<string, Draft>();
  #count = 0;
  #desk: Desk;

  constructor(
    private readonly store: ProjectStore,
    private readonly stored: Stored,
    desk: Desk,
  ) {
    this.#desk = desk;
  }

  /** The page was drawn again. */
  bind(desk: Desk): void {
    this.#desk = desk;
  }

  /** The draft of a script; the same one each time. */
  of(script: StoredScript | null): Draft {
    const slot = script?.id ?? NEW;
    const found = this.#list.get(slot);
    if (found) return found;
    const made = script ? this.#ofScript(script.id, script.text) : this.#ofNew();
    this.#list.set(slot, made);
    return made;
  }

  /** Stores everything that is typed. Rejects when something could not be stored. */
  async flush(): Promise<void> {
    await Promise.all([...new Set(this.#list.values())].map((draft) => draft.flush()));
  }

  get unsaved(): boolean {
    return [...this.#list.values()].some((draft) => draft.unsaved);
  }

  #key(): string {
    this.#count += 1;
    return `draft-${this.#count}`;
  }

  #ofScript(id: string, text: string): Draft {
    const name = `draft/${id}`;
    return new Draft(
      this.#key(),
      text,
      (next, before) => this.#save(id, next, before),
      (kept) => this.stored.write(name, kept),
      this.stored.read<string | null>(name, null),
    );
  }

  async #save(id: string, text: string, before: string): Promise<void> {
    const language = () => this.store.detail?.scripts.find((script) => script.id === id)?.language ?? null;
    const put = (what: string) => this.store.text(id, what, language());
    await put(text);
    this.#desk.history.remember({
      label: this.#desk.changed,
      undo: () => put(before),
      redo: () => put(text),
    });
  }

  #ofNew(): Draft {
    const name = `draft/${this.store.project}/${NEW}`;
    let made: string | null = null;
    const draft = new Draft(
      this.#key(),
      '',
      async (text, before) => {
        if (made !== null) return this.#save(made, text, before);
        const script = await this.#begin(text);
        made = script.id;
        // What is typed next belongs to that script, in the same text field.
        this.#list.delete(NEW);
        this.#list.set(script.id, draft);
        this.stored.write(name, null);
        this.#desk.onAdded(script);
      },
      (kept) => this.stored.write(made === null ? name : `draft/${made}`, kept),
      this.stored.read<string | null>(name, null),
    );
    return draft;
  }

  async #begin(text: string): Promise<StoredScript> {
    try {
      await this.store.scope.call('script_read', { text });
    } catch {
      // Nothing to speak yet: it stays in the window until there is.
      throw new NotYet();
    }
    const script = await this.store.addScript(this.#desk.name, text);
    this.#desk.history.remember({
      label: this.#desk.added,
      undo: () => this.store.removeScript(script.id),
      redo: () => this.store.restoreScript(script.id),
    });
    return script;
  }
}

/** How many letters are spoken. */
export function spokenLetters(script: Script): number {
  return script.sentences.reduce((sum, sentence) => sum + sentence.text.length, 0);
}
