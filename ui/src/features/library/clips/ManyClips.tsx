/** What can be done with several finished videos at once. */
import { FolderOutput, Send, Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../components/Button';
import { duration, size } from '../../../lib/format';
import css from '../inspector/Inspector.module.css';
import { Facts, Inspector } from '../inspector/Inspector';
import type { ClipRow } from '../types';
import type { Judge } from './ClipInspector';
import review from './Review.module.css';

export function ManyClips(props: { rows: readonly ClipRow[]; judge: Judge; onNone: () => void }) {
  const { rows, judge } = props;
  const { t, i18n } = useTranslation('library');
  const sum = (of: (row: ClipRow) => number) => rows.reduce((total, row) => total + of(row), 0);
  const unseen = rows.filter((row) => row.triage === 'new').length;
  return (
    <Inspector label={t('inspector.many')}>
      <div className={css.title}>
        <h2>{t('many.clips', { count: rows.length })}</h2>
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
          { name: t('review.new'), value: unseen },
        ]}
      />
      <div className={review.judge}>
        <Button shortcut="A" onClick={judge.accept}>
          {t('clips.accept')}
        </Button>
        <Button shortcut="X" onClick={judge.reject}>
          {t('clips.reject')}
        </Button>
        <Button shortcut="R" title={t('clips.regenerateTitle')} onClick={judge.again}>
          {t('clips.regenerate')}
        </Button>
      </div>
      <div className={css.actions}>
        <Button icon={<Send />} shortcut="P" onClick={judge.publish}>
          {t('publish.many', { count: rows.length })}
        </Button>
        <Button icon={<FolderOutput />} shortcut="Ctrl+E" onClick={judge.exportTo}>
          {t('export.many', { count: rows.length })}
        </Button>
        <Button onClick={props.onNone}>{t('many.none')}</Button>
        <Button tone="danger" icon={<Trash2 />} shortcut="Delete" onClick={judge.remove}>
          {t('clips.toTrash')}
        </Button>
      </div>
    </Inspector>
  );
}
