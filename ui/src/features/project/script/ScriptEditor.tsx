/** The script as it is written. It saves itself; what is typed is never only on the screen. */
import { Check, CircleAlert, PencilLine } from 'lucide-react';
import { useEffect, useEffectEvent, useRef, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../../app/commands/commands';
import { writesText } from '../../../app/commands/keys';
import { Select } from '../../../components/Fields';
import { FailureView } from '../../../components/States';
import { number } from '../../../lib/format';
import { useBench } from '../model/bench';
import { usePerform } from '../model/changes';
import type { Draft, DraftState } from './draft';
import css from './ScriptColumn.module.css';

const LANGUAGES = ['en', 'ro', 'de', 'fr', 'es', 'it', 'pt', 'nl', 'pl', 'hu'] as const;

export function ScriptEditor({ draft }: { draft: Draft }) {
  const { t, i18n } = useTranslation('project');
  const { store, script, spoken } = useBench();
  const perform = usePerform();
  const shown = useSyncExternalStore(draft.subscribe, draft.shown);
  const area = useRef<HTMLTextAreaElement>(null);

  const stored = script?.text;
  const adopt = useEffectEvent((text: string) => draft.adopt(text));
  useEffect(() => {
    if (stored !== undefined) adopt(stored);
  }, [stored]);

  // A new project begins with its script: one can write at once. A dialog that closes gives the focus back first.
  const begin = useEffectEvent(() => {
    if (draft.shown().text !== '' || writesText(document.activeElement)) return;
    area.current?.focus();
  });
  useEffect(() => {
    const frame = requestAnimationFrame(() => begin());
    return () => cancelAnimationFrame(frame);
  }, [draft]);

  const save = () => {
    // What went wrong is shown below the text, and it is tried again.
    draft.flush().catch(() => undefined);
  };
  useCommand({ id: 'project.save', group: t('commands'), title: t('script.save'), key: 'Ctrl+S', run: save });
  useCommand({
    id: 'project.write',
    group: t('commands'),
    title: t('script.write'),
    key: 'Alt+W',
    run: () => area.current?.focus(),
  });

  const setLanguage = (next: string) => {
    if (!script) return;
    const put = (language: string | null) => async () => {
      await draft.flush();
      await store.text(script.id, draft.shown().text, language);
    };
    perform(t('script.languageChanged'), put(next === 'auto' ? null : next), put(script.language));
  };
  const names = new Intl.DisplayNames([i18n.language], { type: 'language' });
  const named = (code: string) => names.of(code) ?? code;
  const letters = spoken?.sentences.reduce((sum, one) => sum + one.text.length, 0) ?? 0;

  return (
    <div className={css.editor}>
      <div className={css.grow}>
        <textarea
          ref={area}
          value={shown.text}
          lang={spoken?.language}
          aria-label={t('script.text')}
          placeholder={t('script.placeholder')}
          onChange={(event) => draft.type(event.target.value)}
          onBlur={save}
          onKeyDown={(event) => {
            // While one writes, undo is that of the text.
            const key = event.key.toLowerCase();
            if ((event.ctrlKey || event.metaKey) && (key === 'z' || key === 'y')) event.stopPropagation();
          }}
        />
        <div className={css.copy} aria-hidden>
          {`${shown.text} `}
        </div>
      </div>
      <div className={css.foot}>
        <State state={shown.state} />
        <span style={{ flex: 1 }} />
        {letters > 0 && (
          <span>{t('script.letters', { count: letters, shown: number(letters, i18n.language) })}</span>
        )}
        {script && (
          <span className={css.language}>
            <Select
              label={t('script.language')}
              value={script.language ?? 'auto'}
              options={[
                {
                  value: 'auto',
                  label: spoken && !script.language ? named(spoken.language) : t('script.languageAuto'),
                  note: t('script.languageFound'),
                },
                ...[...new Set([...LANGUAGES, ...(script.language ? [script.language] : [])])].map(
                  (code) => ({
                    value: code,
                    label: named(code),
                  }),
                ),
              ]}
              onChange={setLanguage}
            />
          </span>
        )}
      </div>
      {shown.failure && (
        <div className={css.failed}>
          <FailureView compact failure={shown.failure} onRetry={save} />
        </div>
      )}
    </div>
  );
}

function State({ state }: { state: DraftState }) {
  const { t } = useTranslation('project');
  const pictures = { saved: <Check aria-hidden />, failed: <CircleAlert aria-hidden /> } as const;
  const picture = pictures[state as keyof typeof pictures] ?? <PencilLine aria-hidden />;
  return (
    <span className={css.state} data-state={state} role="status">
      {picture}
      {t(`script.state.${state}`)}
    </span>
  );
}
