/**
 * Why a voice did not speak, as core says it, in the window's language. The sentences are stored with timelines and
 * receipts, and the same ones say why a paid call cost nothing. What a provider said in its own words stays as it is. Pure.
 */
import type { TFunction } from 'i18next';

type Found = Record<string, string>;
type Words = TFunction<'said'>;

/** What is wrong with a sound: the rules of core's check. */
const SOUNDS: readonly [RegExp, (found: Found, t: Words) => string][] = [
  [
    /^it is not a sound file that can be read to its end \((?<says>.*)\)$/s,
    ({ says = '' }, t) => t('sound.undecodable', { says }),
  ],
  [
    /^it is silent \(its loudest part is at (?<level>\S+) dB\)$/,
    ({ level = '' }, t) => t('sound.silent', { level }),
  ],
  [
    /^it is (?<seconds>\S+) s long, and (?<characters>\d+) characters take between (?<least>\S+) and (?<most>\S+) s to say$/,
    ({ seconds = '', characters = '', least = '', most = '' }, t) =>
      t('sound.duration', { seconds, characters, least, most }),
  ],
  [
    /^its level hardly changes \((?<range>\S+) dB\), as noise or a tone does and speech does not$/,
    ({ range = '' }, t) => t('sound.level', { range }),
  ],
  [
    /^it ends in the middle of a sound \(its last moment is only (?<under>\S+) dB under the speech\)$/,
    ({ under = '' }, t) => t('sound.end', { under }),
  ],
  [
    /^the voice timed (?<timed>\d+) words where the text has (?<expected>\d+)$/,
    ({ timed = '', expected = '' }, t) => t('sound.words', { timed, expected }),
  ],
];

const DOWNS: readonly [RegExp, (found: Found, t: Words) => string][] = [
  [
    /^(?<name>.+) is turned off in this profile's voice chain$/s,
    ({ name = '' }, t) => t('down.turnedOff', { name }),
  ],
  [/^no key is set for it in this profile$/, (_, t) => t('down.noKey')],
  [
    /^The system's keyring did not answer \((?<says>.*?)\)\./s,
    ({ says = '' }, t) => t('down.keyring', { says }),
  ],
  [/^The keys are in a file with a passphrase, which was not given yet\./, (_, t) => t('down.fileLocked')],
  [
    /^it failed several times lately, and is asked again in (?<seconds>\d+) s$/,
    ({ seconds = '' }, t) => t('down.resting', { seconds }),
  ],
  [
    /^it failed several times lately, and is not well yet \((?<why>.*)\)$/s,
    ({ why = '' }, t) => t('down.unwell', { why: downText(why, t) }),
  ],
  [/^no answer$/, (_, t) => t('down.noAnswer')],
  [
    /^the provider did not let this program in: (?<says>.*)$/s,
    ({ says = '' }, t) => t('down.auth', { says }),
  ],
  [/^the provider's quota is used up: (?<says>.*)$/s, ({ says = '' }, t) => t('down.quota', { says })],
  [
    /^the text has (?<found>\d+) characters and the provider takes (?<limit>\d+)$/,
    ({ found = '', limit = '' }, t) => t('down.long', { found, limit }),
  ],
  [/^the provider asks for fewer requests$/, (_, t) => t('down.rate')],
  [/^too many requests are running at the provider$/, (_, t) => t('down.busy')],
  [/^the provider cannot work now: (?<says>.*)$/s, ({ says = '' }, t) => t('down.unavailable', { says })],
  [/^the provider refused the request: (?<says>.*)$/s, ({ says = '' }, t) => t('down.refused', { says })],
  [/^the answer was lost: (?<says>.*)$/s, ({ says = '' }, t) => t('down.lost', { says })],
  [/^the provider could not be reached: (?<says>.*)$/s, ({ says = '' }, t) => t('down.network', { says })],
  [/^it took longer than (?<seconds>\d+) s$/, ({ seconds = '' }, t) => t('down.timeout', { seconds })],
  [/^the answer ended early$/, (_, t) => t('down.early')],
  [
    /^what it made is not the sentence, spoken: (?<why>.*)$/s,
    ({ why = '' }, t) => t('down.sound', { why: soundText(why, t) }),
  ],
  [/^there is nothing in it to speak$/, (_, t) => t('down.nothing')],
  [/^it was cancelled$/, (_, t) => t('down.cancelled')],
  [/^it was stopped$/, (_, t) => t('down.cancelled')],
  [/^speaking stopped unexpectedly$/, (_, t) => t('down.stopped')],
  [/^the provider charged nothing$/, (_, t) => t('down.chargedNothing')],
  [/^the program ended before it was sent$/, (_, t) => t('down.neverSent')],
  [/^the program ended before the answer came$/, (_, t) => t('down.neverAnswered')],
];

/** Names core has for a reason, by the word a badge has room for. */
const SHORT = {
  turned_off: 'off',
  wrong_language: 'language',
  no_key: 'noKey',
  keyring: 'keyring',
  resting: 'resting',
  not_installed: 'notInstalled',
  auth: 'auth',
  provider_quota: 'quota',
  over_quota: 'limit',
  text_too_long: 'long',
  rate_limited: 'busy',
  concurrency_full: 'busy',
  unavailable: 'down',
  refused: 'refused',
  lost: 'lost',
  network: 'network',
  timeout: 'slow',
  truncated: 'lost',
  invalid_audio: 'sound',
} as const;

/** Why, in two or three words: "quota reached". */
export function downShort(code: string, t: Words): string {
  const key = SHORT[code as keyof typeof SHORT] as (typeof SHORT)[keyof typeof SHORT] | undefined;
  return t(`short.${key ?? 'failed'}`);
}

function soundText(says: string, t: Words): string {
  return said(SOUNDS, says, t) ?? says;
}

/** Why a voice did not speak, or why a call cost nothing. A sentence nobody has words for is shown as it is. */
export function downText(says: string, t: Words): string {
  const numbered = /^sentence (?<number>\d+): (?<rest>.*)$/s.exec(says)?.groups;
  const { number = '', rest = says } = numbered ?? {};
  const told = said(DOWNS, rest, t);
  if (told === null) return says;
  return numbered ? t('down.sentence', { number, why: told }) : told;
}

function said(known: typeof DOWNS, says: string, t: Words): string | null {
  for (const [pattern, say] of known) {
    const found = pattern.exec(says);
    if (found) return say(found.groups ?? {}, t);
  }
  return null;
}
