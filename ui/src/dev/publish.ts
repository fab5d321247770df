/** A profile that publishes every day, with every state a post can be in. */
import type { Handlers } from '../backend/fake';
import type { Publication, PublicationState } from '../backend/bindings/calls';
import { TIKTOK, aPublication, aPublisher, anAccount } from '../testing/publish';
import { CLIPS, named } from './names';

const DAY = 86_400_000;
const HOUR = 3_600_000;

const ACCOUNTS = [
  anAccount({ id: 'tt', handle: 'crumbandco', name: 'Crumb & Co' }),
  anAccount({ id: 'ig', handle: 'crumbandco', name: 'Crumb & Co', platform: 'instagram-standalone' }),
  anAccount({ id: 'yt', handle: 'crumbandco', name: 'Crumb & Co', platform: 'youtube', disabled: true }),
  anAccount({ id: 'other', handle: 'harbourcafe', name: 'Harbour Café', ticked: false }),
];

/** @param state "off" is not connected; "none" has no account of this profile */
export function devPublish(full: boolean, long: boolean, state: string | null, library: Handlers): Handlers {
  if (!full || state === 'off') return {};
  const now = Date.now();
  const monday = Math.floor((now / DAY - 4) / 7) * 7 * DAY + 4 * DAY;
  const name = (number: number) => named(CLIPS[number % CLIPS.length] ?? '', number, long);
  const posts: Publication[] = [];
  const put = (
    number: number,
    at: number,
    states: readonly [PublicationState, ...PublicationState[]],
    over: Partial<Publication> = {},
  ) => {
    ACCOUNTS.slice(0, states.length).forEach((account, index) =>
      posts.push(
        aPublication({
          id: `post-${posts.length}`,
          clip: `clip-${13 + number}`,
          clip_name: name(number),
          account: { id: account.id, name: account.name, handle: account.handle, picture: null },
          platform: account.platform,
          state: states[index] ?? 'draft',
          caption: `${name(number)}\n\n#bread #bakery #morning`,
          publish_at: at,
          created_at: at - DAY,
          ...over,
        }),
      ),
    );
  };
  for (let day = -21; day < 14; day += 1) {
    const at = monday + day * DAY;
    for (const hour of day % 3 === 0 ? [9, 12, 18] : [9, 18]) {
      const when = at + hour * HOUR + ((day * 7 + hour) % 9) * 60_000;
      if (when > now + 6 * DAY || (day === 3 && hour === 18)) continue;
      put(
        Math.abs(day * 3 + hour),
        when,
        when < now - 4 * HOUR ? ['published', 'published'] : ['scheduled', 'scheduled'],
      );
    }
  }
  put(91, now - 3 * HOUR, ['published', 'failed'], {});
  const failed = posts.at(-1);
  if (failed)
    failed.why =
      'Instagram did not take the video: its cover is smaller than 320 px. Choose another cover, then try again.';
  put(92, now - HOUR, ['unknown'], { why: 'The answer to the request was lost (timed out after 30 s).' });
  put(93, now - 90 * 60_000, ['published'], {
    settings: { ...TIKTOK, method: 'inbox' } as Publication['settings'],
  });
  put(94, now + HOUR, ['uploading', 'waiting']);
  put(95, now + DAY, ['cancelled']);
  put(96, now + 2 * DAY, ['waiting', 'waiting'], { elsewhere: true });
  for (const one of posts) {
    if (
      one.state === 'published' &&
      one.settings.platform === 'tiktok' &&
      one.settings.method === 'direct_post'
    ) {
      one.url = `https://www.tiktok.com/@crumbandco/video/${one.id}`;
    }
  }
  const slots = [1, 2, 3, 4, 5, 6, 7].flatMap((weekday) =>
    (weekday > 5 ? [600, 1140] : [540, 750, 1080]).map((minute) => ({ weekday, minute })),
  );
  const publisher = aPublisher({
    settings: {
      time_zone: state === 'here' ? null : 'Europe/Bucharest',
      slots,
      templates: [
        { name: 'Daily', text: '{hook}\n\nCome by {brand} before eight.\n\n{tags}' },
        { name: 'Short', text: '{name} {tags}' },
      ],
    },
    shown: {
      accounts: state === 'none' ? ACCOUNTS.map((one) => ({ ...one, ticked: false })) : ACCOUNTS,
      asked_at: now - 2 * HOUR,
    },
    posts,
    groups: [
      { id: 'g1', name: 'Crumb & Co' },
      { id: 'g2', name: 'Harbour Café' },
    ],
    elsewhere: ['other'],
    names: (clip) => name(Number(clip.split('-')[1])),
    findings: {
      'clip-14 tiktok': [
        {
          code: 'safe_zone',
          level: 'warning',
          says: 'The captions lie under the buttons of TikTok for 4.2 s.',
          details: {},
          fix: { fix: 'render', platform: 'tiktok' },
        },
      ],
      'clip-15 instagram-standalone': [
        {
          code: 'too_long',
          level: 'error',
          says: 'It is 96.0 s long and Instagram takes 90.0 s.',
          details: {},
          fix: null,
        },
      ],
    },
    originality: [
      {
        clip: 'clip-14',
        distance: 0.18,
        nearest: 'Small world 3',
        nearest_at: now - 5 * DAY,
        shown_lately: 6,
        shots: 9,
      },
      {
        clip: 'clip-15',
        distance: 0.74,
        nearest: 'What the oven sees 2',
        nearest_at: now - 9 * DAY,
        shown_lately: 2,
        shots: 8,
      },
    ],
  });
  return {
    ...publisher.handlers,
    clip_page: async (args) => {
      const page = await library.clip_page?.(args);
      if (!page || args.filter?.published !== false) return page ?? { total: 0, clips: [] };
      const taken = new Set(publisher.posts.map((one) => one.clip));
      const clips = page.clips.filter((row) => !taken.has(row.id));
      return { total: clips.length, clips };
    },
  };
}
