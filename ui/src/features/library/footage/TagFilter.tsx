/** Shows only footage with all of the tags that are ticked. */
import { Tag } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useCall } from '../../../app/queries';
import { Button } from '../../../components/Button';
import { Popover } from '../../../components/Popover';
import css from './Tags.module.css';

export function TagFilter(props: { value: readonly string[]; onChange: (tags: string[]) => void }) {
  const { t } = useTranslation('library');
  const { t: common } = useTranslation();
  const known = useCall('source_tags', {});
  const tags = known.data ?? [];
  // A tag that nothing has any more can still be unticked.
  const gone = props.value
    .filter((tag) => !tags.some((each) => each.tag === tag))
    .map((tag) => ({ tag, count: 0 }));
  const all = [...gone, ...tags];
  const active = props.value.length > 0;
  const toggle = (tag: string) => {
    props.onChange(
      props.value.includes(tag) ? props.value.filter((each) => each !== tag) : [...props.value, tag],
    );
  };
  return (
    <Popover
      label={t('tags.filter')}
      trigger={
        <Button
          icon={<Tag />}
          aria-pressed={active}
          disabled={all.length === 0}
          className={active ? css.active : undefined}
        >
          <span className={css.chosen}>{active ? props.value.join(', ') : t('tags.title')}</span>
        </Button>
      }
    >
      <div className={css.filter}>
        {all.map(({ tag, count }) => (
          <label key={tag} className={css.choice}>
            <input type="checkbox" checked={props.value.includes(tag)} onChange={() => toggle(tag)} />
            <span className={css.text} dir="auto">
              {tag}
            </span>
            <span className={css.count}>{count}</span>
          </label>
        ))}
      </div>
      {active && (
        <Button tone="plain" onClick={() => props.onChange([])}>
          {common('clear')}
        </Button>
      )}
    </Popover>
  );
}
