/** Platforms as people call them. */

const TITLES: Record<string, string> = {
  tiktok: 'TikTok',
  youtube: 'YouTube',
  instagram: 'Instagram',
  facebook: 'Facebook',
  linkedin: 'LinkedIn',
  x: 'X',
  threads: 'Threads',
  bluesky: 'Bluesky',
  mastodon: 'Mastodon',
  pinterest: 'Pinterest',
  reddit: 'Reddit',
};

/** "instagram-standalone" is Instagram. */
export function platformTitle(identifier: string): string {
  const base = identifier.split('-')[0] ?? identifier;
  return TITLES[base] ?? identifier;
}

/** "@branda (TikTok)"; the name where there is no handle. */
export function accountTitle(account: { name: string; handle: string }, platform: string): string {
  const who = account.handle === '' ? account.name : `@${account.handle}`;
  return `${who} (${platformTitle(platform)})`;
}
