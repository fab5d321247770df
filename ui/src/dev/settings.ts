/** Settings in use: a brand with everything, backups, a report with each kind of line. */
import type { Handlers } from '../backend/fake';
import { aKit } from '../testing/brand';
import { aStyle } from '../testing/project';

const DAY = 86_400_000;

export function devSettings(full: boolean): Handlers {
  const now = Date.now();
  const file = (path: string) => ({ path, hash: 'ab'.repeat(32) });
  const kit = full
    ? aKit({
        logo: { file: file('media/brand/logo.svg'), corner: 'top_right', width: 0.28, opacity: 0.9 },
        intro: { file: file('media/intro.mp4'), duration_ms: 2400, sound: true, framing: null },
        hook_title: { text: 'Baked this morning', show_ms: 2500 },
        caption_colours: { text: null, highlight: '#ffb35c', emphasis: null, outline: null },
      })
    : aKit();
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
    ...kit.handlers,
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
    storage_show: () => ({
      folder: '/home/ana/.local/share/edit-factory/profiles/0198f2c4-77aa-7c31-9d52-0b6f1a6d2c11',
      parts: full
        ? [
            { name: 'media', bytes: 18_420_000_000 },
            { name: 'cache', bytes: 2_310_000_000 },
            { name: 'clips', bytes: 1_120_000_000 },
            { name: 'trash', bytes: 240_000_000 },
            { name: 'database', bytes: 6_400_000 },
            { name: 'inbox', bytes: 1_200_000 },
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
