import { useTranslation } from 'react-i18next';
import type { Reply } from '../../backend/backend';
import { size } from '../../lib/format';
import css from './Storage.module.css';

/** Names of parts there are words for; a part without keeps its own. */
const KNOWN = ['media', 'clips', 'cache', 'inbox', 'trash', 'tmp', 'backups', 'database'] as const;
type Known = (typeof KNOWN)[number];

/** Shares as a bar, then as a list, the largest first. */
export function StorageParts({ storage }: { storage: Reply<'storage_show'> }) {
  const { t, i18n } = useTranslation('settings');
  const parts = storage.parts.filter((part) => part.bytes > 0).toSorted((a, b) => b.bytes - a.bytes);
  const total = parts.reduce((sum, part) => sum + part.bytes, 0);
  const nameOf = (name: string) =>
    (KNOWN as readonly string[]).includes(name) ? t(`part.${name as Known}`) : name;

  return (
    <div>
      <p className={css.sum}>
        <strong>{size(total, i18n.language)}</strong>
        {storage.free_bytes !== null && (
          <span>{t('free', { size: size(storage.free_bytes, i18n.language) })}</span>
        )}
      </p>
      <div className={css.bar} aria-hidden>
        {parts.map((part, index) => (
          <span key={part.name} data-shade={index % 6} style={{ flexGrow: part.bytes }} />
        ))}
      </div>
      <ul className={css.parts}>
        {parts.map((part, index) => (
          <li key={part.name}>
            <span aria-hidden className={css.dot} data-shade={index % 6} />
            <span className={css.name}>{nameOf(part.name)}</span>
            <span className={css.size}>{size(part.bytes, i18n.language)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
