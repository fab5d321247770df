/**
 * A backend for tests and the gallery, in memory. Replies come from handlers a test gives; a reply can be held back to
 * see what happens when it comes late.
 */
import type {
  Arguments,
  Backend,
  CallName,
  Drag,
  Failure,
  Heard,
  ProfileInfo,
  Reply,
  Session,
} from './backend';

export type Handlers = { [K in CallName]?: (args: Arguments<K>) => Reply<K> | Promise<Reply<K>> };

/** A profile as the list shows it. */
export function fakeProfile(name: string, over: Partial<ProfileInfo> = {}): ProfileInfo {
  return {
    id: `id-of-${name}`,
    name,
    colour: 'blue',
    default: false,
    created_at: 0,
    used_at: 0,
    missing: false,
    ...over,
  };
}

export interface Made {
  epoch: number;
  name: CallName;
  args: unknown;
}

export class FakeBackend implements Backend {
  /** Every call that was made, in order. */
  readonly made: Made[] = [];
  /** What the window was asked to do: "close", "title: …". */
  readonly done: string[] = [];
  /** Answers of the file dialogs, taken in order. */
  files: string[][] = [];
  folders: (string | null)[] = [];
  goals: (string | null)[] = [];
  /** Where media of its sessions would lie. */
  media = 'http://127.0.0.1:1';
  /** What the first session says instead of coming up. */
  broken: Failure | null = null;
  /** Said by the next session that is made. */
  notice: Failure | null = null;

  #epoch = 1;
  #running = 0;
  #current: ProfileInfo;
  readonly #heard = new Map<number, (event: Heard) => void>();
  readonly #switched = new Set<(session: Session) => void>();
  readonly #home = new Set<() => void>();
  readonly #elsewhere = new Set<(running: number) => void>();
  readonly #drag = new Set<(drag: Drag) => void>();
  readonly #closing = new Set<() => Promise<boolean>>();
  /** The list of profiles works as the real one does. */
  readonly #profilesHandlers: Handlers = {
    profile_list: () => this.profiles,
    profile_create: ({ name, colour }) => {
      const made = fakeProfile(name, { colour: colour ?? 'violet', created_at: this.profiles.length + 1 });
      if (this.profiles.some((profile) => profile.name === name)) {
        throw failure('exists', `There is already a profile named "${name}". Choose another name.`);
      }
      return this.#put([...this.profiles, made], made.id);
    },
    profile_rename: ({ id, name }) => this.#change(id, { name }),
    profile_colour: ({ id, colour }) => this.#change(id, { colour }),
    profile_use: ({ id }) => {
      this.profiles = this.profiles.map((profile) => ({ ...profile, default: false }));
      return this.#change(id, { default: true });
    },
    profile_delete: ({ id }) => {
      const gone = this.#found(id);
      this.profiles = this.profiles.filter((profile) => profile.id !== id);
      this.emitHome();
      return gone;
    },
  };
  readonly #holds = new Map<string, Promise<void>>();

  constructor(
    public profiles: ProfileInfo[],
    readonly handlers: Handlers = {},
  ) {
    this.#current = profiles[0] ?? fakeProfile('Brand A');
  }

  #found(id: string): ProfileInfo {
    const found = this.profiles.find((profile) => profile.id === id);
    if (!found) throw failure('not_found', 'There is no such profile.');
    return found;
  }

  #put(profiles: ProfileInfo[], id: string): ProfileInfo {
    this.profiles = profiles;
    this.emitHome();
    return this.#found(id);
  }

  #change(id: string, over: Partial<ProfileInfo>): ProfileInfo {
    const changed = { ...this.#found(id), ...over };
    return this.#put(
      this.profiles.map((profile) => (profile.id === id ? changed : profile)),
      id,
    );
  }

  #session(): Session {
    const media = `${this.media}/token-${this.#epoch}`;
    return { profile: this.#current, epoch: this.#epoch, media, notice: this.notice, version: '0.0.0' };
  }

  session = (): Promise<Session> =>
    this.broken ? Promise.reject(this.broken) : Promise.resolve(this.#session());

  switchProfile = (id: string): Promise<Session> => {
    const found = this.profiles.find((profile) => profile.id === id);
    if (!found) return Promise.reject(failure('not_found', 'There is no such profile.'));
    if (found.missing) {
      return Promise.reject(failure('not_found', `The folder of profile "${found.name}" is missing.`));
    }
    this.#epoch += 1;
    this.#current = found;
    const session = this.#session();
    for (const heard of this.#switched) heard(session);
    return Promise.resolve(session);
  };

  async call<K extends CallName>(epoch: number, name: K, args: Arguments<K>): Promise<Reply<K>> {
    this.made.push({ epoch, name, args });
    const handler = this.handlers[name] ?? this.#profilesHandlers[name] ?? (DEFAULTS[name] as Handlers[K]);
    const held = this.#holds.get(`${epoch} ${name}`);
    if (!handler) throw failure('internal', `The fake has no answer to ${String(name)}.`);
    const reply = await handler(args);
    await held;
    return reply;
  }

  /** Holds replies to what the session of now asks with this call back until the returned function is called. */
  hold(name: CallName): () => void {
    const key = `${this.#epoch} ${name}`;
    let release = () => {};
    this.#holds.set(key, new Promise((resolve) => (release = resolve)));
    return () => {
      this.#holds.delete(key);
      release();
    };
  }

  /** How often a call was made. */
  count(name: CallName): number {
    return this.made.filter((made) => made.name === name).length;
  }

  /** Arguments of the last time a call was made. */
  last<K extends CallName>(name: K): Arguments<K> | undefined {
    return this.made.findLast((made) => made.name === name)?.args as Arguments<K> | undefined;
  }

  /** Says that something changed in the profile of this epoch (the current one unless said). */
  emit(event: Heard, epoch = this.#epoch): void {
    this.#heard.get(epoch)?.(event);
  }

  /** Says again that this window shows a session, as a late message would. */
  emitSwitched(session: Session): void {
    for (const heard of this.#switched) heard(session);
  }

  /** How many listen to the list of profiles: one for each session that is mounted. */
  get listening(): number {
    return this.#home.size;
  }

  emitHome(): void {
    for (const heard of this.#home) heard();
  }

  emitElsewhere(running: number): void {
    this.#running = running;
    for (const heard of this.#elsewhere) heard(running);
  }

  emitDrag(drag: Drag): void {
    for (const heard of this.#drag) heard(drag);
  }

  /** The person closes the window. */
  async askClose(): Promise<void> {
    const may = await Promise.all([...this.#closing].map((before) => before()));
    if (may.every(Boolean)) this.done.push('closed');
  }

  listen = (epoch: number, heard: (event: Heard) => void): Promise<void> => {
    this.#heard.set(epoch, heard);
    if (this.#running > 0) this.emitElsewhere(this.#running);
    return Promise.resolve();
  };

  #on<T>(set: Set<T>, heard: T): Promise<() => void> {
    set.add(heard);
    return Promise.resolve(() => void set.delete(heard));
  }

  onSwitched = (heard: (session: Session) => void) => this.#on(this.#switched, heard);
  onHomeChanged = (heard: () => void) => this.#on(this.#home, heard);
  onElsewhere = (heard: (running: number) => void) => this.#on(this.#elsewhere, heard);
  onDrag = (heard: (drag: Drag) => void) => this.#on(this.#drag, heard);
  onClose = (before: () => Promise<boolean>) => this.#on(this.#closing, before);

  #note(what: string): Promise<void> {
    this.done.push(what);
    return Promise.resolve();
  }

  openWindow = (profile: string | null) => this.#note(`window: ${profile ?? 'new'}`);
  ready = () => this.#note('ready');
  setTitle = (title: string) => this.#note(`title: ${title}`);
  minimise = () => this.#note('minimise');
  toggleMaximise = () => this.#note('maximise');
  close = () => this.#note('close');
  reveal = (path: string) => this.#note(`reveal: ${path}`);
  openLink = (url: string) => this.#note(`link: ${url}`);
  chooseFiles = () => Promise.resolve(this.files.shift() ?? []);
  chooseFolder = () => Promise.resolve(this.folders.shift() ?? null);
  chooseGoal = () => Promise.resolve(this.goals.shift() ?? null);
}

/** A failure as core says it. */
export function failure(code: Failure['code'], message: string): Failure {
  return { code, message, details: {} };
}

/** What an empty profile answers. */
/** How a profile publishes that was never set up. */
export const NO_PUBLISHING: Reply<'publish_show'>['settings'] = {
  address: 'https://api.postiz.com/public/v1',
  group: null,
  requests_an_hour: 30,
  time_zone: null,
  slots: [],
  jitter_min: 10,
  templates: [],
  defaults: [],
  fresh_after_days: 30,
  look_after_s: 60,
};

const DEFAULTS: Handlers = {
  app_settings_show: () => ({ theme: 'dark', language: 'en', keys: {}, ffmpeg: null }),
  app_settings_set: ({ settings }) => settings,
  source_page: () => ({ total: 0, sources: [] }),
  source_tags: () => [],
  source_trash: () => [],
  clip_page: () => ({ total: 0, clips: [] }),
  clip_counts: () => ({ new: 0, accepted: 0, rejected: 0, trashed: 0 }),
  clip_trash: () => [],
  project_list: () => [],
  job_list: () => [],
  quota_show: () => {
    const none = {
      limit_characters: null,
      limit_microusd: null,
      used_characters: 0,
      used_microusd: 0,
      reserved_characters: 0,
      reserved_microusd: 0,
      remaining_characters: null,
      remaining_microusd: null,
      share_characters: null,
      share_microusd: null,
      warning: false,
      blocked: null,
    };
    return {
      month: '2026-11',
      warn_at: 0.8,
      total: { provider: null, ...none },
      providers: [{ provider: 'elevenlabs', ...none }],
    };
  },
  sync_show: () => ({
    account: null,
    status: {
      state: 'off',
      remote: null,
      waiting: 0,
      set_aside: [],
      held: 0,
      in_sync_at: null,
      failure: null,
      failing_since: null,
    },
    missing: 0,
  }),
  sync_missing: () => [],
  sync_holds: () => ({ projects: 0, clips: 0, sources: 0 }),
  publish_show: () => ({
    key: false,
    settings: NO_PUBLISHING,
    time_zone: 'UTC',
    accounts: [],
    asked_at: null,
    requests_left: 30,
    unknown: 0,
    failed: 0,
  }),
  publication_list: () => [],
  backup_keep_show: () => ({ daily: 7, weekly: 4 }),
  transfer_show: () => null,
  cost_list: () => ({ total: 0, costs: [] }),
  cost_summary: () => [],
  price_list: () => [],
  credential_list: () => [{ provider: 'elevenlabs', set: false, ends_in: null, kept_in: null }],
  secret_file_show: () => ({ there: false, unlocked: false }),
  voice_list: () => [],
  voice_chain_show: () => ({ links: [] }),
  pronunciation_show: () => [],
  // Free voices: nothing is paid, and everything fits.
  speech_plan: ({ scripts }) => ({
    asked: { provider: 'flite', voice: 'slt' },
    scripts: scripts.map((script) => ({ script, characters: 0, cached: false })),
    characters: 0,
    price: { characters: 0, microusd: 0 },
    fits: scripts.length,
    refusal: null,
  }),
};
