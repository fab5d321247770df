/** What a job is doing, in the window's language. Pure. */
import type { TFunction } from 'i18next';

type Says =
  'encoding' | 'mixing' | 'joining' | 'checking' | 'plan' | 'proxy' | 'looking' | 'speaking' | 'planning';

/** Steps as the program names them, with what they name. */
const STEPS: readonly [RegExp, Says][] = [
  [/^encoding shot (?<number>\d+) of (?<all>\d+)$/, 'encoding'],
  [/^mixing the sound$/, 'mixing'],
  [/^joining$/, 'joining'],
  [/^checking the video$/, 'checking'],
  [/^reading the plan$/, 'plan'],
  [/^making a proxy of (?<name>.+)$/, 'proxy'],
  [/^looking at (?<name>.+)$/, 'looking'],
  [/^speaking "(?<name>.+)"$/, 'speaking'],
  [/^planning "(?<name>.+)"$/, 'planning'],
];

/** A step nobody has words for is shown as it is. */
export function stepText(step: string, t: TFunction<'queue'>): string {
  for (const [pattern, key] of STEPS) {
    const found = pattern.exec(step);
    if (!found) continue;
    const { number = '', all = '', name = '' } = found.groups ?? {};
    return t(`step.${key}`, { number, all, name });
  }
  return step;
}
