import { CornerDownLeft, EyeOff, Move, RotateCcw, Undo2 } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, IconButton } from '../../../components/Button';
import { Popover } from '../../../components/Popover';
import { duration } from '../../../lib/format';
import { useBench } from '../model/bench';
import {
  type CaptionEdit,
  type EditedCue,
  emphasised,
  joined,
  lineBroken,
  placed,
  retexted,
  split,
} from '../model/captionEdits';
import css from './Captions.module.css';
import { PlacePad } from './PlacePad';

/** How many words stand before this letter. */
function wordsBefore(text: string, caret: number): number {
  return text.slice(0, caret).trim().split(/\s+/).filter(Boolean).length;
}

export function CueRow(props: {
  cue: EditedCue;
  /** The cue it can be joined with. */
  before: EditedCue | null;
  current: boolean;
  chosen: boolean;
  edited: boolean;
  edits: readonly CaptionEdit[];
  focus: boolean;
  onFocused: () => void;
  onChoose: () => void;
  onSeek: (ms: number) => void;
  onChange: (label: string, edits: CaptionEdit[], focus?: string) => void;
  onClear: () => void;
}) {
  const { t } = useTranslation('captions');
  const { timeline } = useBench();
  const { cue, edits, onChange } = props;
  const field = useRef<HTMLInputElement>(null);
  // What is typed counts until what is shown changes under it.
  const [typed, setTyped] = useState<{ of: string; text: string } | null>(null);
  /** Left with Escape: what was typed is not stored. */
  const dropped = useRef(false);
  const [placing, setPlacing] = useState(false);
  const text = typed && typed.of === cue.text ? typed.text : cue.text;

  const { focus, onFocused } = props;
  useEffect(() => {
    if (!focus) return;
    field.current?.focus();
    onFocused();
  }, [focus, onFocused]);

  const stored = () => (text === cue.text ? edits : retexted(edits, cue, text));
  const store = () => {
    if (text !== cue.text) onChange(t('textChanged'), [...stored()]);
  };
  const splitAt = (caret: number) => {
    const at = wordsBefore(text, caret);
    if (text !== cue.text || at === 0 || at >= cue.words.length) return store();
    const over = cue.words[at]?.over ?? cue.first;
    onChange(t('split'), split(edits, cue, at), `${cue.line.number}-${over}`);
  };
  const join = () => {
    if (!props.before) return;
    onChange(t('joined'), joined(stored(), cue), props.before.id);
  };

  return (
    <li
      className={css.cue}
      data-current={props.current || undefined}
      data-chosen={props.chosen || undefined}
      data-hidden={cue.text === '' || undefined}
    >
      <button type="button" className={css.time} onClick={() => props.onSeek(cue.startMs)}>
        {duration(cue.startMs)}
      </button>
      <input
        ref={field}
        className={css.text}
        value={text}
        aria-label={t('textOf', { time: duration(cue.startMs) })}
        placeholder={t('hidden', { words: cue.spoken })}
        spellCheck={false}
        onFocus={props.onChoose}
        onChange={(event) => setTyped({ of: cue.text, text: event.target.value })}
        onBlur={() => {
          if (!dropped.current) store();
          dropped.current = false;
        }}
        onKeyDown={(event) => {
          const caret = event.currentTarget.selectionStart ?? 0;
          if (event.key === 'Enter') {
            event.preventDefault();
            splitAt(caret);
          } else if (
            event.key === 'Backspace' &&
            caret === 0 &&
            event.currentTarget.selectionEnd === 0 &&
            props.before
          ) {
            event.preventDefault();
            join();
          } else if (event.key === 'Escape') {
            event.preventDefault();
            setTyped(null);
            dropped.current = true;
            event.currentTarget.blur();
          } else if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
            event.preventDefault();
            const row = event.currentTarget.closest('li');
            const other = event.key === 'ArrowUp' ? row?.previousElementSibling : row?.nextElementSibling;
            other?.querySelector('input')?.focus();
          }
        }}
      />
      {props.edited && (
        <IconButton label={t('clear')} onClick={props.onClear} className={css.small}>
          <RotateCcw />
        </IconButton>
      )}
      {props.chosen && (
        <div className={css.tools}>
          <div className={css.chips} role="group" aria-label={t('emphasis')}>
            {cue.words.map((word, index) => (
              <button
                key={index}
                type="button"
                className={css.chip}
                aria-pressed={word.emphasis}
                title={t('emphasise', { word: word.text })}
                data-break={word.breakAfter || undefined}
                onClick={() =>
                  onChange(t('emphasised'), emphasised([...stored()], cue, index, !word.emphasis))
                }
              >
                {word.text}
              </button>
            ))}
          </div>
          <div className={css.actions}>
            <Button disabled={cue.words.length < 2} icon={<CornerDownLeft />} onClick={() => breakLine()}>
              {cue.words.some((word) => word.breakAfter) ? t('oneLine') : t('lineBreak')}
            </Button>
            {props.before && (
              <Button icon={<Undo2 />} onClick={join}>
                {t('join')}
              </Button>
            )}
            <Button
              icon={<EyeOff />}
              disabled={cue.text === ''}
              onClick={() => onChange(t('hid'), retexted(edits, cue, ''))}
            >
              {t('hide')}
            </Button>
            <Popover
              label={t('place')}
              open={placing}
              onOpen={setPlacing}
              trigger={<Button icon={<Move />}>{t('place')}</Button>}
            >
              {timeline && (
                <PlacePad
                  place={cue.place}
                  frame={timeline}
                  onPlace={(place) => onChange(t('placed'), placed([...stored()], cue, place))}
                />
              )}
            </Popover>
          </div>
        </div>
      )}
    </li>
  );

  /** At the caret, else in the middle; a line that is broken already becomes one again. */
  function breakLine() {
    const broken = cue.words.findIndex((word) => word.breakAfter);
    if (broken >= 0) return onChange(t('lineChanged'), lineBroken([...stored()], cue, broken, false));
    const caret = wordsBefore(text, field.current?.selectionStart ?? 0);
    const at = caret > 0 && caret < cue.words.length ? caret : Math.ceil(cue.words.length / 2);
    onChange(t('lineChanged'), lineBroken([...stored()], cue, at - 1, true));
  }
}
