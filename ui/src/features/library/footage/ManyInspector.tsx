/** What several sources have in common, and what can be done with all of them. */
import { Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../components/Button';
import { duration, size } from '../../../lib/format';
import css from '../inspector/Inspector.module.css';
import { Facts, Inspector, Section } from '../inspector/Inspector';
import type { SourceRow } from '../types';
import { TagEditor } from './TagEditor';
import type { useFootageChanges } from './changes';

export function ManyInspector(props: {
  rows: readonly SourceRow[];
  changes: ReturnType<typeof useFootageChanges>;
  onRemove: () => void;
  onNone: () => void;
}) {
  const { rows, changes } = props;
  const { t, i18n } = useTranslation('library');
  const sum = (of: (row: SourceRow) => number) => rows.reduce((total, row) => total + of(row), 0);
  const tags = [...new Set(rows.flatMap((row) => row.tags))].sort();
  return (
    <Inspector label={t('inspector.many')}>
      <div className={css.title}>
        <h2>{t('many.title', { count: rows.length })}</h2>
      </div>
      <Facts
        facts={[
          { name: t('facts.length'), value: duration(sum((row) => row.duration_ms)) },
          {
            name: t('facts.size'),
            value: size(
              sum((row) => row.bytes),
              i18n.language,
            ),
          },
          {
            name: t('shots.title'),
            value: t('shots.note', { count: sum((row) => row.shots), fresh: sum((row) => row.fresh_shots) }),
          },
        ]}
      />
      <Section title={t('many.tags')}>
        <TagEditor
          tags={tags}
          onAdd={(tag) => void changes.addTag(rows, tag)}
          onRemove={(tag) => void changes.removeTag(rows, tag)}
        />
      </Section>
      <div className={css.actions}>
        <Button onClick={props.onNone}>{t('many.none')}</Button>
        <Button tone="danger" icon={<Trash2 />} shortcut="Delete" onClick={props.onRemove}>
          {t('many.remove', { count: rows.length })}
        </Button>
      </div>
    </Inspector>
  );
}
