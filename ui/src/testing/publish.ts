/** A profile that publishes, in memory: what is ordered, moved and taken back is there when it is read again. */
import type {
  Account,
  Finding,
  Originality,
  PlannedPost,
  PostSettings,
  Publication,
  PublishOrder,
  PublishPlan,
  PublishSettings,
  PublishShown,
  When,
} from '../backend/bindings/calls';
import type { Reply } from '../backend/backend';
import { type FakeBackend, type Handlers, NO_PUBLISHING, failure } from '../backend/fake';
import { accountTitle } from '../lib/platforms';

type ClipRow = Reply<'clip_page'>['clips'][number];

export const TIKTOK: PostSettings = {
  platform: 'tiktok',
  title: '',
  method: 'direct_post',
  privacy: 'everyone',
  duet: false,
  stitch: false,
  comment: true,
  made_with_ai: 'auto',
  brand_content: false,
  brand_organic: false,
};
export const YOUTUBE: PostSettings = {
  platform: 'youtube',
  title: '',
  visibility: 'public',
  made_for_kids: false,
  tags: [],
};
export const INSTAGRAM: PostSettings = { platform: 'instagram', kind: 'reel', trial: false };

function settingsOf(platform: string): PostSettings {
  if (platform === 'tiktok') return TIKTOK;
  if (platform === 'youtube') return YOUTUBE;
  return platform.startsWith('instagram') ? INSTAGRAM : { platform: 'other' };
}

export function anAccount(over: Partial<Account> = {}): Account {
  return {
    id: 'account-1',
    name: 'Brand A',
    handle: 'branda',
    picture: null,
    platform: 'tiktok',
    disabled: false,
    gone: false,
    ticked: true,
    settings: null,
    ...over,
  };
}

export function aPublication(over: Partial<Publication> = {}): Publication {
  const platform = over.platform ?? 'tiktok';
  return {
    id: 'post-1',
    clip: 'clip-1',
    clip_name: 'Fresh bread',
    clip_hash: 'c1'.repeat(32),
    account: { id: 'account-1', name: 'Brand A', handle: 'branda', picture: null },
    platform,
    state: 'scheduled',
    caption: 'Fresh bread, every morning',
    settings: settingsOf(platform),
    elsewhere: false,
    publish_at: Date.UTC(2026, 10, 27, 7),
    post_id: null,
    url: null,
    why: null,
    created_at: Date.UTC(2026, 10, 26, 7),
    sent_at: null,
    ended_at: null,
    ...over,
  };
}

export interface Publisher {
  shown: PublishShown;
  posts: Publication[];
  /** What is found wrong, by clip and platform: "clip-1 tiktok". */
  findings: Record<string, Finding[]>;
  originality: Originality[];
  groups: { id: string; name: string }[];
  /** Accounts that belong to another profile of the home. */
  elsewhere: string[];
  names: (clip: string) => string;
  handlers: Handlers;
  announceBy(backend: FakeBackend): void;
}

export function aPublisher(
  over: {
    settings?: Partial<PublishSettings>;
    shown?: Partial<PublishShown>;
    posts?: Publication[];
    findings?: Record<string, Finding[]>;
    originality?: Originality[];
    groups?: { id: string; name: string }[];
    elsewhere?: string[];
    names?: (clip: string) => string;
    /** All clips of the profile. */
    clips?: ClipRow[];
  } = {},
): Publisher {
  let backend: FakeBackend | null = null;
  const changed = () => backend?.emit({ event: 'publishing' });
  const shown = (part: Partial<PublishShown>): PublishShown => {
    publisher.shown = { ...publisher.shown, ...part };
    changed();
    return publisher.shown;
  };
  const post = (id: string): Publication => {
    const found = publisher.posts.find((one) => one.id === id);
    if (!found) throw failure('not_found', 'There is no such publication in this profile.');
    return found;
  };
  const put = (id: string, part: Partial<Publication>): Publication => {
    const next = { ...post(id), ...part };
    publisher.posts = publisher.posts.map((one) => (one.id === id ? next : one));
    changed();
    return next;
  };
  const count = (state: Publication['state']) => publisher.posts.filter((one) => one.state === state).length;
  const account = (id: string): Account => {
    const found = publisher.shown.accounts.find((one) => one.id === id && one.ticked);
    if (!found) throw failure('invalid_input', 'That account does not belong to this profile.');
    return found;
  };
  const at = (when: When, clip: number): number | null => {
    if (when.when === 'at') return when.at;
    return when.when === 'spread' ? when.from + (clip + 1) * 86_400_000 : null;
  };
  const planned = (order: PublishOrder): PlannedPost[] =>
    order.clips.flatMap((clip, index) =>
      order.accounts.map((id) => {
        const to = account(id);
        const byHand =
          order.captions?.find((one) => one.clip === clip && one.account === id) ??
          order.captions?.find((one) => one.clip === clip && !one.account);
        const template = order.caption ?? publisher.shown.settings.templates[0]?.text ?? '';
        return {
          clip,
          clip_name: publisher.names(clip),
          account: to,
          caption: byHand?.text ?? template.replaceAll('{name}', publisher.names(clip)),
          settings: to.settings ?? settingsOf(to.platform),
          publish_at: at(order.when, index),
          findings: publisher.findings[`${clip} ${to.platform}`] ?? [],
        };
      }),
    );
  const plan = (order: PublishOrder): PublishPlan => {
    if (order.when.when === 'at' && order.when.at <= Date.now()) {
      throw failure('invalid_input', 'That time has passed. Choose a later one.');
    }
    const posts = planned(order);
    const titles = order.accounts.map((id) => accountTitle(account(id), account(id).platform)).join(', ');
    const videos = order.clips.length === 1 ? '1 video' : `${order.clips.length} videos`;
    return {
      brand: 'Brand A',
      colour: 'coral',
      question: `Publish ${videos} to Brand A: ${titles}?`,
      posts,
      originality: order.clips.map(
        (clip) =>
          publisher.originality.find((one) => one.clip === clip) ?? {
            clip,
            distance: null,
            nearest: null,
            nearest_at: null,
            shown_lately: 0,
            shots: 9,
          },
      ),
      ready: posts.every(({ findings }) => findings.every(({ level }) => level !== 'error')),
      seal: JSON.stringify(posts),
    };
  };

  const publisher: Publisher = {
    shown: {
      key: true,
      settings: { ...NO_PUBLISHING, ...over.settings },
      time_zone: over.settings?.time_zone ?? 'UTC',
      accounts: [anAccount(), anAccount({ id: 'account-2', platform: 'instagram-standalone' })],
      asked_at: Date.UTC(2026, 10, 26, 7),
      requests_left: 28,
      unknown: 0,
      failed: 0,
      ...over.shown,
    },
    posts: over.posts ?? [],
    findings: over.findings ?? {},
    originality: over.originality ?? [],
    groups: over.groups ?? [],
    elsewhere: over.elsewhere ?? [],
    names: over.names ?? ((clip) => over.clips?.find((row) => row.id === clip)?.name ?? clip),
    announceBy: (by) => {
      backend = by;
    },
    handlers: {
      ...(over.clips && {
        clip_page: ({ filter = {}, limit, offset = 0 }) => {
          const open = publisher.posts.filter((one) => one.state !== 'failed' && one.state !== 'cancelled');
          const taken = new Set(open.map((one) => one.clip));
          const found = (over.clips ?? []).filter(
            (row) =>
              (!filter.triage || row.triage === filter.triage) &&
              (typeof filter.published !== 'boolean' || taken.has(row.id) === filter.published),
          );
          return { total: found.length, clips: found.slice(offset, offset + limit) };
        },
      }),
      publish_show: () => ({ ...publisher.shown, failed: count('failed'), unknown: count('unknown') }),
      publish_set: ({ settings }) => shown({ settings, time_zone: settings.time_zone ?? 'UTC' }),
      publish_groups: () => publisher.groups,
      publish_group: ({ group }) => {
        const found = publisher.groups.find((one) => one.id === group) ?? null;
        return shown({ settings: { ...publisher.shown.settings, group: found } });
      },
      publish_refresh: () =>
        shown({ asked_at: Date.now(), requests_left: publisher.shown.requests_left - 1 }),
      publish_account: ({ id, ticked }) => {
        if (ticked && publisher.elsewhere.includes(id)) {
          throw failure('invalid_input', 'This account belongs to another profile. Take it out there first.');
        }
        const accounts = publisher.shown.accounts.map((one) => (one.id === id ? { ...one, ticked } : one));
        return shown({ accounts });
      },
      publish_account_settings: ({ id, settings = null }) => {
        const accounts = publisher.shown.accounts.map((one) => (one.id === id ? { ...one, settings } : one));
        return shown({ accounts });
      },
      publish_defaults: ({ platform }) =>
        publisher.shown.settings.defaults.find((one) => platform.startsWith(one.platform)) ??
        settingsOf(platform),
      publish_propose: ({ order }) => plan(order),
      publish_start: ({ order, seal }) => {
        if (plan(order).seal !== seal)
          throw failure('wrong_state', 'Something changed since you looked at it.');
        const publications = planned(order).map((one, index) =>
          aPublication({
            id: `post-of-${publisher.posts.length + index}`,
            clip: one.clip,
            clip_name: one.clip_name,
            account: {
              id: one.account.id,
              name: one.account.name,
              handle: one.account.handle,
              picture: null,
            },
            platform: one.account.platform,
            state: 'waiting',
            caption: one.caption,
            settings: one.settings,
            publish_at: one.publish_at,
            created_at: Date.now(),
          }),
        );
        publisher.posts = [...publisher.posts, ...publications];
        changed();
        return { publications, job: 'job-1' };
      },
      publication_list: ({ filter = {} }) => {
        const when = (one: Publication) => one.publish_at ?? one.created_at;
        return publisher.posts
          .filter((one) => when(one) >= (filter.from ?? -Infinity) && when(one) < (filter.to ?? Infinity))
          .filter((one) => !filter.states?.length || filter.states.includes(one.state))
          .sort((a, b) => when(a) - when(b));
      },
      publication_show: ({ id }) => post(id),
      publication_move: ({ id, at: to }) => {
        if (to <= Date.now()) throw failure('invalid_input', 'That time has passed. Choose a later one.');
        return put(id, { publish_at: to });
      },
      publication_cancel: ({ id }) => put(id, { state: 'cancelled' }),
      publication_retry: ({ ids }) => ({
        publications: ids.map((id) => put(id, { state: 'waiting', why: null })),
        job: 'job-2',
      }),
      publication_check: () => {
        for (const one of publisher.posts) if (one.state === 'unknown') put(one.id, { state: 'published' });
        return { ...publisher.shown, failed: count('failed'), unknown: count('unknown') };
      },
    },
  };
  return publisher;
}
