/** All keys, and the way to choose others. */
import { RotateCcw } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { collide } from '../app/commands/collide';
import { type Command, useCommands } from '../app/commands/commands';
import { useAllCommands } from '../app/commands/pages';
import { useSettings } from '../app/settings';
import { search } from '../lib/search';
import { Button, IconButton } from './Button';
import { SearchInput } from './Fields';
import { KeyButton } from './KeyButton';
import css from './KeyTable.module.css';

/** A key that is taken: by which command, and who asked for it. */
interface Conflict {
  key: string;
  asked: Command;
  holder: Command;
}

/** Every command with its key; a press on a key chooses another one. */
export function KeyTable() {
  const { t } = useTranslation('shell');
  const { keyOf } = useCommands();
  const known = useAllCommands();
  const { settings, read, change } = useSettings();
  const [query, setQuery] = useState('');
  const [conflict, setConflict] = useState<Conflict | null>(null);
  const { keys } = settings;

  const store = (next: Record<string, string>) => {
    setConflict(null);
    void change({ keys: next });
  };
  const ask = (asked: Command, key: string) => {
    const holder = known.find(
      (other) => keyOf(other) === key && other.id !== asked.id && collide(asked, other),
    );
    if (holder) setConflict({ key, asked, holder });
    else store({ ...keys, [asked.id]: key });
  };
  const reset = (id: string) => {
    store(Object.fromEntries(Object.entries(keys).filter(([other]) => other !== id)));
  };

  const found = search(
    query,
    known,
    (one) => `${one.title} ${one.group} ${one.words ?? ''} ${keyOf(one) ?? ''}`,
  );
  const groups = [...new Set(known.map((command) => command.group))];

  return (
    <div className={css.keys}>
      <div className={css.head}>
        <SearchInput label={t('findKey')} value={query} onChange={setQuery} />
        <Button
          tone="plain"
          icon={<RotateCcw />}
          disabled={!read || Object.keys(keys).length === 0}
          onClick={() => store({})}
        >
          {t('resetKeys')}
        </Button>
      </div>
      <p className={css.help}>{t('keysHelp')}</p>
      {groups.map((group) => {
        const inside = found.filter((command) => command.group === group);
        if (inside.length === 0) return null;
        return (
          <section key={group} aria-label={group}>
            <h3 className={css.group}>{group}</h3>
            <ul>
              {inside.map((command) => (
                <li key={command.id} className={css.row}>
                  <span className={css.title} dir="auto">
                    {command.title}
                  </span>
                  {conflict?.asked.id === command.id && (
                    <span role="alert" className={css.conflict}>
                      {t('keyTaken', { key: conflict.key, title: conflict.holder.title })}
                      <Button
                        tone="plain"
                        onClick={() =>
                          store({ ...keys, [conflict.holder.id]: '', [command.id]: conflict.key })
                        }
                      >
                        {t('takeKey')}
                      </Button>
                    </span>
                  )}
                  {keys[command.id] !== undefined && (
                    <IconButton
                      label={t('resetKey', { title: command.title })}
                      onClick={() => reset(command.id)}
                    >
                      <RotateCcw />
                    </IconButton>
                  )}
                  <KeyButton
                    title={command.title}
                    value={keyOf(command)}
                    disabled={!read}
                    onChange={(key) => ask(command, key)}
                  />
                </li>
              ))}
            </ul>
          </section>
        );
      })}
      {found.length === 0 && <p className={css.help}>{t('noCommand', { query })}</p>}
    </div>
  );
}
