/** Reading and changing the brand kit; each change knows its way back. */
import { useQueryClient } from '@tanstack/react-query';
import { useHistory } from '../../app/history';
import { keyOf, useCall } from '../../app/queries';
import { useScope } from '../../app/scope';
import type { Arguments, Reply } from '../../backend/backend';

export type Brand = Reply<'brand_show'>;
export type BrandPatch = Arguments<'brand_set'>['patch'];

/**
 * The patch that brings back what `patch` changes.
 *
 * @param folder the profile's folder: files of the kit stay in it, so a logo that was taken away can be put back
 */
export function wayBack(brand: Brand, patch: BrandPatch, folder: string): BrandPatch {
  const file = (path: string | undefined) => (path === undefined ? 'clear' : { set: `${folder}/${path}` });
  const value = (text: string | null | undefined) => (text ? { set: text } : 'clear');
  const colours = brand.caption_colours;
  const whole: Required<BrandPatch> = {
    logo: file(brand.logo?.file.path),
    logo_corner: brand.logo?.corner ?? null,
    logo_width: brand.logo?.width ?? null,
    logo_opacity: brand.logo?.opacity ?? null,
    intro: file(brand.intro?.file.path),
    outro: file(brand.outro?.file.path),
    hook_title: value(brand.hook_title?.text),
    hook_title_ms: brand.hook_title?.show_ms ?? null,
    caption_style: value(brand.caption_style),
    text_colour: value(colours.text),
    highlight_colour: value(colours.highlight),
    emphasis_colour: value(colours.emphasis),
    outline_colour: value(colours.outline),
    font: value(brand.font),
  };
  // A logo or a title that was not there has no place and no time either.
  const also: (keyof BrandPatch)[] = [];
  if (patch.logo !== undefined && brand.logo) also.push('logo_corner', 'logo_width', 'logo_opacity');
  if (patch.hook_title !== undefined && brand.hook_title) also.push('hook_title_ms');
  const keys = [...(Object.keys(patch) as (keyof BrandPatch)[]), ...also];
  return Object.fromEntries(keys.map((key) => [key, whole[key]]));
}

export function useBrand() {
  const scope = useScope();
  const client = useQueryClient();
  const history = useHistory();
  const shown = useCall('brand_show', {});

  const set = async (patch: BrandPatch) => {
    const brand = await scope.call('brand_set', { patch });
    client.setQueryData(keyOf('brand_show', {}), brand);
  };
  /** Changes the kit; rejects when it was not changed. */
  const change = async (label: string, patch: BrandPatch): Promise<void> => {
    const before = shown.data ?? (await scope.call('brand_show', {}));
    const { folder } = await scope.call('storage_show', {});
    const back = wayBack(before, patch, folder);
    await history.perform({ label, redo: () => set(patch), undo: () => set(back) });
  };
  return { brand: shown.data, failure: shown.error, again: shown.refetch, change };
}
