/** What stands in the calendar: posts of one clip that go out together. Pure. */
import type { Publication, PublicationState } from '../../../backend/bindings/calls';
import type { Zone } from '../../../lib/zone';

/** Where a post stands as a person is told: what waits in TikTok's inbox is not published, whatever Postiz calls it. */
export type Standing = PublicationState | 'inbox';

export function standingOf(post: Publication): Standing {
  const { settings, state } = post;
  const inbox = settings.platform === 'tiktok' && settings.method === 'inbox';
  return state === 'published' && inbox ? 'inbox' : state;
}

/** One clip at one time, on one account or several. */
export interface Entry {
  key: string;
  clip: string;
  /** `null` when the clip is not in the library any more. */
  name: string | null;
  /** When it goes or went out, UTC milliseconds. */
  at: number;
  /** It goes as soon as it can, at no time that was set. */
  now: boolean;
  posts: readonly Publication[];
}

/** In the order they go out. */
export function entriesOf(posts: readonly Publication[]): Entry[] {
  const found = new Map<string, Entry>();
  for (const post of posts) {
    const now = post.publish_at === null;
    // What was sent at once was made in one moment.
    const at = post.publish_at ?? post.created_at;
    const key = `${post.clip} ${now ? 'now' : 'at'} ${at}`;
    const entry = found.get(key);
    if (entry) found.set(key, { ...entry, posts: [...entry.posts, post] });
    else found.set(key, { key, clip: post.clip, name: post.clip_name, at, now, posts: [post] });
  }
  return [...found.values()].sort((a, b) => a.at - b.at || a.key.localeCompare(b.key));
}

/** By the day they go out in this zone. */
export function byDay(entries: readonly Entry[], zone: Zone): ReadonlyMap<string, Entry[]> {
  const days = new Map<string, Entry[]>();
  for (const entry of entries) {
    const { day } = zone.wall(entry.at);
    days.set(day, [...(days.get(day) ?? []), entry]);
  }
  return days;
}

const NOT_OUT: readonly PublicationState[] = ['draft', 'waiting', 'scheduled'];

/** Can be moved and taken back: it is not out, not on its way, and this device sends it. */
export function isMovable(post: Publication): boolean {
  return !post.elsewhere && NOT_OUT.includes(post.state);
}

export function movable(entry: Entry): readonly Publication[] {
  return entry.posts.filter(isMovable);
}

/** Failed ones this device can send again. */
export function failed(entry: Entry): readonly Publication[] {
  return entry.posts.filter((post) => post.state === 'failed' && !post.elsewhere);
}

/** Nothing of it goes out any more, or went out. */
export function isOver(entry: Entry): boolean {
  return entry.posts.every((post) => post.state === 'cancelled');
}

const WORST: readonly Standing[] = [
  'failed',
  'unknown',
  'inbox',
  'sending',
  'uploading',
  'waiting',
  'scheduled',
  'draft',
  'published',
  'cancelled',
];

/** What one has to know of an entry first. */
export function worstOf(entry: Entry): Standing {
  const there = entry.posts.map(standingOf);
  return WORST.find((standing) => there.includes(standing)) ?? 'draft';
}

export const TONES: Record<Standing, 'plain' | 'good' | 'warn' | 'bad' | 'action'> = {
  draft: 'plain',
  waiting: 'plain',
  uploading: 'action',
  sending: 'action',
  unknown: 'warn',
  scheduled: 'action',
  published: 'good',
  inbox: 'warn',
  failed: 'bad',
  cancelled: 'plain',
};
