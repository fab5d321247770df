/** What a person should know about a plan or a finished video, as core says it, in the window's language. Pure. */
import type { TFunction } from 'i18next';
import { downText } from './saidDowns';

type Named = Record<string, string>;
type Words = TFunction<'said'>;

const NOTES: readonly [RegExp, (found: Named, t: Words, language: string) => string][] = [
  [
    /^Only (?<shots>\d+) shots? for (?<places>\d+) places(?<also>, which other scripts of the batch use too)?: each is shown up to (?<most>\d+) times\. Add about (?<again>\d+) shots? \((?<seconds>\d+) s of footage\) for no repeats\.$/,
    ({ shots, places = '', also, most = '', again, seconds = '' }, t) =>
      t('note.few', {
        count: Number(shots),
        places,
        also: also ? t('note.also') : '',
        most,
        more: t('note.more', { count: Number(again) }),
        seconds,
      }),
  ],
  [
    /^(?<shots>\d+) shots? (?:was|were) left out because the places are longer and cannot be cut shorter without cutting into a word\.$/,
    ({ shots }, t) => t('note.leftOut', { count: Number(shots) }),
  ],
  [
    /^After "(?<word>.+)" there is a pause longer than any shot: the picture changes inside the pause\.$/s,
    ({ word = '' }, t) => t('note.pause', { word }),
  ],
  [
    /^One pinned shot belongs to a sentence that is no longer in the script\.$/,
    (_, t) => t('note.lostPins', { count: 1 }),
  ],
  [
    /^(?<pins>\d+) pinned shots belong to sentences that are no longer in the script\.$/,
    ({ pins }, t) => t('note.lostPins', { count: Number(pins) }),
  ],
  [
    /^The shot pinned for "(?<name>.+)" is no longer among the footage; another one is shown\.$/s,
    ({ name = '' }, t) => t('note.pinGone', { name }),
  ],
  [
    /^The shot pinned as number (?<number>\d+) of "(?<name>.+)" does not fit there; another one is shown\.$/s,
    ({ number = '', name = '' }, t) => t('note.pinUnfit', { number, name }),
  ],
  [/^no hardware encoder passed its test on this machine; x264 was used$/, (_, t) => t('note.noHardware')],
  [/^(?<name>.+) failed at work; x264 was used$/, ({ name = '' }, t) => t('note.encoderFailed', { name })],
  [
    /^(?<name>\S+) speaks (?<spoken>.+), and the script is in (?<script>.+)$/,
    ({ name = '', spoken = '', script = '' }, t, language) =>
      t('note.speaks', {
        name,
        spoken: languageName(spoken, language),
        script: languageName(script, language),
      }),
  ],
  [
    /^(?<name>\S+) is not there: this ffmpeg was built without flite$/,
    ({ name = '' }, t) => t('note.noFlite', { name }),
  ],
  [
    /^(?<name>\S+) is not there: this voice is not installed$/,
    ({ name = '' }, t) => t('note.noVoice', { name }),
  ],
  [
    /^(?<name>\S+) is not there: its test sentence was not heard yet$/,
    ({ name = '' }, t) => t('note.unheard', { name }),
  ],
  [
    /^(?<name>\S+) is not there: (?<program>.+) is not installed$/,
    ({ name = '', program = '' }, t) => t('note.notInstalled', { name, program }),
  ],
];

export function noteText(note: string, t: Words, language: string): string {
  for (const [pattern, say] of NOTES) {
    const found = pattern.exec(note);
    if (found) return say(found.groups ?? {}, t, language);
  }
  // Why a voice did not speak is told with the same notes.
  return downText(note, t);
}

const LETTERS = [...'abcdefghijklmnopqrstuvwxyz'];

/** A language that core names in English ("Romanian"), as the window's language names it ("română"). */
function languageName(named: string, language: string): string {
  // With its code behind it: "Romanian (ro)".
  const { name: english = named, known: told } =
    /^(?<name>.+) \((?<known>[\w-]+)\)$/s.exec(named)?.groups ?? {};
  if (language.startsWith('en')) return english;
  const known = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' });
  const codes = LETTERS.flatMap((first) => LETTERS.map((second) => first + second));
  const code = told ?? codes.find((one) => known.of(one) === english);
  return (code && new Intl.DisplayNames([language], { type: 'language' }).of(code)) ?? english;
}
