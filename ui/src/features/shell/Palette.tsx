/** Everything that can be done here, found by a few letters. */
import { type KeyboardEvent, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Command, useCommand, useCommands } from '../../app/commands/commands';
import { useOffered } from '../../app/commands/pages';
import { Dialog } from '../../components/Dialog';
import { Kbd } from '../../components/Kbd';
import { search } from '../../lib/search';
import css from './Palette.module.css';

export function Palette() {
  const { t } = useTranslation('shell');
  const [open, setOpen] = useState(false);
  useCommand({
    id: 'shell.palette',
    group: t('window'),
    title: t('openPalette'),
    key: 'Ctrl+K',
    hidden: true,
    run: () => setOpen(!open),
  });
  return (
    <Dialog bare width={600} open={open} onClose={() => setOpen(false)} title={t('palette')}>
      <PaletteList onDone={() => setOpen(false)} />
    </Dialog>
  );
}

/** What is shown at once; more is found by writing on. */
const MOST = 60;

function PaletteList({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation('shell');
  const { keyOf } = useCommands();
  const offered = useOffered();
  const [query, setQuery] = useState('');
  const [at, setAt] = useState(0);
  const box = useRef<HTMLUListElement>(null);
  const id = useId();

  const found = search(query, offered, (one) => `${one.title} ${one.group} ${one.words ?? ''}`).slice(
    0,
    MOST,
  );

  const run = (command: Command | undefined) => {
    if (!command) return;
    onDone();
    // Once the panel is gone and the focus is back where it was, as if the key had been pressed there.
    requestAnimationFrame(() => command.run());
  };
  const go = (to: number) => {
    const next = (to + found.length) % Math.max(1, found.length);
    setAt(next);
    box.current?.children[next]?.scrollIntoView({ block: 'nearest' });
  };
  const move = (event: KeyboardEvent) => {
    const steps: Record<string, () => void> = {
      ArrowDown: () => go(at + 1),
      ArrowUp: () => go(at - 1),
      PageDown: () => go(Math.min(found.length - 1, at + 8)),
      PageUp: () => go(Math.max(0, at - 8)),
      Enter: () => run(found[at]),
    };
    const step = steps[event.key];
    if (!step || event.nativeEvent.isComposing) return;
    event.preventDefault();
    step();
  };

  return (
    <>
      <input
        type="text"
        role="combobox"
        aria-expanded
        aria-controls={id}
        aria-activedescendant={found[at] ? `${id}-${at}` : undefined}
        aria-autocomplete="list"
        aria-label={t('palette')}
        placeholder={t('palettePlaceholder')}
        className={css.input}
        spellCheck={false}
        value={query}
        onKeyDown={move}
        onChange={(event) => {
          setQuery(event.target.value);
          setAt(0);
        }}
      />
      <ul ref={box} id={id} role="listbox" aria-label={t('commands')} className={css.list}>
        {found.map((command, index) => (
          <li
            key={command.id}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === at}
            className={css.item}
            onPointerMove={() => setAt(index)}
            onClick={() => run(command)}
          >
            <span className={css.group}>{command.group}</span>
            <span className={css.title} dir="auto">
              {command.title}
            </span>
            {keyOf(command) && <Kbd>{keyOf(command) ?? ''}</Kbd>}
          </li>
        ))}
      </ul>
      {found.length === 0 && <p className={css.none}>{t('noCommand', { query })}</p>}
    </>
  );
}
