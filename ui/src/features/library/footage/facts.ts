/** What is known of a source, in words and with units. */
import { useTranslation } from 'react-i18next';
import { ago, duration, exactly, number, size } from '../../../lib/format';
import { useNow } from '../inspector/useNow';
import type { Fact } from '../inspector/Inspector';
import type { Source } from '../types';

export function useSourceFacts(): (source: Source) => (Fact | null)[] {
  const { t, i18n } = useTranslation('library');
  const now = useNow();
  const language = i18n.language;
  return (source) => {
    const { probe } = source;
    const [frames, seconds] = probe.frame_rate;
    const fps = number(frames / Math.max(1, seconds), language, frames % seconds === 0 ? 0 : 2);
    const sound = probe.sound;
    return [
      { name: t('facts.length'), value: duration(source.duration_ms) },
      { name: t('facts.picture'), value: t('facts.pixels', { width: source.width, height: source.height }) },
      {
        name: t('facts.rate'),
        value: probe.variable_rate ? t('facts.variable', { fps }) : t('facts.fps', { fps }),
      },
      { name: t('facts.codec'), value: `${probe.codec.toUpperCase()}, ${probe.pixel_format}` },
      {
        name: t('facts.sound'),
        value: sound
          ? t(sound[2] === 2 ? 'facts.stereo' : 'facts.soundIs', {
              codec: sound[0].toUpperCase(),
              khz: number(sound[1] / 1000, language, sound[1] % 1000 === 0 ? 0 : 1),
              count: sound[2],
            })
          : t('facts.noSound'),
      },
      probe.hdr ? { name: t('facts.colour'), value: t('facts.hdr', { transfer: probe.hdr }) } : null,
      { name: t('facts.size'), value: size(source.bytes, language) },
      {
        name: t('facts.added'),
        value: ago(source.created_at, now, language),
        title: exactly(source.created_at, language),
      },
      { name: t('facts.proxy'), value: source.proxy ? t('facts.hasProxy') : t('facts.noProxy') },
      { name: t('facts.place'), value: source.outside ?? t('facts.inside') },
    ];
  };
}
