import type { CaptionStyle } from '../../backend/backend';
import type { Brand } from './brand';

/** The style of that id; the first when nobody chose, as core takes it. */
export function styleOf(
  styles: readonly CaptionStyle[] | undefined,
  id: string | null,
): CaptionStyle | undefined {
  return styles?.find((style) => style.id === id) ?? styles?.[0];
}

/** The style with the brand's colours and font, as the render has it. */
export function branded(style: CaptionStyle, brand: Brand): CaptionStyle {
  const colours = brand.caption_colours;
  return {
    ...style,
    colour: colours.text ?? style.colour,
    highlight_colour: colours.highlight ?? style.highlight_colour,
    emphasis_colour: colours.emphasis ?? style.emphasis_colour,
    outline_colour: colours.outline ?? style.outline_colour,
    font: brand.font ?? style.font,
  };
}
