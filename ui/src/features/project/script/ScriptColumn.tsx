/** The left column: the scripts, the text of one, and what becomes of it, sentence by sentence. */
import { useTranslation } from 'react-i18next';
import { useBench } from '../model/bench';
import { Sentences } from '../shots/Sentences';
import css from './ScriptColumn.module.css';
import { ScriptEditor } from './ScriptEditor';
import { ScriptTabs } from './ScriptTabs';

export function ScriptColumn() {
  const { t } = useTranslation('project');
  const { drafts, script } = useBench();
  const draft = drafts.of(script);
  return (
    <section className={css.column} aria-label={t('script.title')}>
      <ScriptTabs />
      <div className={css.scroll}>
        <ScriptEditor key={draft.key} draft={draft} />
        <Sentences />
      </div>
    </section>
  );
}
