import { describe, expect, it } from 'vitest';
import type { BrandPatch } from '../../backend/bindings/calls';
import { patched } from '../../testing/brand';
import { aBrand } from '../../testing/project';
import { wayBack } from './brand';

const FULL = aBrand({
  logo: {
    file: { path: 'media/brand/logo.png', hash: 'ab'.repeat(32) },
    corner: 'bottom_left',
    width: 0.3,
    opacity: 0.5,
  },
  hook_title: { text: 'Baked this morning', show_ms: 4000 },
  caption_style: 'clean',
  font: 'Anton',
});

/** As core sees the files that come back: inside the profile. */
const inside = (patch: BrandPatch): BrandPatch =>
  JSON.parse(JSON.stringify(patch).replaceAll('/home/a/profile/', '')) as BrandPatch;

describe('the way back of a change of the brand', () => {
  const patches: BrandPatch[] = [
    { logo: 'clear' },
    { logo: { set: '/other.png' } },
    { logo_corner: 'top_right', logo_opacity: 1 },
    { hook_title: 'clear' },
    { hook_title: { set: 'Another' } },
    { hook_title_ms: 900 },
    { caption_style: 'clear', font: { set: 'Inter' } },
    { highlight_colour: { set: '#ff0000' } },
  ];

  it.each(patches)('leads_to_the_kit_as_it_was: %o', (patch) => {
    const after = patched(FULL, patch);
    const back = patched(after, inside(wayBack(FULL, patch, '/home/a/profile')));
    expect(back).toEqual(FULL);
  });

  it('takes_away_what_was_not_there', () => {
    const empty = aBrand();
    const patch = { logo: { set: '/logo.png' }, hook_title: { set: 'New' } };
    expect(patched(patched(empty, patch), wayBack(empty, patch, '/home/a/profile'))).toEqual(empty);
  });
});
