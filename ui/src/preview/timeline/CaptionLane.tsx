/** The captions: which text is on the picture when. */
import { useTranslation } from 'react-i18next';
import { type Player, usePlayerValue } from '../player';
import css from './Timeline.module.css';
import type { View } from './Wave';
import { inView } from './scale';
import { useRoving } from './useRoving';

/** Narrower than this, letters would only be a pattern. */
const TEXT_PX = 26;

export function CaptionLane({ player, view }: { player: Player; view: View }) {
  const { t } = useTranslation('preview');
  const cues = player.timeline.captions;
  const current = usePlayerValue(player, (one) => {
    const ms = one.time();
    return cues.findIndex((cue) => ms >= cue.start_ms && ms < cue.end_ms);
  });
  const go = (index: number) => player.seek(cues[index]?.start_ms ?? 0);
  const roving = useRoving(cues.length, current < 0 ? null : current, go, go);
  const from = (view.left - 100) / view.scale;
  const to = (view.left + view.width + 100) / view.scale;
  const numbered = cues.map((cue, index) => ({ cue, index }));
  const shown = inView(numbered, ({ cue }) => [cue.start_ms, cue.end_ms], from, to);
  const reached = numbered[roving.focusable];
  const all = reached && !shown.includes(reached) ? [...shown, reached] : shown;
  return (
    <div
      className={css.lane}
      role="listbox"
      aria-label={t('lane.captions')}
      aria-orientation="horizontal"
      onKeyDown={roving.onKeyDown}
    >
      {all.map(({ cue, index }) => {
        const text = cue.words.map((word) => word.text).join(' ');
        return (
          <div
            key={index}
            role="option"
            aria-selected={index === current}
            aria-setsize={cues.length}
            aria-posinset={index + 1}
            data-index={index}
            tabIndex={index === roving.focusable ? 0 : -1}
            className={css.cue}
            title={text}
            aria-label={text}
            style={{
              left: cue.start_ms * view.scale,
              width: Math.max(2, (cue.end_ms - cue.start_ms) * view.scale - 1),
            }}
            onFocus={() => roving.onFocus(index)}
            onClick={() => go(index)}
          >
            {(cue.end_ms - cue.start_ms) * view.scale >= TEXT_PX && text}
          </div>
        );
      })}
    </div>
  );
}
