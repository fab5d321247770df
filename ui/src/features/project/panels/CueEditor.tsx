/** The captions as text: what they say, where they break, what is emphasised, where they stand. */
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../../app/commands/commands';
import { usePlayerTime } from '../../../preview/player';
import { useBench } from '../model/bench';
import { type CaptionEdit, type EditedCue, cleared, cuesOf, isEdited } from '../model/captionEdits';
import { usePerform } from '../model/changes';
import { onFrame } from '../model/lines';
import { CueRow } from './CueRow';
import panel from './Panels.module.css';

export function CueEditor() {
  const { t } = useTranslation('captions');
  const { timeline, lines, script, edits, store, player } = useBench();
  const perform = usePerform();
  const time = usePlayerTime(player);
  const [chosen, setChosen] = useState<string | null>(null);
  /** The cue whose text field takes the focus once it is there, with the caret at this word. */
  const [wanted, setWanted] = useState<string | null>(null);
  const list = useRef<HTMLOListElement>(null);

  const cues = timeline ? cuesOf(timeline, lines) : [];
  const now = cues.findLast((cue) => cue.startMs <= time) ?? null;
  const nowId = now && time < now.endMs ? now.id : null;

  useEffect(() => {
    // While it plays one follows; while it stands still one looks around.
    if (nowId === null || !player?.playing()) return;
    list.current?.querySelector('[data-current]')?.scrollIntoView({ block: 'nearest' });
  }, [nowId, player]);

  const change = (label: string, next: CaptionEdit[], focus?: string) => {
    if (!script) return;
    const before = [...edits];
    const { id } = script;
    if (focus !== undefined) {
      setWanted(focus);
      setChosen(focus);
    }
    // A field that is left before its text is planned says again what is stored already: that is no step to take back.
    if (JSON.stringify(next) === JSON.stringify(before)) return;
    perform(
      label,
      () => store.captions(id, next),
      () => store.captions(id, before),
    );
  };
  useCommand({
    id: 'captions.edit',
    group: t('group'),
    title: t('editNow'),
    key: 'C',
    enabled: now !== null,
    run: () => {
      if (!now) return;
      setChosen(now.id);
      setWanted(now.id);
    },
  });

  if (!timeline || cues.length === 0) return <p className={panel.help}>{t('none')}</p>;
  return (
    <section className={panel.group} aria-label={t('words')}>
      <h3>{t('words')}</h3>
      <p className={panel.help}>{t('wordsHelp')}</p>
      <ol ref={list} style={{ display: 'grid', gap: 2 }}>
        {cues.map((cue) => (
          <CueRow
            key={cue.id}
            cue={cue}
            before={beforeOf(cues, cue)}
            current={cue.id === nowId}
            chosen={cue.id === chosen}
            edited={isEdited(edits, cue)}
            edits={edits}
            focus={cue.id === wanted}
            onFocused={() => setWanted(null)}
            onChoose={() => {
              setChosen(cue.id);
              if (cue.id !== nowId) player?.seek(onFrame(cue.startMs, timeline.fps));
            }}
            onSeek={(ms) => player?.seek(onFrame(ms, timeline.fps))}
            onChange={change}
            onClear={() => change(t('clearedStep'), cleared(edits, cue.line))}
          />
        ))}
      </ol>
    </section>
  );
}

/** The cue before, when it is of the same sentence: only those can be joined. */
function beforeOf(cues: readonly EditedCue[], cue: EditedCue): EditedCue | null {
  return cues.find((one) => one.line.number === cue.line.number && one.last === cue.first - 1) ?? null;
}
