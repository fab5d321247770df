import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const SOURCE = resolve(import.meta.dirname, '..');
const files = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => /\.(tsx?|css)$/.test(file) && !file.startsWith('backend/bindings/'));
const text = (file: string) => readFileSync(join(SOURCE, file), 'utf8');

/** Files of ours that a file imports, as paths from `src`. */
function imports(file: string): string[] {
  const named = [...text(file).matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)].map(([, path = '']) => path);
  return named.map((path) => relative(SOURCE, resolve(SOURCE, dirname(file), path)).replaceAll('\\', '/'));
}

const code = files.filter((file) => /\.tsx?$/.test(file));
const feature = (path: string) => /^features\/([^/]+)/.exec(path)?.[1];

describe('the parts of the window', () => {
  it('features_do_not_import_features', () => {
    const crossing = code.flatMap((file) =>
      imports(file)
        .filter((path) => feature(file) && feature(path) && feature(path) !== feature(file))
        .map((path) => `${file} -> ${path}`),
    );
    expect(crossing).toEqual([]);
  });

  it('components_preview_and_lib_import_no_feature', () => {
    const crossing = code.filter(
      (file) => /^(components|preview|lib)\//.test(file) && imports(file).some(feature),
    );
    expect(crossing).toEqual([]);
  });

  it('the_product_holds_nothing_of_tests_and_of_the_development_entry', () => {
    const outside = (file: string) => /\.test\.tsx?$|^(testing|dev)\//.test(file);
    const product = code.filter((file) => !outside(file));
    const crossing = product.filter((file) =>
      imports(file).some((path) => /^(testing|dev)\/|backend\/fake/.test(path)),
    );
    expect(crossing).toEqual([]);
  });

  it('no_file_is_longer_than_five_hundred_lines', () => {
    expect(files.filter((file) => text(file).split('\n').length > 500)).toEqual([]);
  });

  it('no_file_gathers_what_has_no_place', () => {
    expect(files.filter((file) => /(^|\/)(utils?|helpers?|managers?|common)(\.|\/)/.test(file))).toEqual([]);
  });

  it('colours_come_from_the_tokens_in_every_part_of_the_frame', () => {
    // Media have black and white of their own; the frame around them has none.
    const free = /^(styles|dev|preview)\//;
    const named = files.filter(
      (file) =>
        /\.css$/.test(file) && !free.test(file) && /:\s*(white|black|red|blue|grey|gray)\b/.test(text(file)),
    );
    expect(named).toEqual([]);
  });
});
