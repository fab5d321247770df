/** A few words in a caption style, drawn with the fonts of the render: enough to choose by, not the render itself. */
import type { CSSProperties } from 'react';
import type { CaptionStyle } from '../backend/backend';
import { cssFamily } from '../lib/fonts';
import css from './CaptionSample.module.css';

/** From the top of a capital to the foot of a "p" in these fonts, as a share of the font size. */
const CAPITAL_TO_FOOT = 0.93;

/**
 * @param height how high the frame is that it stands in, pixels: sizes of a style are shares of it
 * @param spoken which word is being spoken
 */
export function CaptionSample(props: {
  style: CaptionStyle;
  words: readonly string[];
  spoken: number;
  height: number;
}) {
  const { style, height } = props;
  const outline = style.outline * height;
  const soft = style.softness * height;
  const drop = style.shadow * height;
  const shadow = `rgb(0 0 0 / ${style.shadow_opacity})`;
  const text: CSSProperties = {
    fontFamily: cssFamily(style.font),
    fontSize: (style.size * height) / CAPITAL_TO_FOOT,
    letterSpacing: style.letter_spacing * style.size * height,
    color: style.colour,
    textTransform: style.capitals ? 'uppercase' : 'none',
    // Half of a stroke lies under the letter.
    WebkitTextStroke: outline > 0 ? `${2 * outline}px ${style.outline_colour}` : undefined,
    textShadow: drop + soft > 0 ? `${drop}px ${drop}px ${2 * soft}px ${shadow}` : undefined,
  };
  const back = style.background;
  if (back) {
    const [colour, opacity] = back;
    text.background = `color-mix(in srgb, ${colour} ${Math.round(opacity * 100)}%, transparent)`;
    text.padding = '0.25em 0.5em';
    text.borderRadius = '0.15em';
  }
  return (
    <span className={css.sample} style={text}>
      {props.words.map((word, index) => (
        <span key={index} className={css.word} style={wordStyle(style, index, props.spoken)}>
          {word}
        </span>
      ))}
    </span>
  );
}

function wordStyle(style: CaptionStyle, index: number, spoken: number): CSSProperties {
  const now = index === spoken;
  switch (style.highlight) {
    case 'none':
      return {};
    case 'fill':
      return index <= spoken ? { color: style.highlight_colour } : {};
    case 'word':
      return now ? { color: style.highlight_colour } : {};
    case 'pop':
      return now ? { color: style.highlight_colour, transform: 'scale(1.08)' } : {};
    case 'box':
      return now
        ? {
            color: style.on_box_colour ?? style.colour,
            background: style.highlight_colour,
            padding: '0.05em 0.2em',
            margin: '0 -0.2em',
            borderRadius: '0.18em',
            WebkitTextStroke: '0',
          }
        : {};
  }
}
