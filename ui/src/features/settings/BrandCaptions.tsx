import { useTranslation } from 'react-i18next';
import { useCall } from '../../app/queries';
import { ColourInput } from '../../components/ColourInput';
import { Select } from '../../components/Fields';
import type { BrandPartProps } from './BrandSection';
import { Group, Setting } from '../../components/Setting';
import { styleOf } from './captionStyle';
import type { Brand } from './brand';

const COLOURS = ['text', 'highlight', 'emphasis', 'outline'] as const;
const OWN = '';

/** Colours and font the brand gives to whatever caption style a project uses. */
export function BrandCaptions({ brand, change, trying }: BrandPartProps) {
  const { t } = useTranslation('settings');
  const fonts = useCall('font_list', {});
  const styles = useCall('style_list', {});
  const style = styleOf(styles.data, brand.caption_style);
  const own = style && {
    text: style.colour,
    highlight: style.highlight_colour,
    emphasis: style.emphasis_colour,
    outline: style.outline_colour,
  };
  const tryOut = (colours: Partial<Brand['caption_colours']>) =>
    trying({ ...brand, caption_colours: { ...brand.caption_colours, ...colours } });

  return (
    <Group title={t('captionLook')}>
      <Setting label={t('font')} help={t('fontHelp')}>
        <Select
          label={t('font')}
          value={brand.font ?? OWN}
          options={[
            { value: OWN, label: t('fontOfStyle'), ...(style ? { note: style.font } : {}) },
            ...(fonts.data ?? []).map((font) => ({ value: font, label: font })),
          ]}
          onChange={(font) => change(t('didFont'), { font: font === OWN ? 'clear' : { set: font } })}
        />
      </Setting>
      {own &&
        COLOURS.map((which) => (
          <Setting key={which} label={t(`captionColour.${which}`)} help={t(`captionColourHelp.${which}`)}>
            <ColourInput
              label={t(`captionColour.${which}`)}
              value={brand.caption_colours[which]}
              otherwise={own[which]}
              onTry={(colour) => tryOut({ [which]: colour })}
              onDone={(colour) =>
                change(t('didColour'), { [`${which}_colour`]: colour === null ? 'clear' : { set: colour } })
              }
            />
          </Setting>
        ))}
    </Group>
  );
}
