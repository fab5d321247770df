/** Which voice of a provider speaks which language; each can be heard. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChainLink, VoiceInfo } from '../../../backend/bindings/calls';
import { Select } from '../../../components/Fields';
import { baseOf, languageName } from '../../../lib/voices';
import { sampleOf } from '../../../lib/samples';
import { PlayButton } from '../../../components/PlayButton';
import css from './Voices.module.css';
import { languagesOf, voicesFor, withVoice } from './chain';
import { useHear } from './useHear';

/** Shown first: the languages of the window. */
const FIRST = ['en', 'ro'];

export function LinkVoices(props: {
  link: ChainLink;
  voices: readonly VoiceInfo[] | null;
  onChange: (link: ChainLink) => void;
}) {
  const { link, voices } = props;
  const { t, i18n } = useTranslation('voices');
  const hear = useHear();
  const [added, setAdded] = useState<readonly string[]>([]);
  const all = voices ?? [];
  const there = languagesOf(link.provider, all);
  const set = Object.keys(link.voices ?? {});
  const first = FIRST.filter((code) => link.provider === 'elevenlabs' || there.includes(code));
  const shown = [...new Set([...first, ...set, ...added])];
  const others = there.filter((code) => !shown.includes(code));
  const named = (code: string) => languageName(code, i18n.language);

  if (voices && there.length === 0 && set.length === 0) {
    return <p className={css.none}>{t(link.provider === 'elevenlabs' ? 'noneRemote' : 'noneHere')}</p>;
  }
  return (
    <div className={css.voices}>
      {shown.map((code) => {
        const list = voicesFor(link.provider, code, all);
        const chosen = link.voices?.[code] ?? '';
        const known = list.some((voice) => voice.id.voice === chosen);
        const usual = link.provider === 'elevenlabs' ? undefined : list[0];
        const spoken = chosen === '' ? usual?.id.voice : chosen;
        const label = t('voiceFor', { language: named(code) });
        return (
          <div key={code} className={css.voice}>
            <span className={css.language}>{named(code)}</span>
            <Select
              label={label}
              value={chosen}
              options={[
                { value: '', label: usual ? t('usualIs', { name: usual.name }) : t('usual') },
                ...list.map((voice) => ({
                  value: voice.id.voice,
                  label: voice.name,
                  ...(baseOf(voice.language) !== voice.language && { note: voice.language }),
                })),
                // Chosen some time ago, and not in the list of now.
                ...(chosen !== '' && !known ? [{ value: chosen, label: chosen }] : []),
              ]}
              onChange={(voice) => props.onChange(withVoice(link, code, voice))}
            />
            <PlayButton
              label={t('hear', {
                language: named(code),
                name: list.find((v) => v.id.voice === spoken)?.name ?? '',
              })}
              disabled={!link.on || spoken === undefined}
              load={() =>
                hear({
                  text: sampleOf(code),
                  language: code,
                  voice: { provider: link.provider, voice: spoken ?? '' },
                })
              }
            />
          </div>
        );
      })}
      {others.length > 0 && (
        <div className={css.another}>
          <Select
            label={t('addLanguage')}
            value=""
            options={[
              { value: '', label: t('addLanguage') },
              ...others
                .map((code) => ({ value: code, label: named(code) }))
                .sort((a, b) => a.label.localeCompare(b.label, i18n.language)),
            ]}
            onChange={(code) => code !== '' && setAdded([...added, code])}
          />
        </div>
      )}
      {!link.on && <p className={css.note}>{t('offNote')}</p>}
    </div>
  );
}
