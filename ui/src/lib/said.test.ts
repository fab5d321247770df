import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { i18next } from '../i18n';
import { en } from '../i18n/en';
import { downShort, downText } from './saidDowns';
import { failureLead, failureLine, jobTitle, stepText } from './said';
import { noteText } from './saidNotes';
import { reasonText } from './saidReasons';

const english = i18next.getFixedT('en', 'said');
const romanian = i18next.getFixedT('ro', 'said');

const STEPS = [
  'encoding shot 4 of 9',
  'mixing the sound',
  'joining',
  'checking the video',
  'reading the plan',
  'making a proxy of rabbit.mp4',
  'looking at rabbit.mp4',
  'speaking "Bakery"',
  'planning "Bakery"',
  'uploading "Bakery 1.mp4"',
  'making the posts',
  'looking whether it is there',
  'taking the post out of its old place',
  'waiting for Postiz until 2026-11-26T18:00:00Z',
];

it('every_step_has_words_in_both_languages_and_an_unknown_one_is_shown_as_it_is', () => {
  for (const t of [english, romanian]) {
    for (const step of STEPS) {
      expect(stepText(step, t)).not.toBe(step);
      expect(stepText(step, t)).not.toContain('step.');
    }
  }
  expect(stepText('encoding shot 4 of 9', romanian)).toBe('Codează cadrul 4 din 9');
  expect(stepText('polishing the lens', romanian)).toBe('polishing the lens');
  expect(stepText('', english)).toBe('');
});

it.each([
  ['pinned', 'fixat'],
  ['kept from before', 'păstrat de dinainte'],
  ['kept from before (tag: oven)', 'păstrat de dinainte (etichetă: oven)'],
  ['shown elsewhere in this video', 'apare în altă parte în acest videoclip'],
  ['strongest opening', 'cea mai bună deschidere'],
  ['strongest opening, tag: warm, unused bread', 'cea mai bună deschidere, etichetă: warm, unused bread'],
  ['file name: bread, unused, sharp', 'numele fișierului: bread, nefolosit, clar'],
  [
    'tag of the script: bread, shown in 1 earlier video',
    'eticheta textului: bread, apare într-un videoclip anterior',
  ],
  ['shown in 3 earlier videos, lively', 'apare în 3 videoclipuri anterioare, plin de mișcare'],
  [
    'tag: oven, shown again: no unused shot left',
    'etichetă: oven, apare din nou: nu a mai rămas niciun cadru nefolosit',
  ],
  ['a hunch', 'a hunch'],
  ['', ''],
])('the_reason_%s_is_said_in_romanian', (reason, said) => {
  expect(reasonText(reason, romanian)).toBe(said);
  expect(reasonText(reason, english)).toBe(reason);
});

const NOTES = [
  'Only 12 shots for 40 places: each is shown up to 4 times. Add about 28 shots (61 s of footage) for no repeats.',
  'Only 1 shot for 2 places, which other scripts of the batch use too: each is shown up to 2 times. Add about 1 shot (2 s of footage) for no repeats.',
  '2 shots were left out because the places are longer and cannot be cut shorter without cutting into a word.',
  'After "bread" there is a pause longer than any shot: the picture changes inside the pause.',
  'One pinned shot belongs to a sentence that is no longer in the script.',
  '3 pinned shots belong to sentences that are no longer in the script.',
  'The shot pinned for "Fresh bread" is no longer among the footage; another one is shown.',
  'The shot pinned as number 2 of "Fresh bread" does not fit there; another one is shown.',
  'no hardware encoder passed its test on this machine; x264 was used',
  'nvenc failed at work; x264 was used',
  'flite:slt speaks English, and the script is in Romanian',
  'flite:slt is not there: this ffmpeg was built without flite',
  'espeak-ng:ro is not there: espeak-ng is not installed',
  'edge:en-GB-RyanNeural speaks English (en), and the script is in Romanian (ro)',
  'piper:ro_RO-mihai-medium is not there: this voice is not installed',
  'piper:ro_RO-mihai-medium is not there: ONNX Runtime is not installed',
  'piper:ro_RO-mihai-medium is not there: its test sentence was not heard yet',
];

/** Why a voice did not speak, as core says it. What stands after a colon or in brackets is the provider's own. */
const DOWNS = [
  "Edge read-aloud is turned off in this profile's voice chain",
  'no key is set for it in this profile',
  "The system's keyring did not answer (no bus). Everything that needs no key goes on working. Unlock it, or install one.",
  'The keys are in a file with a passphrase, which was not given yet. Everything that needs no key goes on working.',
  'it failed several times lately, and is asked again in 42 s',
  'it failed several times lately, and is not well yet (the provider asks for fewer requests)',
  'the provider did not let this program in: Invalid API key',
  "the provider's quota is used up: You have 3 credits remaining",
  'the text has 6000 characters and the provider takes 5000',
  'the provider asks for fewer requests',
  'too many requests are running at the provider',
  'the provider cannot work now: HTTP 503',
  'the provider refused the request: voice_not_found',
  'the answer was lost: connection reset',
  'the provider could not be reached: timed out',
  'it took longer than 30 s',
  'the answer ended early',
  'there is nothing in it to speak',
  'it was cancelled',
  'speaking stopped unexpectedly',
  'what it made is not the sentence, spoken: it is not a sound file that can be read to its end (moov atom)',
  'what it made is not the sentence, spoken: it is silent (its loudest part is at -91 dB)',
  'what it made is not the sentence, spoken: it is 0.4 s long, and 60 characters take between 2.1 and 9.0 s to say',
  'what it made is not the sentence, spoken: its level hardly changes (1 dB), as noise or a tone does and speech does not',
  'what it made is not the sentence, spoken: it ends in the middle of a sound (its last moment is only 4 dB under the speech)',
  'what it made is not the sentence, spoken: the voice timed 7 words where the text has 9',
  'the program ended before it was sent',
  'the program ended before the answer came',
  'the provider charged nothing',
];

it.each(DOWNS)('the step down "%s" is said in romanian', (says) => {
  for (const spoken of [says, `sentence 3: ${says}`]) {
    const told = downText(spoken, romanian);
    expect(told).not.toBe(spoken);
    expect(told).not.toMatch(/down\.|sound\.|\{\{|undefined| the | is | it /);
    expect(noteText(spoken, romanian, 'ro')).toBe(told);
  }
});

it('a_step_down_keeps_what_the_provider_said_and_which_sentence_it_was', () => {
  expect(downText("sentence 2: the provider's quota is used up: 3 credits left", romanian)).toBe(
    'propoziția 2: cota de la furnizor este epuizată: 3 credits left',
  );
  expect(downText('nobody knows', romanian)).toBe('nobody knows');
  expect(downShort('provider_quota', english)).toBe('quota reached');
  expect(downShort('provider_quota', romanian)).toBe('cotă epuizată');
  expect(downShort('of_tomorrow', english)).toBe('failed');
});

it('a_language_with_its_code_is_named_in_romanian', () => {
  expect(
    noteText('edge:en-GB-RyanNeural speaks English (en), and the script is in Romanian (ro)', romanian, 'ro'),
  ).toBe('edge:en-GB-RyanNeural vorbește engleză, iar textul este în română');
});

it('every_note_is_said_in_romanian', () => {
  for (const note of NOTES) {
    const said = noteText(note, romanian, 'ro');
    expect(said).not.toBe(note);
    expect(said).not.toMatch(/note\.|\{\{|undefined| the | is /);
  }
  expect(noteText(NOTES[0] ?? '', romanian, 'ro')).toBe(
    'Doar 12 cadre pentru 40 locuri: fiecare apare de până la 4 ori. Mai adaugă cam 28 de cadre (61 s de filmare) ca să nu se repete nimic.',
  );
  expect(noteText(NOTES[10] ?? '', romanian, 'ro')).toBe(
    'flite:slt vorbește engleză, iar textul este în română',
  );
  expect(noteText('Something new', romanian, 'ro')).toBe('Something new');
});

it('a_failure_is_said_in_the_language_of_the_window_first_and_then_as_core_says_it', () => {
  const failure = { code: 'disk_full', message: 'No room is left on the disk.', details: {} } as const;
  expect(failureLead(failure, romanian)).toBe('Discul este plin');
  expect(failureLine(failure, romanian, 'ro')).toBe('Discul este plin (No room is left on the disk.)');
  expect(failureLine(failure, english, 'en')).toBe('No room is left on the disk.');
  expect(failureLead({ code: 'of_tomorrow' as 'internal' }, romanian)).toBe('Nu a mers');
});

it('a_video_that_is_made_is_called_so_and_names_of_people_stay', () => {
  const render = { kind: 'render', variant: 'v' } as const;
  const proxy = { kind: 'proxy', source: 's' } as const;
  expect(jobTitle({ title: 'Bakery – video 2', kind: render }, romanian)).toBe('Bakery – videoclipul 2');
  expect(jobTitle({ title: 'Bakery – Morning 2', kind: render }, romanian)).toBe('Bakery – Morning 2');
  expect(jobTitle({ title: 'a – video 2', kind: proxy }, romanian)).toBe('a – video 2');
});

it('knows_every_code_and_the_sentences_that_core_has_in_its_source', () => {
  const core = resolve(import.meta.dirname, '../../../src-tauri/core/src');
  const source = readdirSync(core, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.rs'))
    .map((file) => readFileSync(join(core, file), 'utf8'))
    .join('\n')
    // A sentence that goes on in the next line of the source.
    .replace(/\\\n\s*/g, '');
  const bindings = readFileSync(resolve(import.meta.dirname, '../backend/bindings/calls.ts'), 'utf8');
  const codes = [...(/export type Code = (.*);/.exec(bindings)?.[1] ?? '').matchAll(/"(\w+)"/g)];
  expect(codes.length).toBeGreaterThan(20);
  expect(codes.map(([, code = '']) => code).filter((code) => !(code in en.said.failure))).toEqual([]);
  const phrases = [
    ...['strongest opening', 'kept from before', 'shown elsewhere in this video', 'tag of the script: '],
    ...['shown again: no unused shot left', 'shown again: no unused shot is long enough', 'rich in contrast'],
    ...[
      'which other scripts of the batch use too',
      'of footage) for no repeats.',
      'there is a pause longer than any',
    ],
    ...[
      'left out because the places are longer and cannot be cut shorter',
      'pinned shots belong to sentences',
    ],
    ...[
      'is no longer among the footage; another one',
      'does not fit there; another one is shown',
      'failed at work; x264',
    ],
    ...['no hardware encoder passed its test', 'and the script is in', 'this ffmpeg was built without flite'],
    ...[
      'this voice is not installed',
      'its test sentence was not heard yet',
      'ONNX Runtime is not installed',
    ],
    ...[
      'mixing the sound',
      'checking the video',
      'reading the plan',
      'making a proxy of',
      'looking at ',
      'encoding shot ',
    ],
    ...['making the posts', 'looking whether it is there', 'taking the post out of its old place'],
    ...['waiting for Postiz until ', 'uploading \\"'],
    ...['did not let this program in: ', "provider's quota is used up", 'asks for fewer requests'],
    ...['cannot work now: ', 'the answer was lost: ', 'could not be reached: ', 'it took longer than '],
    ...[
      'the answer ended early',
      'is turned off in this profile',
      'no key is set for it',
      'is asked again in ',
    ],
    ...[
      'is not well yet (',
      'is not the sentence, spoken: ',
      'its level hardly changes',
      'in the middle of a sound',
    ],
    ...['words where the text has', 'the program ended before it was sent', 'ended before the answer came'],
  ];
  expect(phrases.filter((phrase) => !source.includes(phrase))).toEqual([]);
});
