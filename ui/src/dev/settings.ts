/** Settings in use: a brand with everything, backups, a report with each kind of line. */
import type { Brand } from '../backend/bindings/calls';
import type { Handlers } from '../backend/fake';
import { aBrand, aStyle } from '../testing/project';

const DAY = 86_400_000;

/** What a patch leaves of a value. */
function changed<T>(before: T | null, change: 'keep' | 'clear' | { set: T } | undefined): T | null {
  if (change === undefined || change === 'keep') return before;
  return change === 'clear' ? null : change.set;
}

export function devSettings(full: boolean): Handlers {
  const now = Date.now();
  const file = (path: string) => ({ path, hash: 'ab'.repeat(32) });
  let brand: Brand = full
    ? aBrand({
        logo: { file: file('media/brand/logo.svg'), corner: 'top_right', width: 0.28, opacity: 0.9 },
        intro: { file: file('media/intro.mp4'), duration_ms: 2400, sound: true, framing: null },
        hook_title: { text: 'Baked this morning', show_ms: 2500 },
        caption_colours: { text: null, highlight: '#ffb35c', emphasis: null, outline: null },
      })
    : aBrand();
  const styles = [
    aStyle(),
    aStyle({
      id: 'clean',
      name: 'Clean',
      font: 'Inter',
      size: 0.032,
      highlight: 'none',
      outline: 0.0011,
      capitals: false,
    }),
    aStyle({
      id: 'karaoke',
      name: 'Karaoke',
      font: 'Nunito ExtraBold',
      highlight: 'fill',
      highlight_colour: '#37e0c8',
      capitals: false,
    }),
    aStyle({
      id: 'boxed',
      name: 'Boxed word',
      size: 0.038,
      highlight: 'box',
      highlight_colour: '#6b38fb',
      on_box_colour: '#ffffff',
      outline: 0.0022,
      capitals: false,
    }),
    aStyle({ id: 'headline', name: 'Headline', font: 'Anton', size: 0.05, highlight: 'word' }),
    aStyle({
      id: 'editorial',
      name: 'Editorial',
      font: 'Playfair Display',
      size: 0.04,
      highlight: 'word',
      capitals: false,
    }),
    aStyle({
      id: 'label',
      name: 'Label',
      font: 'Montserrat SemiBold',
      size: 0.03,
      highlight: 'none',
      outline: 0,
      shadow: 0,
      colour: '#14171d',
      background: ['#ffffff', 0.95],
      capitals: false,
    }),
    aStyle({
      id: 'comic',
      name: 'Comic',
      font: 'Bangers',
      size: 0.056,
      highlight: 'pop',
      highlight_colour: '#ff5c8a',
    }),
    aStyle({
      id: 'night',
      name: 'Night',
      font: 'Montserrat SemiBold',
      size: 0.034,
      highlight: 'word',
      highlight_colour: '#8fb7ff',
      capitals: false,
    }),
  ];

  return {
    style_list: () => styles,
    font_list: () => [
      'Montserrat ExtraBold',
      'Montserrat SemiBold',
      'Inter',
      'Anton',
      'Bangers',
      'Nunito ExtraBold',
      'Playfair Display',
    ],
    brand_show: () => brand,
    brand_set: ({ patch }) => {
      const { logo } = brand;
      const path = changed(logo?.file.path ?? null, patch.logo);
      const title = changed(brand.hook_title?.text ?? null, patch.hook_title);
      brand = {
        ...brand,
        logo: path
          ? {
              file: file(path),
              corner: patch.logo_corner ?? logo?.corner ?? 'top_right',
              width: patch.logo_width ?? logo?.width ?? 0.16,
              opacity: patch.logo_opacity ?? logo?.opacity ?? 0.9,
            }
          : null,
        hook_title: title
          ? { text: title, show_ms: patch.hook_title_ms ?? brand.hook_title?.show_ms ?? 2500 }
          : null,
        intro: patch.intro === 'clear' ? null : brand.intro,
        caption_style: changed(brand.caption_style, patch.caption_style),
        font: changed(brand.font, patch.font),
        caption_colours: {
          text: changed(brand.caption_colours.text, patch.text_colour),
          highlight: changed(brand.caption_colours.highlight, patch.highlight_colour),
          emphasis: changed(brand.caption_colours.emphasis, patch.emphasis_colour),
          outline: changed(brand.caption_colours.outline, patch.outline_colour),
        },
      };
      return brand;
    },
    storage_show: () => ({
      folder: '/home/ana/.local/share/edit-factory/profiles/0198f2c4-77aa-7c31-9d52-0b6f1a6d2c11',
      parts: full
        ? [
            { name: 'media', bytes: 18_420_000_000 },
            { name: 'cache', bytes: 2_310_000_000 },
            { name: 'clips', bytes: 1_120_000_000 },
            { name: 'trash', bytes: 240_000_000 },
            { name: 'database', bytes: 6_400_000 },
            { name: 'logs', bytes: 1_200_000 },
          ]
        : [{ name: 'database', bytes: 210_000 }],
      free_bytes: 214_000_000_000,
    }),
    cache_clear: () => 2_310_000_000,
    profile_backups: () =>
      full
        ? [1, 3, 12].map((days) => ({
            name: `before-${days}`,
            at: now - days * DAY,
            bytes: 5_900_000 - days * 90_000,
          }))
        : [],
    doctor: () => [
      { name: 'ffmpeg', ok: true, says: 'ffmpeg 7.1, /usr/bin/ffmpeg', todo: '' },
      {
        name: 'espeak-ng',
        ok: true,
        says: 'Not installed. English voices work without it.',
        todo: 'For other languages: apt install espeak-ng',
      },
      { name: 'voices', ok: true, says: '4 voices for English, 1 for Romanian.', todo: '' },
      { name: 'captions', ok: true, says: '7 fonts are there and libass draws with them.', todo: '' },
      { name: 'encoder', ok: true, says: 'x264, superfast; no hardware encoder was faster.', todo: '' },
      {
        name: 'disk',
        ok: false,
        says: 'Only 410 MB are free: not even one video fits.',
        todo: 'Free some space, or clear the cache (Settings, Storage).',
      },
      { name: 'database', ok: true, says: 'Schema 1, no damage found.', todo: '' },
    ],
    diagnostics: ({ to }) => to,
  };
}
