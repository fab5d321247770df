/** A profile that has paid for speech for some weeks, with everything that can stand in its ledger. */
import type { Handlers } from '../backend/fake';
import { NO_LIMIT, aCost, aPlan, aPurse, aQuota, aQuotaLine, aSum } from '../testing/money';
import { named } from './names';

const CENT = 10_000;

/** @param state "near" and "over" show a limit that is nearly or wholly used up; "overrun" a service that took more */
export function devMoney(full: boolean, long: boolean, state: string | null): Handlers {
  if (!full) return aPurse().handlers;
  const month = new Date().toISOString().slice(0, 7);
  const today = new Date().getUTCDate();
  const projects = ['Small world', 'Bakery', 'Harbour'].map((name, at) => named(name, at, long));
  const costs = Array.from({ length: 640 }, (_, number) => {
    const characters = 120 + ((number * 7919) % 900);
    const price = { characters, microusd: characters * 220 };
    return aCost(number, {
      month,
      created_at: Date.now() - number * 37 * 60_000,
      reserved: price,
      charged: price,
      model: number % 3 === 1 ? 'eleven_turbo_v2_5' : 'eleven_multilingual_v2',
      project: number % 9 === 4 ? null : `project-${(number % 3) + 1}`,
      project_name: number % 9 === 4 ? null : (projects[number % 3] ?? null),
      ...(number === 0 && {
        state: 'reserved',
        charged: null,
        sent_at: null,
        ended_at: null,
        request_id: null,
      }),
      ...(number === 1 && { state: 'sent', charged: null, ended_at: null }),
      ...(number === 3 && { state: 'unknown', charged: null, why: 'it took longer than 30 s' }),
      ...(number === 5 && {
        state: 'released',
        charged: null,
        why: 'the provider could not be reached: connection refused',
      }),
      ...(number === 8 && {
        overrun: true,
        charged: { characters: characters * 2, microusd: characters * 440 },
      }),
    });
  });
  const share = state === 'over' || state === 'overrun' ? 1 : state === 'near' ? 0.86 : 0.41;
  const limit = { limit_characters: 100_000, limit_microusd: 20_000_000 };
  const gone = {
    used_characters: Math.round(100_000 * share * 0.9),
    used_microusd: Math.round(20_000_000 * share),
  };
  const held = { reserved_characters: 1_400, reserved_microusd: state === 'over' ? 0 : 308_000 };
  const left = {
    remaining_characters: Math.max(0, 100_000 - gone.used_characters - held.reserved_characters),
    remaining_microusd: Math.max(0, 20_000_000 - gone.used_microusd - held.reserved_microusd),
  };
  const overrun =
    'It charged 2900 characters ($0.64) for a call that was to cost at most 1450 ($0.32). Say that you have seen it, or set the limit again, to go on.';
  const quota = aQuota({
    month,
    total: aQuotaLine({
      ...limit,
      ...gone,
      ...held,
      ...left,
      warning: share >= 0.8,
      blocked: state === 'over' ? 'The limit of this month is reached.' : null,
    }),
    providers: [
      aQuotaLine({
        ...NO_LIMIT,
        provider: 'elevenlabs',
        ...gone,
        ...held,
        ...(state === 'overrun' && {
          limit_microusd: 30_000_000,
          remaining_microusd: 9_700_000,
          blocked: overrun,
        }),
      }),
    ],
  });
  const purse = aPurse({
    quota,
    costs,
    sums: {
      day: Array.from({ length: today }, (_, day) =>
        aSum(`${month}-${String(day + 1).padStart(2, '0')}`, {
          calls: 3 + ((day * 5) % 19),
          charged: { characters: 700 + ((day * 6971) % 4200), microusd: (15 + ((day * 83) % 92)) * CENT },
          reserved: { characters: 0, microusd: day === today - 1 ? 31 * CENT : 0 },
        }),
      ),
      provider: [aSum('elevenlabs', { calls: 640, charged: { characters: 37_300, microusd: 820 * CENT } })],
      project: [
        ...projects.map((name, at) =>
          aSum(`project-${at + 1}`, {
            name,
            calls: 300 - at * 90,
            charged: { characters: 18_000 - at * 6_000, microusd: (400 - at * 140) * CENT },
          }),
        ),
        aSum(null, { name: null, calls: 71, charged: { characters: 2_100, microusd: 46 * CENT } }),
      ],
    },
    keys: [
      { provider: 'elevenlabs', set: true, ends_in: 'x9Kd', kept_in: 'keyring' },
      { provider: 'postiz', set: true, ends_in: 'Qm4a', kept_in: 'keyring' },
    ],
    dictionary: [
      { language: 'en', written: 'Xynthi', spoken: 'Zin thee' },
      { language: 'en', written: 'Brutăria Șerban', spoken: 'Broo tuh ree ah Sher ban' },
      { language: 'ro', written: 'Cheesecake', spoken: 'cizcheic' },
    ],
  });
  purse.chain = {
    links: purse.chain.links.map((link) => ({
      ...link,
      on: true,
      ...(link.provider === 'edge' && { voices: { ro: 'ro-RO-AlinaNeural' } }),
    })),
  };
  const needed = { characters: 1_240, microusd: 272_800 };
  const all = { characters: 31_000, microusd: 6_820_000 };
  return {
    ...purse.handlers,
    speech_plan: ({ scripts }) => {
      const price = scripts.length > 1 ? all : needed;
      const fits = state === 'over' ? 0 : Math.min(scripts.length, 3);
      return aPlan({
        asked: { provider: 'elevenlabs', voice: 'JBFqnCBsd6RMkjVDRZzb' },
        scripts: scripts.map((script) => ({ script, characters: needed.characters, cached: false })),
        characters: price.characters,
        price,
        fits,
        refusal:
          fits < scripts.length
            ? {
                code: 'over_quota',
                message: 'This needs 1240 characters ($0.27), and nothing is left. Nothing was sent.',
                details: {
                  provider: null,
                  month,
                  needed: price,
                  remaining: { characters: left.remaining_characters, microusd: left.remaining_microusd },
                  overrun: null,
                },
              }
            : null,
      });
    },
    voice_list: () => [
      ...['George', 'Aria', 'Ioana'].map((name, at) => ({
        id: { provider: 'elevenlabs', voice: at === 0 ? 'JBFqnCBsd6RMkjVDRZzb' : `voice-${at}` },
        language: 'en',
        name,
        installed: true,
        paid: true,
      })),
      ...(
        [
          ['en-US-EmmaNeural', 'en', 'Emma, US (Female)'],
          ['en-GB-RyanNeural', 'en', 'Ryan, GB (Male)'],
          ['ro-RO-AlinaNeural', 'ro', 'Alina, RO (Female)'],
          ['ro-RO-EmilNeural', 'ro', 'Emil, RO (Male)'],
          ['de-DE-KatjaNeural', 'de', 'Katja, DE (Female)'],
        ] as const
      ).map(([voice, language, name]) => ({
        id: { provider: 'edge', voice },
        language,
        name,
        installed: true,
        paid: false,
      })),
      ...(
        [
          ['slt', 'Susan, American'],
          ['rms', 'Robert, American'],
        ] as const
      ).map(([voice, name]) => ({
        id: { provider: 'flite', voice },
        language: 'en',
        name,
        installed: true,
        paid: false,
      })),
      ...(
        [
          ['en', 'English'],
          ['ro', 'Romanian'],
          ['de', 'German'],
        ] as const
      ).map(([voice, name]) => ({
        id: { provider: 'espeak-ng', voice },
        language: voice,
        name,
        installed: true,
        paid: false,
      })),
    ],
  };
}
