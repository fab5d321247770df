/** Tags as chips, and a field that suggests the ones there are. Enter or a comma adds, Backspace takes the last away. */
import { Autocomplete } from '@base-ui/react/autocomplete';
import { X } from 'lucide-react';
import { type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '../../../app/queries';
import popup from '../../../components/Popup.module.css';
import css from './Tags.module.css';

export function TagEditor(props: {
  tags: readonly string[];
  onAdd: (tag: string) => void;
  onRemove: (tag: string) => void;
}) {
  const { t } = useTranslation('library');
  const [text, setText] = useState('');
  const [highlighted, setHighlighted] = useState(false);
  const known = useCall('source_tags', {});
  const suggestions = (known.data ?? []).map(({ tag }) => tag).filter((tag) => !props.tags.includes(tag));

  const add = (tag: string) => {
    setText('');
    if (tag.trim() !== '') props.onAdd(tag.trim().toLowerCase());
  };
  const press = (event: KeyboardEvent) => {
    if (event.key === ',' || (event.key === 'Enter' && !highlighted)) {
      event.preventDefault();
      add(text);
    }
    const last = props.tags.at(-1);
    if (event.key === 'Backspace' && text === '' && last) props.onRemove(last);
  };

  return (
    <div className={css.editor}>
      {props.tags.map((tag) => (
        <span key={tag} className={css.chip}>
          <span className={css.text} dir="auto">
            {tag}
          </span>
          <button type="button" aria-label={t('tags.remove', { tag })} onClick={() => props.onRemove(tag)}>
            <X aria-hidden />
          </button>
        </span>
      ))}
      <Autocomplete.Root
        items={suggestions}
        value={text}
        onValueChange={(value, { reason }) => (reason === 'item-press' ? add(value) : setText(value))}
        onItemHighlighted={(item) => setHighlighted(item !== undefined)}
      >
        <Autocomplete.Input
          aria-label={t('tags.add')}
          placeholder={t('tags.add')}
          spellCheck={false}
          className={css.input}
          onKeyDown={press}
        />
        <Autocomplete.Portal>
          <Autocomplete.Positioner sideOffset={4} align="start" className={popup.positioner}>
            <Autocomplete.Popup className={[popup.menu, css.suggestions].join(' ')}>
              <Autocomplete.List>
                {(tag: string) => (
                  <Autocomplete.Item key={tag} value={tag} className={popup.item}>
                    <span className={popup.label}>{tag}</span>
                  </Autocomplete.Item>
                )}
              </Autocomplete.List>
            </Autocomplete.Popup>
          </Autocomplete.Positioner>
        </Autocomplete.Portal>
      </Autocomplete.Root>
    </div>
  );
}
