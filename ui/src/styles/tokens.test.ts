import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { COLOURS } from '../components/ColourPicker';

const sheet = readFileSync(resolve(import.meta.dirname, 'tokens.css'), 'utf8');

/** Tokens of the blocks whose selector matches, later ones over earlier ones. */
function tokens(selector: RegExp): Map<string, string> {
  const found = new Map<string, string>();
  for (const [, name = '', body = ''] of sheet.matchAll(/([^{}]+)\{([^}]*)\}/g)) {
    if (!selector.test(name)) continue;
    for (const [, key = '', value = ''] of body.matchAll(/(--[\w-]+):\s*([^;]+);/g))
      found.set(key, value.trim());
  }
  return found;
}

const dark = tokens(/:root/);
const THEMES = { dark, light: new Map([...dark, ...tokens(/'light'/)]) };

/** Relative luminance (WCAG 2.2). */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a: string, b: string): number {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

/** A colour with its share of opacity over another. */
function over(colour: string, ground: string): string {
  const alpha = colour.length > 7 ? parseInt(colour.slice(7), 16) / 255 : 1;
  const mixed = [1, 3, 5].map((at) => {
    const [top, under] = [colour, ground].map((hex) => parseInt(hex.slice(at, at + 2), 16)) as [
      number,
      number,
    ];
    return Math.round(top * alpha + under * (1 - alpha))
      .toString(16)
      .padStart(2, '0');
  });
  return `#${mixed.join('')}`;
}

describe.each(['dark', 'light'] as const)('colours of the %s theme', (theme) => {
  const colour = (name: string) => {
    const value = THEMES[theme].get(`--${name}`);
    if (!value) throw new Error(`no token ${name}`);
    return value;
  };
  const grounds = ['canvas', 'surface', 'raised'];

  it.each(['text', 'muted', 'faint', 'action', 'good', 'warn', 'bad'])(
    '%s_can_be_read_on_every_ground',
    (name) => {
      for (const ground of grounds)
        expect(contrast(colour(name), colour(ground)), ground).toBeGreaterThanOrEqual(4.5);
    },
  );

  it.each(['text', 'muted'])('%s_can_be_read_on_what_is_chosen_or_under_the_pointer', (name) => {
    for (const veil of ['action-soft', 'hover', 'pressed']) {
      for (const ground of grounds) {
        const mixed = over(colour(veil), colour(ground));
        expect(contrast(colour(name), mixed), `${veil} on ${ground}`).toBeGreaterThanOrEqual(4.5);
      }
    }
  });

  it.each(['line-strong', 'action'])('%s_can_be_seen_around_fields_and_as_focus', (name) => {
    for (const ground of grounds)
      expect(contrast(colour(name), colour(ground)), ground).toBeGreaterThanOrEqual(3);
  });

  it('a_button_can_be_read', () => {
    expect(contrast(colour('on-action'), colour('action'))).toBeGreaterThanOrEqual(4.5);
  });

  it.each(COLOURS)('an_initial_can_be_read_on_%s_and_the_line_of_it_be_seen', (name) => {
    expect(contrast(colour('on-profile'), colour(name))).toBeGreaterThanOrEqual(4.5);
    expect(contrast(colour(name), colour('canvas'))).toBeGreaterThanOrEqual(3);
  });
});
