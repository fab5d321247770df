import { afterEach, expect, it } from 'vitest';
import { i18next } from '../../i18n';
import { stepText } from './stepText';

afterEach(() => i18next.changeLanguage('en'));

/** Every step the program names today. */
const STEPS = [
  'encoding shot 4 of 9',
  'mixing the sound',
  'joining',
  'checking the video',
  'reading the plan',
  'making a proxy of rabbit.mp4',
  'looking at rabbit.mp4',
  'speaking "Bakery"',
  'planning "Bakery"',
];

it('every step has words in both languages', async () => {
  for (const language of ['en', 'ro']) {
    await i18next.changeLanguage(language);
    const t = i18next.getFixedT(language, 'queue');
    for (const step of STEPS) {
      const text = stepText(step, t);
      expect(text).not.toBe(step);
      expect(text).not.toContain('step.');
    }
  }
  expect(stepText('encoding shot 4 of 9', i18next.getFixedT('ro', 'queue'))).toBe('Codează cadrul 4 din 9');
});

it('a step nobody has words for is shown as it is', () => {
  expect(stepText('polishing the lens', i18next.getFixedT('en', 'queue'))).toBe('polishing the lens');
  expect(stepText('', i18next.getFixedT('en', 'queue'))).toBe('');
});
