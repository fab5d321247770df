/** Which footage the project may use, how much of it is fresh, and its shots, to be dragged onto a sentence. */
import { ChevronRight } from 'lucide-react';
import { useId, useState } from 'react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useScope } from '../../../app/scope';
import type { SourceRow } from '../../../backend/bindings/calls';
import { Button } from '../../../components/Button';
import { SearchInput } from '../../../components/Fields';
import { Segmented } from '../../../components/Segmented';
import { Loading, Skeleton } from '../../../components/States';
import { duration } from '../../../lib/format';
import { useBench } from '../model/bench';
import { usePerform } from '../model/changes';
import { useSource } from '../model/footage';
import { MOST_SOURCES } from '../model/useBench';
import { useDragging } from '../shots/drag';
import { ShotStill } from '../shots/ShotStill';
import { usePins } from '../shots/usePins';
import css from './Footage.module.css';
import panel from './Panels.module.css';

const PAGE = 40;

export function FootagePanel() {
  const { t } = useTranslation('project');
  const { detail, store, allFootage, footage, footageTotal, lines } = useBench();
  const perform = usePerform();
  const [text, setText] = useState('');
  const [shown, setShown] = useState(PAGE);
  const [open, setOpen] = useState<string | null>(null);
  const chosen = detail.sources;

  if (footageTotal === null) {
    return (
      <Loading>
        <Skeleton height={60} />
        <Skeleton height={48} />
        <Skeleton height={48} />
      </Loading>
    );
  }
  if (footageTotal === 0) {
    return (
      <>
        <p className={panel.help}>{t('footage.none')}</p>
        <Link to="/library">{t('empty.footageGo')}</Link>
      </>
    );
  }
  const put = (next: string[]) =>
    perform(
      t('footage.changed'),
      () => store.sources(next),
      () => store.sources(chosen),
    );
  const wanted = text.trim().toLowerCase();
  const found = allFootage.filter((one) =>
    `${one.name} ${one.tags.join(' ')}`.toLowerCase().includes(wanted),
  );
  const fresh = footage.reduce((sum, one) => sum + one.fresh_shots, 0);
  const places = lines.reduce((sum, line) => sum + line.places.length, 0);

  return (
    <>
      <p className={css.fresh}>
        <strong>{t('footage.fresh', { count: fresh })}</strong>
        {places > 0 && (
          <span>
            {fresh < places
              ? t('footage.notEnough')
              : t('footage.enough', { count: Math.floor(fresh / places) })}
          </span>
        )}
      </p>
      <Segmented
        label={t('footage.which')}
        value={chosen.length === 0 ? 'all' : 'chosen'}
        segments={[
          { value: 'all', label: t('footage.all'), count: footageTotal },
          {
            value: 'chosen',
            label: t('footage.chosen'),
            count: chosen.length === 0 ? undefined : chosen.length,
          },
        ]}
        onChange={(which) => put(which === 'all' ? [] : allFootage.map((one) => one.id))}
        wide
      />
      <div className={panel.search}>
        <SearchInput label={t('footage.search')} value={text} onChange={setText} />
      </div>
      <p className={panel.help}>{t('footage.drag')}</p>
      <ul className={css.sources}>
        {found.slice(0, shown).map((source) => (
          <Source
            key={source.id}
            source={source}
            used={chosen.length === 0 ? null : chosen.includes(source.id)}
            onUse={(use) => put(use ? [...chosen, source.id] : chosen.filter((id) => id !== source.id))}
            last={chosen.length === 1}
            open={open === source.id}
            onOpen={() => setOpen(open === source.id ? null : source.id)}
          />
        ))}
      </ul>
      {found.length === 0 && <p className={panel.help}>{t('footage.notFound')}</p>}
      {found.length > shown && (
        <Button tone="plain" onClick={() => setShown(shown + PAGE)}>
          {t('footage.more', { count: found.length - shown })}
        </Button>
      )}
      {footageTotal > MOST_SOURCES && (
        <p className={panel.help}>{t('footage.most', { count: MOST_SOURCES })}</p>
      )}
    </>
  );
}

function Source(props: {
  source: SourceRow;
  /** `null` while all are used. */
  used: boolean | null;
  onUse: (use: boolean) => void;
  /** The only one that is chosen: without it, all would be. */
  last: boolean;
  open: boolean;
  onOpen: () => void;
}) {
  const { t } = useTranslation('project');
  const scope = useScope();
  const { source, used } = props;
  const id = useId();
  return (
    <li className={css.source} data-off={used === false || undefined}>
      <div className={css.head}>
        {used !== null && (
          <input
            type="checkbox"
            checked={used}
            disabled={used && props.last}
            aria-label={t('footage.use', { name: source.name })}
            onChange={(event) => props.onUse(event.target.checked)}
          />
        )}
        <button type="button" aria-expanded={props.open} aria-controls={id} onClick={props.onOpen}>
          <span className={css.thumb}>
            {source.thumb && <img src={scope.media.file(source.thumb)} alt="" loading="lazy" />}
          </span>
          <span className={css.name}>
            <span>{source.name}</span>
            <small>
              {source.missing
                ? t('footage.missing')
                : source.analysed
                  ? t('footage.shots', { count: source.shots, fresh: source.fresh_shots })
                  : t('footage.analysing')}
            </small>
          </span>
          <ChevronRight aria-hidden />
        </button>
      </div>
      <div id={id}>{props.open && <Shots source={source} />}</div>
    </li>
  );
}

function Shots({ source }: { source: SourceRow }) {
  const { t } = useTranslation('project');
  const { timeline, place } = useBench();
  const dragging = useDragging();
  const pins = usePins();
  const seen = useSource(source.id);
  if (!seen) return <Skeleton height={72} />;
  const frame = timeline ?? { width: source.width, height: source.height };
  return (
    <ul className={css.shots}>
      {seen.shots.map((shot) => (
        <li key={shot.id}>
          <button
            type="button"
            className={css.shot}
            aria-label={t('footage.shot', {
              length: duration(shot.end_ms - shot.start_ms),
              used: shot.used === 0 ? t('shots.fresh') : t('shots.used', { count: shot.used }),
            })}
            title={place ? t('footage.put') : t('footage.dragOne')}
            onPointerDown={(event) => {
              const dragged = {
                kind: 'shot',
                shot: shot.id,
                source: source.id,
                inMs: shot.start_ms,
              } as const;
              dragging.begin(event, dragged);
            }}
            onClick={() => place && pins.put(place, shot.id)}
          >
            <ShotStill
              source={source.id}
              shot={shot.id}
              thumb={shot.thumb}
              inMs={shot.start_ms}
              lengthMs={shot.end_ms - shot.start_ms}
              frame={frame}
            />
            <small className={shot.used === 0 ? css.unused : undefined}>
              {shot.used === 0 ? t('shots.fresh') : t('shots.used', { count: shot.used })}
            </small>
          </button>
        </li>
      ))}
    </ul>
  );
}
