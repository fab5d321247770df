import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { en } from './en';
import { systemLanguage } from './index';
import { ro } from './ro';

const SOURCE = resolve(import.meta.dirname, '..');

/** Every word with its key: "shell:colour.coral". */
function flat(words: object, prefix: string): [string, string][] {
  return Object.entries(words).flatMap(([key, value]: [string, unknown]) => {
    const path = prefix.endsWith(':') || prefix === '' ? `${prefix}${key}` : `${prefix}.${key}`;
    return typeof value === 'string' ? [[path, value] as [string, string]] : flat(value as object, path);
  });
}

const all = (language: typeof en) =>
  Object.entries(language).flatMap(([space, words]) => flat(words, `${space}:`));
const english = new Map(all(en));
const romanian = new Map(all(ro as unknown as typeof en));

/** "jobs_other" and "jobs_few" are both "jobs". */
const withoutPlural = (key: string) => key.replace(/_(zero|one|two|few|many|other)$/, '');
const placeholders = (text: string) => [...text.matchAll(/\{\{\s*([\w.]+)/g)].map(([, name]) => name).sort();

const files = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
  .filter(
    (file) =>
      /\.tsx?$/.test(file) && !/\.test\.|^i18n|^testing|^dev|bindings/.test(file.replaceAll('\\', '/')),
  )
  .map((file) => readFileSync(join(SOURCE, file), 'utf8'));

describe('the words of the window', () => {
  it('are_the_same_in_both_languages', () => {
    const keys = (words: Map<string, string>) => [...new Set([...words.keys()].map(withoutPlural))].sort();
    expect(keys(romanian)).toEqual(keys(english));
  });

  it('have_every_plural_their_language_has', () => {
    for (const [language, words] of [
      ['en', english],
      ['ro', romanian],
    ] as const) {
      const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
      const bases = [...words.keys()].filter((key) => key !== withoutPlural(key)).map(withoutPlural);
      const missing = bases
        .flatMap((base) => forms.map((form) => `${base}_${form}`))
        .filter((key) => !words.has(key));
      expect(missing, language).toEqual([]);
    }
  });

  it('have_the_same_placeholders', () => {
    for (const [key, text] of romanian) {
      const base = withoutPlural(key);
      const other = english.get(key) ?? english.get(`${base}_other`) ?? '';
      // "One video" may leave the number out; no form may have one that is not given.
      const [here, there] = [placeholders(text), placeholders(other)];
      if (key === base) expect(here, key).toEqual(there);
      else expect(there, key).toEqual(expect.arrayContaining(here));
    }
  });

  it('are_all_used', () => {
    const written = files.join('\n');
    const used = (key: string) => {
      const [, path = ''] = withoutPlural(key).split(':');
      if (written.includes(`'${path}'`) || written.includes(`:${path}'`)) return true;
      // A key that is put together: t(`section.${name}`), t(`${which}Help`).
      const last = path.split('.').at(-1) ?? '';
      const parent = path.slice(0, path.length - last.length);
      if (parent !== '' && written.includes(`\`${parent}\${`)) return true;
      return [...written.matchAll(/\bt\(\s*`([^`]*)`/g)].some(([, template = '']) => {
        const pattern = template
          .split(/\$\{[^}]*\}/)
          .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
          .join('.+');
        return new RegExp(`^(?:\\w+:)?${pattern}$`).test(path);
      });
    };
    expect([...english.keys()].filter((key) => !used(key))).toEqual([]);
  });

  it('say_nothing_in_english_where_romanian_is_shown_but_names', () => {
    const longer = (text: string) => text.replace(/\{\{[^}]*\}\}/g, '').match(/\p{L}{3,}/gu) ?? [];
    const same = [...romanian].filter(([key, text]) => english.get(key) === text && longer(text).length > 2);
    expect(same.map(([key]) => key)).toEqual([]);
  });

  it('keep_calm', () => {
    for (const [key, text] of [...english, ...romanian]) expect(text, key).not.toMatch(/!|\boops\b/i);
    // The letters of the standard, not the look-alikes with a cedilla.
    for (const [key, text] of romanian) expect(text, key).not.toMatch(/[şţŞŢ]/);
  });
});

describe('the language to begin with', () => {
  it('is_the_first_of_the_system_that_there_are_words_in', () => {
    expect(systemLanguage(['fr-FR', 'ro-RO', 'en'])).toBe('ro');
    expect(systemLanguage(['de'])).toBe('en');
    expect(systemLanguage(['EN-gb'])).toBe('en');
  });
});
