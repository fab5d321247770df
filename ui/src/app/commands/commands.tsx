/**
 * Everything that can be done from the keyboard, by name. A component that can do something registers a command while
 * it is mounted; the palette (Ctrl+K), the list of keys (Shift+?) and the keyboard all read the same list.
 */
import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useEffectEvent,
  useMemo,
  useState,
  useSyncExternalStore,
} from 'react';
import { editsText, keyOfEvent, passesThroughText, worksFocused, writesText } from './keys';

export interface Command {
  /** Stable, for remapped keys: "library.accept". */
  id: string;
  /** Where it is listed: a translated heading. */
  group: string;
  /** What it does, a verb: "Accept the clip". */
  title: string;
  /** The key it has unless the person chose another. */
  key?: string;
  /** Further words to find it by in the palette. */
  words?: string;
  /** False while it cannot be done; it is listed all the same. */
  enabled?: boolean;
  /** Not worth a line in the palette (arrow keys). */
  hidden?: boolean;
  run: () => void;
}

/** How long a command may take to be there. */
const SOON_MS = 3_000;

/** The commands of what is on the screen. The one registered last wins a key. */
export class Commands {
  #list: readonly Command[] = [];
  #known: readonly Command[] = [];
  readonly #heard = new Set<() => void>();

  list = (): readonly Command[] => this.#list;

  /** Also those of pages that were left: for the list of keys. */
  known = (): readonly Command[] => this.#known;

  subscribe = (heard: () => void): (() => void) => {
    this.#heard.add(heard);
    return () => this.#heard.delete(heard);
  };

  register(command: Command): () => void {
    const at = this.#known.findIndex((one) => one.id === command.id);
    this.#known = at < 0 ? [...this.#known, command] : this.#known.with(at, command);
    this.#set([...this.#list, command]);
    return () => this.#set(this.#list.filter((other) => other !== command));
  }

  /** Runs a command by its id. False when there is none of it on the screen. */
  run(id: string): boolean {
    const command = this.#list.findLast((one) => one.id === id && one.enabled !== false);
    command?.run();
    return command !== undefined;
  }

  /** Runs a command as soon as it is there and can be: its page is being opened. After a while nobody waits for it. */
  soon(id: string): void {
    if (this.run(id)) return;
    const stop = this.subscribe(() => {
      const there = this.#list.some((one) => one.id === id && one.enabled !== false);
      if (!there) return;
      end();
      // Not in the midst of what registers it.
      queueMicrotask(() => this.run(id));
    });
    const timer = setTimeout(stop, SOON_MS);
    const end = () => {
      stop();
      clearTimeout(timer);
    };
  }

  /** Runs what this key means now. False when it means nothing. */
  press(key: string, keys: Readonly<Record<string, string>>): boolean {
    const meant = this.#list.filter((command) => (keys[command.id] ?? command.key) === key);
    const command = meant.reverse().find((one) => one.enabled !== false);
    command?.run();
    return command !== undefined;
  }

  #set(list: readonly Command[]): void {
    this.#list = list;
    for (const heard of this.#heard) heard();
  }
}

/** A panel that waits for the person; one that is just fading away no longer does. */
const OPEN_DIALOG = ':is([role="dialog"], [role="alertdialog"]):not([data-ending-style])';

const CommandContext = createContext<{ commands: Commands; keys: Readonly<Record<string, string>> } | null>(
  null,
);

/**
 * @param keys keys the person chose, by command id
 */
export function CommandProvider({
  keys,
  children,
}: {
  keys: Readonly<Record<string, string>>;
  children: ReactNode;
}) {
  const [commands] = useState(() => new Commands());
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing) return;
    const key = keyOfEvent(event);
    if (key === '' || (writesText(event.target) && !passesThroughText(key))) return;
    if (editsText(event.target, key) || worksFocused(event.target, key)) return;
    // Behind an open dialog nothing is done.
    const dialogs = [...document.querySelectorAll(OPEN_DIALOG)];
    const { target } = event;
    const inside = target instanceof Node && dialogs.some((dialog) => dialog.contains(target));
    if (dialogs.length > 0 && !inside && !passesThroughText(key)) return;
    if (commands.press(key, keys)) event.preventDefault();
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKey(event);
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
  const value = useMemo(() => ({ commands, keys }), [commands, keys]);
  return <CommandContext.Provider value={value}>{children}</CommandContext.Provider>;
}

function useCommandContext() {
  const context = useContext(CommandContext);
  if (!context) throw new Error('commands outside of a session');
  return context;
}

/** Registers a command while the component is mounted. */
export function useCommand(command: Command): void {
  const { commands } = useCommandContext();
  const run = useEffectEvent(() => command.run());
  const { id, group, title, key, words, enabled, hidden } = command;
  useEffect(
    () => commands.register({ id, group, title, key, words, enabled, hidden, run: () => run() }),
    [commands, id, group, title, key, words, enabled, hidden],
  );
}

/** All commands of what is on the screen, for the palette and the list of keys. */
export function useCommands(): {
  list: readonly Command[];
  /** Those of pages that were shown before, too. */
  known: readonly Command[];
  /** The key it has now; undefined when it has none. */
  keyOf: (command: Command) => string | undefined;
  run: (id: string) => boolean;
  /** Runs it as soon as it is there. */
  soon: (id: string) => void;
} {
  const { commands, keys } = useCommandContext();
  const list = useSyncExternalStore(commands.subscribe, commands.list);
  const known = useSyncExternalStore(commands.subscribe, commands.known);
  return {
    list,
    known,
    keyOf: (command) => (keys[command.id] ?? command.key) || undefined,
    run: (id) => commands.run(id),
    soon: (id) => commands.soon(id),
  };
}
