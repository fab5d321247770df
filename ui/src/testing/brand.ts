/** A brand kit in memory that changes as core's does. */
import type { Brand, BrandChange, BrandPatch } from '../backend/bindings/calls';
import type { Handlers } from '../backend/fake';
import { aBrand } from './project';

/** What a change leaves of a value. */
function changed<T>(before: T | null, change: BrandChange<T> | undefined): T | null {
  if (change === undefined || change === 'keep') return before;
  return change === 'clear' ? null : change.set;
}

const file = (path: string) => ({ path, hash: 'ab'.repeat(32) });

/** The kit once the patch is applied. */
export function patched(brand: Brand, patch: BrandPatch): Brand {
  const { logo, hook_title: title, caption_colours: colours } = brand;
  const picture = changed(logo?.file.path ?? null, patch.logo);
  const text = changed(title?.text ?? null, patch.hook_title);
  const video = (which: 'intro' | 'outro') => {
    const path = changed(brand[which]?.file.path ?? null, patch[which]);
    return path === null ? null : { file: file(path), duration_ms: 2400, sound: true, framing: null };
  };
  return {
    logo: picture
      ? {
          file: file(picture),
          corner: patch.logo_corner ?? logo?.corner ?? 'top_right',
          width: patch.logo_width ?? logo?.width ?? 0.16,
          opacity: patch.logo_opacity ?? logo?.opacity ?? 0.9,
        }
      : null,
    intro: video('intro'),
    outro: video('outro'),
    hook_title: text ? { text, show_ms: patch.hook_title_ms ?? title?.show_ms ?? 2500 } : null,
    caption_style: changed(brand.caption_style, patch.caption_style),
    font: changed(brand.font, patch.font),
    caption_colours: {
      text: changed(colours.text, patch.text_colour),
      highlight: changed(colours.highlight, patch.highlight_colour),
      emphasis: changed(colours.emphasis, patch.emphasis_colour),
      outline: changed(colours.outline, patch.outline_colour),
    },
  };
}

/** The calls of a kit, and what it is now. */
export function aKit(over: Partial<Brand> = {}): { brand: () => Brand; handlers: Handlers } {
  let brand = aBrand(over);
  return {
    brand: () => brand,
    handlers: { brand_show: () => brand, brand_set: ({ patch }) => (brand = patched(brand, patch)) },
  };
}
