/** What is wrong with a post, in the window's language. Pure. */
import type { TFunction } from 'i18next';
import type { Finding } from '../backend/bindings/calls';
import { duration, exactly, number, size } from './format';

const CHANGES = ['plan', 'captions', 'shots', 'script'] as const;

/** By its code, with the numbers and names core gives; one nobody has words for is shown as core says it. */
export function findingText(finding: Finding, t: TFunction<'findings'>, language: string): string {
  const { code, details, says } = finding;
  // Core counts and numbers as it does; here they are written as this language writes them.
  const shown: Record<string, string> = {};
  for (const [name, value] of Object.entries(details)) {
    if (typeof value === 'number') shown[name] = written(name, value, finding, language);
    else if (typeof value === 'string') shown[name] = value;
    else if (Array.isArray(value))
      shown[name] = CHANGES.filter((one) => value.includes(one))
        .map((one) => t(`changed.${one}`))
        .join(', ');
  }
  const { count = '', first_ms: first = '', at: when = '', ...named } = shown;
  const told = t(`${code as 'stale'}`, { ...named, number: count, first, when, defaultValue: says });
  // A newer core may name other things than these words do.
  return told.includes('{{') ? says : told;
}

function written(name: string, value: number, { code }: Finding, language: string): string {
  if (name === 'at') return exactly(value, language);
  if (name === 'first_ms') return duration(value);
  if (name === 'bytes' || (name === 'limit' && code.startsWith('file_'))) return size(value, language);
  return number(value, language, Number.isInteger(value) ? 0 : 1);
}
