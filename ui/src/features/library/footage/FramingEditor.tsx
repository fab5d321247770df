/** How a source fills a frame of another shape: filled around a point one drags, or whole over a blur or black. */
import { type KeyboardEvent, type PointerEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Segmented } from '../../../components/Segmented';
import { Still } from '../media/Still';
import type { Framing, Source } from '../types';
import css from './Framing.module.css';
import { anchorAt, windowOf } from './framing';

type How = Framing['how'] | 'project';
const HOWS: readonly How[] = ['project', 'fill', 'blur_fit', 'fit'];
const MIDDLE = { x: 0.5, y: 0.5 };
const NUDGE = 0.02;

export function FramingEditor(props: {
  source: Pick<Source, 'framing' | 'width' | 'height'>;
  still: string | null;
  onChange: (framing: Framing | null) => void;
}) {
  const { source, still } = props;
  const { t } = useTranslation('library');
  const [dragged, setDragged] = useState<{ x: number; y: number } | null>(null);
  const framing = source.framing;
  const how: How = framing?.how ?? 'project';
  const anchor = dragged ?? (framing?.how === 'fill' ? framing : MIDDLE);

  const choose = (next: How) => {
    if (next === 'project') props.onChange(null);
    else if (next === 'fill') props.onChange({ how: 'fill', ...MIDDLE });
    else props.onChange({ how: next });
  };
  const aim = (event: PointerEvent) => {
    const box = event.currentTarget.getBoundingClientRect();
    if (box.width === 0) return;
    setDragged(
      anchorAt(source, (event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height),
    );
  };
  const drop = () => {
    if (dragged) props.onChange({ how: 'fill', ...dragged });
    setDragged(null);
  };
  const nudge = (event: KeyboardEvent) => {
    const by = NUDGES[event.key];
    if (!by) return;
    event.preventDefault();
    // From where the window is, not from beyond the edge where the anchor may lie.
    const now = anchorAt(source, anchor.x, anchor.y);
    props.onChange({ how: 'fill', ...anchorAt(source, now.x + by.x * NUDGE, now.y + by.y * NUDGE) });
  };

  const part = windowOf(source, anchor);
  const percent = (share: number) => `${share * 100}%`;
  const across = part.width < 1;
  return (
    <div className={css.editor}>
      <Segmented
        wide
        label={t('framing.title')}
        value={how}
        segments={HOWS.map((value) => ({ value, label: t(`framing.${value}`) }))}
        onChange={choose}
      />
      <p className={css.hint}>{t(`framing.${how}Hint`)}</p>
      {how === 'fill' && (
        <div
          className={css.picture}
          style={{ aspectRatio: `${source.width} / ${source.height}` }}
          onPointerDown={(event) => {
            event.currentTarget.setPointerCapture(event.pointerId);
            aim(event);
          }}
          onPointerMove={(event) => dragged && aim(event)}
          onPointerUp={drop}
          onPointerCancel={() => setDragged(null)}
        >
          <Still src={still} />
          <div
            role="slider"
            tabIndex={0}
            aria-label={t('framing.anchor')}
            aria-orientation={across ? 'horizontal' : 'vertical'}
            aria-valuemin={0}
            aria-valuemax={100}
            aria-valuenow={Math.round((across ? anchor.x : anchor.y) * 100)}
            aria-valuetext={t('framing.at', { x: Math.round(anchor.x * 100), y: Math.round(anchor.y * 100) })}
            className={css.window}
            style={{
              left: percent(part.left),
              top: percent(part.top),
              width: percent(part.width),
              height: percent(part.height),
            }}
            onKeyDown={nudge}
          />
        </div>
      )}
      {(how === 'blur_fit' || how === 'fit') && still && (
        <div className={css.frame} aria-hidden>
          {how === 'blur_fit' && <img src={still} alt="" className={css.blur} />}
          <img src={still} alt="" className={css.whole} />
        </div>
      )}
    </div>
  );
}

const NUDGES: Record<string, { x: number; y: number }> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};
