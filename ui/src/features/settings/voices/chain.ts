/** The chain of voices: reading and changing it. Every change knows its way back. */
import { useQueryClient } from '@tanstack/react-query';
import { useHistory } from '../../../app/history';
import { keyOf, useCall } from '../../../app/queries';
import { useScope } from '../../../app/scope';
import { useSay } from '../../../app/toasts';
import type { ChainLink, VoiceChain, VoiceInfo, VoiceProvider } from '../../../backend/bindings/calls';
import { baseOf, speaks } from '../../../lib/voices';

const KEY = keyOf('voice_chain_show', {});

export function useChain() {
  const scope = useScope();
  const client = useQueryClient();
  const history = useHistory();
  const say = useSay();
  const shown = useCall('voice_chain_show', {});

  const set = async (chain: VoiceChain) => {
    const before = client.getQueryData<VoiceChain>(KEY);
    // At once: what is dragged stays where it was let go.
    client.setQueryData(KEY, chain);
    try {
      client.setQueryData(KEY, await scope.call('voice_chain_set', { chain }));
    } catch (thrown) {
      client.setQueryData(KEY, before);
      throw thrown;
    }
    // Which voices can speak depends on who is turned on.
    await client.invalidateQueries({ queryKey: keyOf('voice_list', {}) });
  };
  const change = (label: string, links: readonly ChainLink[]) => {
    const before = shown.data;
    if (!before) return;
    const step = { label, redo: () => set({ links: [...links] }), undo: () => set(before) };
    say.failing(history.perform(step));
  };
  return { shown, change };
}

/** The list with one of them at another place. */
export function moved<T>(list: readonly T[], from: number, to: number): T[] {
  const rest = list.toSpliced(from, 1);
  const one = list[from];
  return one === undefined ? [...list] : rest.toSpliced(Math.min(rest.length, Math.max(0, to)), 0, one);
}

/** The link with another voice for a language; an empty one is the provider's usual. */
export function withVoice(link: ChainLink, language: string, voice: string): ChainLink {
  const others = Object.entries(link.voices ?? {}).filter(([code]) => code !== language);
  return { ...link, voices: Object.fromEntries(voice === '' ? others : [...others, [language, voice]]) };
}

/** One voice of these speaks every language there is. */
const MANY_TONGUES: readonly VoiceProvider[] = ['elevenlabs'];

/** Voices of a provider for a language. */
export function voicesFor(provider: VoiceProvider, language: string, all: readonly VoiceInfo[]): VoiceInfo[] {
  const own = all.filter((voice) => voice.id.provider === provider);
  return MANY_TONGUES.includes(provider) ? own : own.filter((voice) => speaks(voice, language));
}

/** Languages a provider has voices for, by their short codes. */
export function languagesOf(provider: VoiceProvider, all: readonly VoiceInfo[]): string[] {
  const own = all.filter((voice) => voice.id.provider === provider);
  return [...new Set(own.map((voice) => baseOf(voice.language)))].sort();
}
