/** Who speaks, as people call them: providers and their voices. */
import { useTranslation } from 'react-i18next';
import { useCall } from '../app/queries';
import type { StepDown, VoiceId, VoiceInfo } from '../backend/bindings/calls';
import { downShort } from './saidDowns';

const TITLES: Record<string, string> = {
  elevenlabs: 'ElevenLabs',
  postiz: 'Postiz',
  edge: 'Edge',
  piper: 'Piper',
  flite: 'flite',
  'espeak-ng': 'eSpeak NG',
};

/** A person's own recording stands where a voice does. */
export const RECORDED = 'recorded';
/** Asked over the network. */
export const REMOTE: readonly string[] = ['elevenlabs', 'edge'];
/** Names of these say nothing: the provider has to be asked for its list. */
const NAMED_ELSEWHERE: readonly string[] = ['elevenlabs', 'piper', 'flite'];

/** What a person calls a provider. */
export function providerTitle(provider: string): string {
  return TITLES[provider] ?? provider;
}

/** The language part of a code: "en" of "en-US". */
export const baseOf = (code: string): string => code.split(/[-_]/)[0]?.toLowerCase() ?? code;

/** "Romanian", in the language of the window; the code where there is no name for it. */
export function languageName(code: string, language: string): string {
  const names = new Intl.DisplayNames([language], { type: 'language' });
  try {
    return names.of(code) ?? code;
  } catch {
    // Not every code of a voice is one of a language ("en-us-nyc").
    return names.of(baseOf(code)) ?? code;
  }
}

/** A voice speaks a language. */
export function speaks(voice: VoiceInfo, language: string): boolean {
  const wanted = baseOf(language);
  return baseOf(voice.language) === wanted || (voice.also ?? []).some((also) => baseOf(also) === wanted);
}

/** The name of a voice alone: "Emma". Known ones are called as their provider calls them. */
export function voiceName(id: VoiceId, known: readonly VoiceInfo[], language: string): string {
  const found = known.find((one) => one.id.provider === id.provider && one.id.voice === id.voice);
  if (found) return found.name;
  if (id.provider === 'edge')
    return (
      id.voice
        .split('-')
        .at(-1)
        ?.replace(/Neural$/, '') ?? id.voice
    );
  if (id.provider === 'espeak-ng') return languageName(id.voice, language);
  return id.provider === 'flite' ? id.voice.toUpperCase() : id.voice;
}

/** Names voices for people. Asks for the list of voices only where a name cannot be told without it. */
export function useVoiceTitle(...voices: readonly VoiceId[]) {
  const { t, i18n } = useTranslation('said');
  const ask = voices.some((voice) => NAMED_ELSEWHERE.includes(voice.provider));
  const list = useCall('voice_list', {}, { enabled: ask });
  return (voice: VoiceId): string => {
    if (voice.provider === RECORDED) return t('recorded');
    const name = voiceName(voice, list.data ?? [], i18n.language);
    // A code that nobody can read is left out while its name is not known.
    const readable = name !== voice.voice || !NAMED_ELSEWHERE.includes(voice.provider);
    const provider = providerTitle(voice.provider);
    return readable ? t('voice', { name, provider }) : provider;
  };
}

/** What a badge needs to say who spoke instead of whom. */
export interface Stepped {
  asked: VoiceId;
  used: VoiceId;
  steps?: readonly StepDown[];
}

/** "Edge (ElevenLabs: quota reached)"; null when the voice that was asked for spoke. */
export function useInstead(): (voice: Stepped) => string | null {
  const { t } = useTranslation('said');
  return ({ asked, used, steps = [] }) => {
    if (asked.provider === used.provider && asked.voice === used.voice) return null;
    const first = steps[0];
    const provider = providerTitle(used.provider);
    if (!first) return t('insteadOf', { used: provider, asked: providerTitle(asked.provider) });
    const why = downShort(first.code, t);
    return t('instead', { used: provider, asked: providerTitle(first.voice.provider), why });
  };
}
