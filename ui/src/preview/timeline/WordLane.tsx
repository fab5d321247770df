/** What is said when. From afar whole sentences, close up single words; a click goes to where a word is said. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Word } from '../../backend/bindings/calls';
import { lastAtOrBefore } from '../cuts';
import { type Player, usePlayerValue } from '../player';
import css from './Timeline.module.css';
import type { View } from './Wave';
import { inView } from './scale';
import { useRoving } from './useRoving';

/** Pixels a second from which on words have room for their text. */
const WORDS_FROM = 96;

/** Narrower than this, letters would only be a pattern. */
const TEXT_PX = 26;

export interface Spoken {
  index: number;
  text: string;
  startMs: number;
  endMs: number;
  sentence: number;
}

export function WordLane(props: { player: Player; view: View; sentence: number | null }) {
  const { player, view } = props;
  const { words } = player.timeline;
  const close = view.scale * 1000 >= WORDS_FROM;
  const items = useMemo(() => (close ? wordsOf(words) : sentencesOf(words)), [close, words]);
  return <SpokenLane {...props} items={items} close={close} />;
}

function SpokenLane(props: {
  player: Player;
  view: View;
  sentence: number | null;
  items: Spoken[];
  close: boolean;
}) {
  const { player, view, items, close, sentence } = props;
  const { t } = useTranslation('preview');
  const current = usePlayerValue(player, (one) => spokenAt(items, one.time()));
  const go = (index: number) => player.seek(items[index]?.startMs ?? 0);
  const roving = useRoving(items.length, current < 0 ? null : current, go, go);
  const from = (view.left - 100) / view.scale;
  const to = (view.left + view.width + 100) / view.scale;
  const shown = inView(items, (item) => [item.startMs, item.endMs], from, to);
  // The one that Tab reaches is always there, however far it was scrolled away from.
  const reached = items[roving.focusable];
  const all = reached && !shown.includes(reached) ? [...shown, reached] : shown;
  const words = player.timeline.words;
  return (
    <div
      className={css.lane}
      role="listbox"
      aria-label={t(close ? 'lane.words' : 'lane.sentences')}
      aria-orientation="horizontal"
      onKeyDown={roving.onKeyDown}
      data-close={close}
    >
      {all.map((item) => (
        <div
          key={item.index}
          role="option"
          aria-selected={item.index === current}
          aria-setsize={items.length}
          aria-posinset={item.index + 1}
          data-index={item.index}
          data-chosen={item.sentence === sentence || undefined}
          data-odd={item.sentence % 2 === 1 || undefined}
          tabIndex={item.index === roving.focusable ? 0 : -1}
          className={css.word}
          title={close ? undefined : item.text}
          aria-label={item.text}
          style={{
            left: item.startMs * view.scale,
            width: Math.max(2, (item.endMs - item.startMs) * view.scale - 1),
          }}
          onFocus={() => roving.onFocus(item.index)}
          onClick={(event) => {
            const { left } = event.currentTarget.getBoundingClientRect();
            player.seek(
              close
                ? item.startMs
                : nearestWord(words, item, item.startMs + (event.clientX - left) / view.scale),
            );
          }}
        >
          {(close || (item.endMs - item.startMs) * view.scale >= TEXT_PX) && item.text}
        </div>
      ))}
    </div>
  );
}

function wordsOf(words: readonly Word[]): Spoken[] {
  return words.map((word, index) => ({
    index,
    text: word.text,
    startMs: word.start_ms,
    endMs: word.end_ms,
    sentence: word.sentence,
  }));
}

/** Words of one sentence together, in order. */
export function sentencesOf(words: readonly Word[]): Spoken[] {
  const list: Spoken[] = [];
  for (const word of words) {
    const last = list.at(-1);
    if (last?.sentence === word.sentence) {
      last.text += ` ${word.text}`;
      last.endMs = word.end_ms;
    } else {
      list.push({
        index: list.length,
        text: word.text,
        startMs: word.start_ms,
        endMs: word.end_ms,
        sentence: word.sentence,
      });
    }
  }
  return list;
}

/** Which one is said at a time; −1 in silence. */
export function spokenAt(items: readonly Spoken[], ms: number): number {
  const index = lastAtOrBefore(items, ms, (item) => item.startMs);
  const item = items[index];
  return item && ms < item.endMs ? index : -1;
}

/** Where the word of a sentence begins that is said at a time, or last before it. */
export function nearestWord(words: readonly Word[], item: Spoken, ms: number): number {
  const word = words[lastAtOrBefore(words, ms, (one) => one.start_ms)];
  return word && word.sentence === item.sentence ? word.start_ms : item.startMs;
}
