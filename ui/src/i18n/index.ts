/** The window's words, in English and Romanian. A test finds keys that one of them lacks. */
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { en } from './en';
import { ro } from './ro';

export const LANGUAGES = { en: 'English', ro: 'Română' } as const;
export type Language = keyof typeof LANGUAGES;

/** The language to begin with: the system's where there is one of ours, else English. */
export function systemLanguage(preferred: readonly string[] = navigator.languages): Language {
  const known = preferred.map((tag) => tag.slice(0, 2).toLowerCase()).find((tag) => tag in LANGUAGES);
  return (known as Language | undefined) ?? 'en';
}

void i18next.use(initReactI18next).init({
  resources: { en, ro },
  lng: systemLanguage(),
  fallbackLng: 'en',
  defaultNS: 'common',
  interpolation: { escapeValue: false },
  initAsync: false,
});

export { i18next };
