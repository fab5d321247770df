/** What is being taken in, what is being looked through, what was left out: one line over the footage, only when needed. */
import { TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../components/Button';
import { Progress } from '../../../components/States';
import type { Analysing } from '../footage/FootageTile';
import css from './Imports.module.css';
import type { useImport } from './useImport';

export function ImportStrip(props: { imports: ReturnType<typeof useImport>; analysing: Analysing }) {
  const { imports, analysing } = props;
  const { t } = useTranslation('library');
  const { under, refused } = imports;
  if (!under && refused.length === 0 && analysing.size === 0) return null;
  const progress =
    [...analysing.values()].reduce<number>((sum, one) => sum + (one ?? 0), 0) / Math.max(1, analysing.size);
  return (
    <div className={css.strip} role="status">
      {under && (
        <div className={css.part}>
          <span className={css.text}>
            {under.all === 1
              ? t('import.one', { name: under.name })
              : t('import.under', { number: under.done + 1, all: under.all, name: under.name })}
          </span>
          <span className={css.progress}>
            <Progress value={under.all === 1 ? null : under.done / under.all} label={t('import.label')} />
          </span>
          {under.all > 1 && (
            <Button tone="plain" disabled={imports.stopping} onClick={imports.stop}>
              {t('import.stop')}
            </Button>
          )}
        </div>
      )}
      {!under && analysing.size > 0 && (
        <div className={css.part}>
          <span className={css.text}>{t('import.analysing', { count: analysing.size })}</span>
          <span className={css.progress}>
            <Progress value={progress} label={t('badge.analysing')} />
          </span>
        </div>
      )}
      {refused.length > 0 && (
        <div className={css.part}>
          <TriangleAlert aria-hidden className={css.warn} />
          <span className={css.text}>{t('import.refused', { count: refused.length })}</span>
          <Button tone="plain" onClick={() => imports.show(true)}>
            {t('import.why')}
          </Button>
          <Button tone="plain" onClick={imports.forget}>
            {t('import.dismiss')}
          </Button>
        </div>
      )}
    </div>
  );
}
