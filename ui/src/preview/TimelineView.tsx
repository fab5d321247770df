/** A timeline from above: shots, words, captions, voice and music over one ruler. */
import { useQuery } from '@tanstack/react-query';
import { Maximize2, ZoomIn, ZoomOut } from 'lucide-react';
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../app/commands/commands';
import { useScope } from '../app/scope';
import { IconButton } from '../components/Button';
import css from './TimelineView.module.css';
import { levelsOf, musicAt } from './levels';
import type { Player } from './player';
import { CaptionLane } from './timeline/CaptionLane';
import { Playhead, Ruler } from './timeline/Ruler';
import { ShotDetails } from './timeline/ShotDetails';
import { ShotLane } from './timeline/ShotLane';
import lanes from './timeline/Timeline.module.css';
import { type View, Wave } from './timeline/Wave';
import { WordLane } from './timeline/WordLane';
import { fitScale, scaleAt, scrollAround, zoomOf } from './timeline/scale';
import { useStrips } from './timeline/useStrips';
import { type Peaks, fetchPeaks, peakBetween, secondsOf } from './timeline/wave';

const SHOT_PX = 44;
const VOICE_PX = 30;
const MUSIC_PX = 24;
/** One step of the zoom keys and buttons. */
const ZOOM_STEP = 0.12;
/** Room after the end, so that the last frame can be reached. */
const END_PX = 12;
/** Room before the start, so that the playhead is seen whole there. */
const START_PX = 7;

export interface TimelineViewProps {
  player: Player;
  /** Index of the chosen segment. */
  selected: number | null;
  onSelect: (index: number) => void;
}

export function TimelineView({ player, selected, onSelect }: TimelineViewProps) {
  const { t } = useTranslation('preview');
  const { timeline, length } = player;
  const scroller = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(800);
  const [left, setLeft] = useState(-START_PX);
  const [zoom, setZoom] = useState(0);
  /** Where to be after the scale changed. */
  const goal = useRef<number | null>(null);
  const fit = fitScale(length, width - START_PX - END_PX);
  const scale = scaleAt(zoom, fit);
  const view = useMemo<View>(() => ({ left, width, scale }), [left, width, scale]);
  const strips = useStrips(timeline);

  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const measure = () => setWidth(element.clientWidth || 800);
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    measure();
    return () => observer.disconnect();
  }, []);

  useLayoutEffect(() => {
    if (goal.current === null || !scroller.current) return;
    scroller.current.scrollLeft = goal.current + START_PX;
    goal.current = null;
  }, [scale]);

  const zoomTo = useCallback(
    (next: number, atPx?: number) => {
      const to = scaleAt(next, fit);
      // Around the pointer, or around the playhead where that is in view.
      const head = player.time() * scale - left;
      const at = atPx ?? (head >= 0 && head <= width ? head : width / 2);
      goal.current = scrollAround(left, at, scale, to);
      setZoom(zoomOf(to, fit));
    },
    [fit, left, player, scale, width],
  );

  // React listens to wheels without being able to hold the page's own zoom back.
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const wheel = (event: WheelEvent) => {
      if (!event.ctrlKey) return;
      event.preventDefault();
      zoomTo(
        zoom - Math.sign(event.deltaY) * (ZOOM_STEP / 2),
        event.clientX - element.getBoundingClientRect().left,
      );
    };
    element.addEventListener('wheel', wheel, { passive: false });
    return () => element.removeEventListener('wheel', wheel);
  }, [zoom, zoomTo]);

  const group = t('group');
  useCommand({
    id: 'timeline.zoomIn',
    group,
    title: t('zoomIn'),
    key: '+',
    run: () => zoomTo(zoom + ZOOM_STEP),
  });
  useCommand({
    id: 'timeline.zoomInToo',
    group,
    title: t('zoomIn'),
    key: '=',
    hidden: true,
    run: () => zoomTo(zoom + ZOOM_STEP),
  });
  useCommand({
    id: 'timeline.zoomOut',
    group,
    title: t('zoomOut'),
    key: '-',
    run: () => zoomTo(zoom - ZOOM_STEP),
  });
  useCommand({ id: 'timeline.fit', group, title: t('fit'), key: '0', run: () => zoomTo(0) });

  const at = (clientX: number) => {
    const box = scroller.current?.getBoundingClientRect();
    return (clientX - (box?.left ?? 0) + (scroller.current?.scrollLeft ?? 0) - START_PX) / scale;
  };
  const reveal = (ms: number, playing: boolean) => {
    const element = scroller.current;
    if (!element) return;
    const x = ms * scale + START_PX - element.scrollLeft;
    if (x >= 0 && x <= width - 1) return;
    element.scrollLeft = Math.max(0, ms * scale - (playing ? width * 0.1 : width / 2));
  };
  const sentence = selected === null ? null : (timeline.segments[selected]?.sentence ?? null);

  return (
    <section className={css.timeline} aria-label={t('timeline')}>
      <header className={css.head}>
        <ShotDetails player={player} selected={selected} strips={strips} />
        <div className={css.zoom}>
          <IconButton label={t('fit')} shortcut="0" disabled={zoom === 0} onClick={() => zoomTo(0)}>
            <Maximize2 />
          </IconButton>
          <IconButton
            label={t('zoomOut')}
            shortcut="-"
            disabled={zoom === 0}
            onClick={() => zoomTo(zoom - ZOOM_STEP)}
          >
            <ZoomOut />
          </IconButton>
          <input
            type="range"
            className={css.slider}
            aria-label={t('zoom')}
            min={0}
            max={1}
            step={0.01}
            value={zoom}
            onChange={(event) => zoomTo(Number(event.target.value))}
          />
          <IconButton
            label={t('zoomIn')}
            shortcut="+"
            disabled={zoom === 1}
            onClick={() => zoomTo(zoom + ZOOM_STEP)}
          >
            <ZoomIn />
          </IconButton>
        </div>
      </header>
      <div className={css.body}>
        <div className={css.names} aria-hidden>
          <span className={css.rulerName} />
          <span style={{ height: SHOT_PX }}>{t('lane.shots')}</span>
          <span>{t('lane.words')}</span>
          {timeline.captions.length > 0 && <span>{t('lane.captions')}</span>}
          <span style={{ height: VOICE_PX }}>{t('lane.voice')}</span>
          {timeline.music && <span style={{ height: MUSIC_PX }}>{t('lane.music')}</span>}
        </div>
        <div
          ref={scroller}
          className={css.scroller}
          data-testid="timeline-scroller"
          onScroll={(event) => setLeft(event.currentTarget.scrollLeft - START_PX)}
        >
          <div
            className={css.lanes}
            style={{ width: Math.max(width - START_PX, length * scale + END_PX), marginLeft: START_PX }}
          >
            <Ruler player={player} view={view} at={at} />
            <ShotLane
              player={player}
              view={view}
              height={SHOT_PX}
              strips={strips}
              selected={selected}
              onSelect={onSelect}
            />
            <WordLane player={player} view={view} sentence={sentence} />
            {timeline.captions.length > 0 && <CaptionLane player={player} view={view} />}
            <VoiceLane player={player} view={view} />
            {timeline.music && <MusicLane player={player} view={view} />}
            <Playhead player={player} view={view} at={at} reveal={reveal} />
          </div>
        </div>
      </div>
    </section>
  );
}

/** Peaks of a file of the profile, read once. */
function usePeaks(path: string) {
  const { media } = useScope();
  return useQuery<Peaks>({
    queryKey: ['peaks', path],
    queryFn: ({ signal }) => fetchPeaks(media.file(path), signal),
  });
}

function VoiceLane({ player, view }: { player: Player; view: View }) {
  const { t } = useTranslation('preview');
  const { voice, fps } = player.timeline;
  const peaks = usePeaks(voice.file.path);
  const start = (voice.start * 1000) / fps;
  const peak = useMemo(() => {
    const { data } = peaks;
    return data
      ? (from: number, to: number) => peakBetween(data, (from - start) / 1000, (to - start) / 1000)
      : null;
  }, [peaks, start]);
  return (
    <div className={lanes.lane} style={{ height: VOICE_PX }} role="img" aria-label={t('lane.voice')}>
      <Wave view={view} height={VOICE_PX} lengthMs={player.length} tone="voice" peak={peak} />
      {peaks.error && <span className={lanes.broken}>{t('voiceUnread')}</span>}
    </div>
  );
}

function MusicLane({ player, view }: { player: Player; view: View }) {
  const { t } = useTranslation('preview');
  const { timeline } = player;
  const peaks = usePeaks(timeline.music?.file.path ?? '');
  const peak = useMemo(() => {
    const { data } = peaks;
    if (!data) return null;
    const levels = levelsOf(timeline);
    const seconds = secondsOf(data);
    const full = levels.music || 1;
    return (from: number, to: number): [number, number] => {
      const share = musicAt(timeline, levels, (from + to) / 2) / full;
      const at = (from / 1000) % seconds;
      const [low, high] = peakBetween(data, at, at + (to - from) / 1000);
      return [low * share, high * share];
    };
  }, [peaks, timeline]);
  return (
    <div className={lanes.lane} style={{ height: MUSIC_PX }} role="img" aria-label={t('lane.music')}>
      <Wave view={view} height={MUSIC_PX} lengthMs={player.length} tone="music" peak={peak} />
      {peaks.error && <span className={lanes.broken}>{t('musicUnread')}</span>}
    </div>
  );
}
