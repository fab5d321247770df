import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cssFamily, fontFile } from './fonts';

describe('the bundled fonts', () => {
  it.each([
    'Montserrat ExtraBold',
    'Montserrat SemiBold',
    'Inter',
    'Anton',
    'Bangers',
    'Nunito ExtraBold',
    'Playfair Display',
  ])('%s_has_a_file_in_the_assets', (family) => {
    const file = fontFile(family);
    expect(file).not.toBeNull();
    expect(existsSync(resolve(import.meta.dirname, '../../../assets/fonts', file ?? ''))).toBe(true);
  });

  it('a_family_of_the_system_never_stands_in_for_a_bundled_one_of_that_name', () => {
    expect(cssFamily('Inter')).toBe('"Caption Inter", var(--font)');
    expect(fontFile('Comic Sans MS')).toBeNull();
  });
});
