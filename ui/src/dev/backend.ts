import type { ProfileInfo } from '../backend/backend';
import { FakeBackend, failure, fakeProfile } from '../backend/fake';
import { STEPPED } from '../testing/money';
import { aWorkshop } from '../testing/workshop';
import { devLibrary } from './library';
import { devMoney } from './money';
import { named } from './names';
import { devPublish } from './publish';
import { devQueue } from './queue';
import { devSettings } from './settings';
import { devSync } from './sync';

export interface DevOptions {
  theme: 'dark' | 'light';
  language: string;
  /** False is a profile in which nothing was done yet. */
  full: boolean;
  /** Names that are far too long. */
  long: boolean;
  /** How far the limits are used up: "near", "over", "overrun"; `null` is half. "hold" is a project that was never spoken. */
  money: string | null;
  /** "off" is not connected, "none" has no account, "here" takes the time zone of this machine. */
  publish: string | null;
  /** How it is kept on a server: "in", "linked", "aside", "again"; `null` is on this machine only. */
  sync: string | null;
  /** The window says why it shows another profile. */
  notice: boolean;
  /** No profile opens. */
  broken: boolean;
}

/** A backend with plenty in it, for looking at the window. */
export function devBackend(options: DevOptions): FakeBackend {
  const backend = new FakeBackend(profiles(options));
  const settings = { theme: options.theme, language: options.language, keys: {}, ffmpeg: null };
  backend.media = '/dev-media';
  if (options.broken) {
    backend.broken = failure(
      'disk_full',
      'There is no room left on the disk, so no profile could be opened. Free some space, then try again.',
    );
  }
  if (options.notice) {
    backend.notice = failure(
      'damaged_database',
      '/home/ana/.local/share/edit-factory/profiles/id-of-Harbour Café/profile.sqlite is damaged. It was not changed; put back a copy from the backups folder beside it. This window shows "Brand A" instead.',
    );
  }
  const library = devLibrary(options.long);
  Object.assign(
    backend.handlers,
    options.full ? { ...workshop(options.money).handlers, ...library, ...devQueue(options.long) } : {},
    devSettings(options.full),
    devSync(options.long, options.sync),
    devPublish(options.full, options.long, options.publish, library),
    devMoney(options.full, options.long, options.money),
    { app_settings_show: () => settings },
  );
  if (options.full) backend.emitElsewhere(2);
  return backend;
}

function profiles({ full, long }: DevOptions): ProfileInfo[] {
  const first = fakeProfile(full ? 'Brand A' : 'My brand', { colour: 'coral', default: true });
  if (!full) return [first];
  const more: [string, string][] = [
    ['Crumb & Co', 'teal'],
    ['Harbour Café', 'violet'],
    ['استوديو الضوء', 'amber'],
    ['Brutăria Șerban', 'lime'],
    ['Night Market', 'pink'],
  ];
  return [
    { ...first, name: named(first.name, 0, long) },
    ...more.map(([name, colour], at) =>
      fakeProfile(name, { name: named(name, at + 2, long), colour, created_at: at + 1, missing: at === 4 }),
    ),
  ];
}

/** A project; once the limits are nearly used up, another voice has spoken it than was asked for. */
function workshop(money: string | null) {
  // Nothing was spoken yet, and speaking would be paid for.
  const shop = aWorkshop(money === 'hold' ? { batches: [] } : {});
  if (money === null) return shop;
  for (const { timeline } of shop.batches.flatMap((batch) => batch.variants)) {
    timeline.voice = { ...timeline.voice, ...STEPPED };
  }
  return shop;
}
