/**
 * A profile that pays for speech, in memory: limits, calls, prices and keys that are changed through the calls are there
 * when they are read again. For tests and for looking at it.
 */
import type {
  CostRow,
  CostSum,
  CredentialInfo,
  Pronunciation,
  QuotaLine,
  QuotaState,
  SecretFileState,
  SpeechPlan,
  VoiceChain,
} from '../backend/bindings/calls';
import { type Handlers, failure } from '../backend/fake';
import { aVoiceCatalog } from './installed';

type Prices = ReturnType<NonNullable<Handlers['price_list']>> extends infer P ? Awaited<P> : never;

const CENT = 10_000;

/** A limit that is half used. */
export function aQuotaLine(over: Partial<QuotaLine> = {}): QuotaLine {
  return {
    provider: null,
    limit_characters: 100_000,
    limit_microusd: 22_000_000,
    share_characters: null,
    share_microusd: null,
    used_characters: 50_000,
    used_microusd: 11_000_000,
    reserved_characters: 0,
    reserved_microusd: 0,
    remaining_characters: 50_000,
    remaining_microusd: 11_000_000,
    warning: false,
    blocked: null,
    ...over,
  };
}

/** No limit, and nothing spent. */
export const NO_LIMIT = {
  limit_characters: null,
  limit_microusd: null,
  used_characters: 0,
  used_microusd: 0,
  remaining_characters: null,
  remaining_microusd: null,
} as const;

export function aQuota(over: Partial<QuotaState> = {}): QuotaState {
  return {
    month: '2026-11',
    warn_at: 0.8,
    total: aQuotaLine(),
    providers: [
      aQuotaLine({ provider: 'elevenlabs', ...NO_LIMIT, used_characters: 50_000, used_microusd: 11_000_000 }),
    ],
    ...over,
  };
}

/** A call that was paid: 420 characters, 9 cents. */
export function aCost(number: number, over: Partial<CostRow> = {}): CostRow {
  const at = Date.UTC(2026, 10, 26, 9, 0) - number * 3_600_000;
  return {
    id: `call-${number}`,
    state: 'settled',
    provider: 'elevenlabs',
    model: 'eleven_multilingual_v2',
    month: '2026-11',
    reserved: { characters: 420, microusd: 9 * CENT },
    charged: { characters: 420, microusd: 9 * CENT },
    overrun: false,
    project: 'project-1',
    project_name: 'Small world',
    job: null,
    request_id: `request-${number}`,
    why: null,
    created_at: at,
    sent_at: at + 20,
    ended_at: at + 1200,
    ...over,
  };
}

export function aSum(key: string | null, over: Partial<CostSum> = {}): CostSum {
  return {
    key,
    name: key,
    calls: 12,
    charged: { characters: 5_000, microusd: 110 * CENT },
    reserved: { characters: 0, microusd: 0 },
    ...over,
  };
}

export function aPlan(over: Partial<SpeechPlan> = {}): SpeechPlan {
  return {
    asked: { provider: 'flite', voice: 'slt' },
    scripts: [],
    characters: 0,
    price: { characters: 0, microusd: 0 },
    fits: 1,
    refusal: null,
    ...over,
  };
}

/** Another voice spoke than was asked for. */
export const STEPPED = {
  asked: { provider: 'elevenlabs', voice: 'JBFqnCBsd6RMkjVDRZzb' },
  used: { provider: 'edge', voice: 'en-US-EmmaNeural' },
  reasons: ["sentence 1: the provider's quota is used up: 3 credits left"],
  steps: [
    {
      voice: { provider: 'elevenlabs', voice: 'JBFqnCBsd6RMkjVDRZzb' },
      code: 'provider_quota',
      says: "sentence 1: the provider's quota is used up: 3 credits left",
    },
  ],
};

export interface Purse {
  quota: QuotaState;
  costs: CostRow[];
  sums: Record<'day' | 'provider' | 'project', CostSum[]>;
  prices: Prices;
  keys: CredentialInfo[];
  file: SecretFileState;
  chain: VoiceChain;
  dictionary: Pronunciation[];
  handlers: Handlers;
}

const PRICES: Prices = [
  {
    provider: 'elevenlabs',
    paid: true,
    microusd_per_1000: 220_000,
    own: false,
    assumes: 'Creator plan: 22 US dollars a month for 100,000 characters, none of them left unused',
    source: 'https://elevenlabs.io/pricing',
    as_of: '2026-11-24',
    models: { eleven_multilingual_v2: 1, eleven_turbo_v2_5: 0.5 },
  },
  ...['edge', 'piper', 'flite', 'espeak-ng'].map((provider) => ({
    provider,
    paid: false,
    microusd_per_1000: 0,
    own: false,
    assumes: null,
    source: null,
    as_of: '2026-11-24',
    models: {},
  })),
];

/** @param over what is different from a profile in which nothing was paid and nothing is limited */
export function aPurse(over: Partial<Omit<Purse, 'handlers'>> = {}): Purse {
  const purse: Purse = {
    quota: aQuota({
      total: aQuotaLine(NO_LIMIT),
      providers: [aQuotaLine({ provider: 'elevenlabs', ...NO_LIMIT })],
    }),
    costs: [],
    sums: { day: [], provider: [], project: [] },
    prices: PRICES,
    keys: [{ provider: 'elevenlabs', set: false, ends_in: null, kept_in: null }],
    file: { there: false, unlocked: false },
    chain: {
      links: (['elevenlabs', 'edge', 'piper', 'flite', 'espeak-ng'] as const).map((provider) => ({
        provider,
        on: provider !== 'elevenlabs' && provider !== 'edge',
        model: null,
        voices: {},
      })),
    },
    dictionary: [],
    handlers: {},
    ...over,
  };
  const limited = (line: QuotaLine, characters: number | null, microusd: number | null): QuotaLine => {
    const left = (limit: number | null, gone: number) => (limit === null ? null : Math.max(0, limit - gone));
    const gone = [
      line.used_characters + line.reserved_characters,
      line.used_microusd + line.reserved_microusd,
    ] as const;
    const [lettersLeft, moneyLeft] = [left(characters, gone[0]), left(microusd, gone[1])];
    const near = (limit: number | null, used: number) =>
      limit !== null && used >= limit * purse.quota.warn_at;
    return {
      ...line,
      limit_characters: characters,
      limit_microusd: microusd,
      remaining_characters: lettersLeft,
      remaining_microusd: moneyLeft,
      warning: near(characters, gone[0]) || near(microusd, gone[1]),
      blocked: lettersLeft === 0 || moneyLeft === 0 ? 'The limit of this month is reached.' : null,
    };
  };
  const key = (provider: string, change: Partial<CredentialInfo>) => {
    purse.keys = purse.keys.map((one) => (one.provider === provider ? { ...one, ...change } : one));
    return purse.keys.find((one) => one.provider === provider) as CredentialInfo;
  };
  purse.handlers = {
    quota_show: () => purse.quota,
    quota_set: ({ provider = null, characters = null, microusd = null }) => {
      const change = (line: QuotaLine) =>
        line.provider === provider ? limited(line, characters, microusd) : line;
      const { total, providers } = purse.quota;
      return (purse.quota = { ...purse.quota, total: change(total), providers: providers.map(change) });
    },
    quota_warn: ({ at }) => (purse.quota = { ...purse.quota, warn_at: at }),
    cost_list: ({ filter, limit, offset }) => {
      const has = (wanted: string | null | undefined, is: string | null) => !wanted || wanted === is;
      const found = purse.costs.filter(
        (row) =>
          has(filter.month, row.month) &&
          has(filter.provider, row.provider) &&
          has(filter.project, row.project),
      );
      return { total: found.length, costs: found.slice(offset, offset + limit) };
    },
    cost_summary: ({ by }) => purse.sums[by],
    cost_export: ({ to }) => to,
    cost_reconcile: () => {
      purse.costs = purse.costs.map((row) =>
        row.state === 'unknown' ? { ...row, state: 'settled', charged: row.reserved } : row,
      );
      return [];
    },
    price_list: () => purse.prices,
    price_set: ({ provider, microusd_per_1000: own = null }) =>
      (purse.prices = purse.prices.map((one) =>
        one.provider === provider
          ? { ...one, own: own !== null, microusd_per_1000: own ?? PRICES[0]?.microusd_per_1000 ?? 0 }
          : one,
      )),
    credential_list: () => purse.keys,
    credential_set: ({ provider, secret, keep_in = null }) =>
      key(provider, { set: true, ends_in: secret.slice(-4), kept_in: keep_in ?? 'keyring' }),
    credential_remove: ({ provider }) => key(provider, { set: false, ends_in: null, kept_in: null }),
    credential_test: ({ provider }) => {
      if (!purse.keys.some((one) => one.provider === provider && one.set)) {
        throw failure('not_found', 'There is no key. Set one first.');
      }
      return {
        works: true,
        says: 'Works: Creator plan, 83,120 characters left.',
        plan: 'Creator',
        characters_left: 83_120,
      };
    },
    secret_file_show: () => purse.file,
    secret_file_unlock: () => (purse.file = { there: true, unlocked: true }),
    voice_catalog_show: () => aVoiceCatalog(),
    voice_chain_show: () => purse.chain,
    voice_chain_set: ({ chain }) => (purse.chain = chain),
    speech_plan: () => aPlan(),
    pronunciation_show: () => purse.dictionary,
    pronunciation_set: ({ entries }) => (purse.dictionary = entries),
  };
  return purse;
}
