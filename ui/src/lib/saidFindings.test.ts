import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import type { Finding } from '../backend/bindings/calls';
import { i18next } from '../i18n';
import { en } from '../i18n/en';
import { findingText } from './saidFindings';

const english = i18next.getFixedT('en', 'findings');
const romanian = i18next.getFixedT('ro', 'findings');
const finding = (code: string, details: Finding['details']): Finding => ({
  code,
  details,
  level: 'error',
  says: 'As core says it.',
  fix: null,
});

it('numbers_are_written_with_their_unit_as_the_language_writes_them', () => {
  const long = finding('too_long', { platform: 'TikTok', seconds: 96.04, limit: 60, story: false });
  expect(findingText(long, english, 'en')).toBe('The video is 96.0 s long; TikTok takes at most 60 s.');
  expect(findingText(long, romanian, 'ro')).toBe('Videoclipul are 96,0 s; TikTok primește cel mult 60 s.');
  const large = finding('file_too_large', { platform: 'X', bytes: 612_000_000, limit: 512_000_000 });
  expect(findingText(large, english, 'en')).toBe('The file has 612 MB; X takes at most 512 MB.');
  const covered = finding('captions_covered', { platform: 'TikTok', count: 3, of: 14, first_ms: 4_200 });
  expect(findingText(covered, english, 'en')).toContain('covers 3 of 14 captions');
  expect(findingText(covered, romanian, 'ro')).toContain('întâi la 0:04.2');
  expect(findingText(finding('stale', { changed: ['captions', 'script'] }), romanian, 'ro')).toBe(
    'Nu mai este ce spune proiectul: alte subtitrări, alt script. Fă-l din nou.',
  );
  expect(findingText(finding('unknown_variable', { variable: 'nam' }), english, 'en')).toContain('“nam”');
});

it('what_nobody_has_words_for_is_shown_as_core_says_it', () => {
  expect(findingText(finding('of_tomorrow', {}), romanian, 'ro')).toBe('As core says it.');
  expect(findingText(finding('too_long', { platform: 'TikTok' }), romanian, 'ro')).toBe('As core says it.');
});

it('has_words_for_every_finding_core_has_in_its_source', () => {
  const core = resolve(import.meta.dirname, '../../../src-tauri/core/src/publish');
  const source = readdirSync(core, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.rs') && !file.includes('test'))
    .map((file) => readFileSync(join(core, file), 'utf8'))
    .join('\n');
  const direct = [...source.matchAll(/Finding::(?:error|warning)\(\s*"(\w+)"/g)].map(([, code = '']) => code);
  const named = [...source.matchAll(/\bwrong\("(\w+)"/g)].map(([, code = '']) => code);
  const codes = [...new Set([...direct, ...named])];
  expect(codes.length).toBeGreaterThan(35);
  expect(codes.filter((code) => !(code in en.findings))).toEqual([]);
});
