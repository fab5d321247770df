/**
 * What the window asks of the program behind it. `tauri.ts` is the real one, `fake.ts` the one tests use; nothing else
 * of the window knows which it talks to.
 */
import type { CaptionStyle, Calls, Event as ProfileEvent, Failure, ProfileInfo } from './bindings/calls';

export type { Calls, CaptionStyle, Failure, ProfileEvent, ProfileInfo };

export type CallName = keyof Calls;
export type Arguments<K extends CallName> = Calls[K]['arguments'];
export type Reply<K extends CallName> = Calls[K]['reply'];

/** A profile as this window shows it. A switch makes a new one with the next epoch. */
export interface Session {
  profile: ProfileInfo;
  epoch: number;
  /** Where the profile's media are played from, without a slash at the end. */
  media: string;
  /** Why this profile is shown instead of the one that was asked for. */
  notice: Failure | null;
  /** Version of the program. */
  version: string;
}

/** What is heard from a profile: its own events, and that some were missed. */
export type Heard = ProfileEvent | { event: 'lagged' };

/** What is heard about files that are dragged over the window. */
export type Drag =
  { kind: 'over' } | { kind: 'left' } | { kind: 'dropped'; paths: string[]; x: number; y: number };

export interface FileKind {
  name: string;
  extensions: string[];
}

export type Unlisten = () => void;

export interface Backend {
  /** The session of this window; the first call opens the profile that was used last. */
  session(): Promise<Session>;
  /** Shows another profile in this window. `onSwitched` hears of it too. */
  switchProfile(id: string): Promise<Session>;
  /** Runs a call of core for the session of this epoch. Rejects with a `Failure`. */
  call<K extends CallName>(epoch: number, name: K, args: Arguments<K>): Promise<Reply<K>>;
  /** Hears what changes in the session's profile until it ends. */
  listen(epoch: number, heard: (event: Heard) => void): Promise<void>;
  /** This window shows another profile from now on. */
  onSwitched(heard: (session: Session) => void): Promise<Unlisten>;
  /** The list of profiles changed. */
  onHomeChanged(heard: () => void): Promise<Unlisten>;
  /** How many jobs run in other profiles. */
  onElsewhere(heard: (running: number) => void): Promise<Unlisten>;
  onDrag(heard: (drag: Drag) => void): Promise<Unlisten>;

  openWindow(profile: string | null): Promise<void>;
  /** Something useful is on the screen. */
  ready(): Promise<void>;
  setTitle(title: string): Promise<void>;
  minimise(): Promise<void>;
  toggleMaximise(): Promise<void>;
  close(): Promise<void>;
  /** What must happen before the window closes. It stays open when this gives false. */
  onClose(before: () => Promise<boolean>): Promise<Unlisten>;

  chooseFiles(title: string, kinds?: FileKind[]): Promise<string[]>;
  chooseFolder(title: string): Promise<string | null>;
  chooseGoal(title: string, name: string): Promise<string | null>;
  /** Shows a file or folder in the system's file browser. */
  reveal(path: string): Promise<void>;
  /** Shows a page in the system's browser. */
  openLink(url: string): Promise<void>;
}

/** True for what core says when a call fails. */
export function isFailure(value: unknown): value is Failure {
  return typeof value === 'object' && value !== null && 'code' in value && 'message' in value;
}

/** Anything thrown, as a failure a person can be shown. */
export function asFailure(thrown: unknown): Failure {
  if (isFailure(thrown)) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return { code: 'internal', message, details: {} };
}
