/** What the script becomes: each sentence with its time, its words, its shots and why they were chosen. */
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../../app/commands/commands';
import { duration } from '../../../lib/format';
import { usePlayerTime } from '../../../preview/player';
import { useBench } from '../model/bench';
import { type Line, lineAt, onFrame, placesOf } from '../model/lines';
import { ShotCard } from './ShotCard';
import { ShotDetail } from './ShotDetail';
import css from './Sentences.module.css';

export function Sentences() {
  const { t } = useTranslation('project');
  const { lines, player, place, choose } = useBench();
  const time = usePlayerTime(player);
  const now = player ? lineAt(lines, time) : null;
  const shown = placesOf(lines).findLast((one) => one.startMs <= time + 0.5);

  const go = (by: -1 | 1) => {
    const at = lines.findIndex((line) => line.number === now?.number);
    const next = lines[Math.min(lines.length - 1, Math.max(0, at + by))];
    if (!next || !player) return;
    player.seek(next.startMs);
    choose(next.places[0]?.index ?? null);
  };
  const group = t('commands');
  const enabled = lines.length > 0;
  useCommand({
    id: 'project.sentence.next',
    group,
    title: t('shots.next'),
    key: 'Alt+Down',
    enabled,
    run: () => go(1),
  });
  useCommand({
    id: 'project.sentence.previous',
    group,
    title: t('shots.previous'),
    key: 'Alt+Up',
    enabled,
    run: () => go(-1),
  });

  if (lines.length === 0) return null;
  return (
    <ol className={css.list} aria-label={t('shots.title')}>
      {lines.map((line) => (
        <Sentence
          key={line.number}
          line={line}
          current={line.number === now?.number}
          time={line.number === now?.number ? time : null}
          shown={shown?.index ?? null}
          chosen={place?.sentence === line.number ? place.index : null}
        />
      ))}
    </ol>
  );
}

function Sentence(props: {
  line: Line;
  current: boolean;
  /** Only for the one that is heard. */
  time: number | null;
  shown: number | null;
  chosen: number | null;
}) {
  const { line, current } = props;
  const { player, timeline } = useBench();
  const row = useRef<HTMLLIElement>(null);
  const chosen = line.places.find((place) => place.index === props.chosen);

  // The player stands on frames, and a word begins somewhere within one: the last that begins in this frame is heard.
  const { time } = props;
  const frameMs = 1000 / (timeline?.fps ?? 30);
  const heard = time === null ? -1 : line.words.findLastIndex((word) => word.start_ms < time + frameMs);

  useEffect(() => {
    if (current) row.current?.scrollIntoView({ block: 'nearest' });
  }, [current]);

  return (
    <li
      ref={row}
      className={css.sentence}
      data-current={current || undefined}
      aria-current={current ? 'true' : undefined}
    >
      <span className={css.number}>{line.number + 1}</span>
      <button type="button" className={css.time} onClick={() => player?.seek(line.startMs)}>
        {duration(line.startMs)}
      </button>
      <p className={css.words}>
        {line.words.map((word, index) => (
          <Word
            key={index}
            text={word.text}
            spoken={time !== null && index === heard && time < word.end_ms}
            onClick={() => player?.seek(onFrame(word.start_ms, timeline?.fps ?? 30))}
          />
        ))}
      </p>
      <ul className={css.shots}>
        {line.places.map((place) => (
          <li key={place.index}>
            <ShotCard place={place} shown={place.index === props.shown} />
          </li>
        ))}
      </ul>
      {chosen && (
        <div className={css.detail}>
          <ShotDetail key={chosen.segment.pick.shot} place={chosen} />
        </div>
      )}
    </li>
  );
}

/** One word; a click goes there. The keyboard goes there with its sentence, so words are no stops of the tab key. */
function Word({ text, spoken, onClick }: { text: string; spoken: boolean; onClick: () => void }) {
  return (
    <>
      <span className={css.word} data-spoken={spoken || undefined} onClick={onClick}>
        {text}
      </span>{' '}
    </>
  );
}
