/** Names that are read otherwise than they are written, by language. What captions show stays as it is written. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Pronunciation } from '../../../backend/bindings/calls';
import { Select } from '../../../components/Fields';
import { FailureView, Loading, Skeleton } from '../../../components/States';
import { baseOf, languageName } from '../../../lib/voices';
import { AddEntry, Entry } from './Entry';
import css from './Voices.module.css';
import { useDictionary } from './dictionary';

/** Languages to begin with; any other that has entries is added. */
const USUAL = ['en', 'ro', 'de', 'fr', 'es', 'it', 'pt', 'nl', 'pl', 'hu'];

export function Dictionary() {
  const { t, i18n } = useTranslation('voices');
  const dictionary = useDictionary();
  const { shown, entries } = dictionary;
  const [language, setLanguage] = useState(() => baseOf(i18n.language));
  const count = (code: string) => entries.filter((one) => baseOf(one.language) === code).length;
  const codes = [...new Set([...USUAL, ...entries.map((one) => baseOf(one.language))])];
  const here = entries
    .filter((one) => baseOf(one.language) === language)
    .toSorted((a, b) => a.written.localeCompare(b.written, language));

  return (
    <section aria-label={t('dictionary.title')}>
      <div className={css.top}>
        <div>
          <h3 className={css.title}>{t('dictionary.title')}</h3>
          <p className={css.help}>{t('dictionary.help')}</p>
        </div>
        <Select
          label={t('dictionary.language')}
          value={language}
          options={codes.map((code) => ({
            value: code,
            label: languageName(code, i18n.language),
            ...(count(code) > 0 && { note: String(count(code)) }),
          }))}
          onChange={setLanguage}
        />
      </div>
      {shown.error && <FailureView failure={shown.error} onRetry={() => void shown.refetch()} />}
      {!shown.data && !shown.error && (
        <Loading>
          <Skeleton height={96} radius={10} />
        </Loading>
      )}
      {shown.data && (
        <div className={css.entries} role="list" aria-label={t('dictionary.title')}>
          {here.map((entry: Pronunciation) => (
            <Entry key={`${entry.language} ${entry.written}`} entry={entry} dictionary={dictionary} />
          ))}
          <AddEntry key={language} language={language} dictionary={dictionary} first={here.length === 0} />
        </div>
      )}
    </section>
  );
}
