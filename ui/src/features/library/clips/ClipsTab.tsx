/** The finished videos: looked through and judged without touching the mouse. */
import { Clapperboard, FolderOutput, ListFilter, CheckCheck } from 'lucide-react';
import { useNavigate } from '@tanstack/react-router';
import { useDeferredValue, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommands } from '../../../app/commands/commands';
import { useCall } from '../../../app/queries';
import { useScope } from '../../../app/scope';
import type { Reply } from '../../../backend/backend';
import { Button } from '../../../components/Button';
import { SearchInput, Select } from '../../../components/Fields';
import { Empty } from '../../../components/States';
import { Lightbox } from '../Lightbox';
import css from '../LibraryPage.module.css';
import { Toolbar } from '../Toolbar';
import { GridStates } from '../grid/GridStates';
import { TileGrid } from '../grid/TileGrid';
import { useInstead } from '../../../lib/voices';
import { usePaged } from '../../../app/paged';
import { useRemembered } from '../state/remembered';
import { useSelection } from '../state/selection';
import type { ClipRow, Triage } from '../types';
import { ClipInspector, type Judge } from './ClipInspector';
import { ClipTile } from './ClipTile';
import { ManyClips } from './ManyClips';
import { ReviewBar, type Shown } from './ReviewBar';
import { useClipChanges } from './changes';
import { neighbour, nextToReview } from './next';
import { useClipCommands } from './useClipCommands';

const SORTS = ['newest', 'oldest', 'name', 'longest'] as const;
const SHAPE = { ratio: 16 / 9, narrowest: 148, words: 62 };
const rowsOf = (reply: Reply<'clip_page'>) => ({ total: reply.total, rows: reply.clips });

export function ClipsTab() {
  const { t } = useTranslation('library');
  const scope = useScope();
  const navigate = useNavigate();
  const search = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const [shown, setShown] = useState<Shown>('all');
  const [sort, setSort] = useRemembered('library.clips.sort', SORTS, 'newest');
  const [focus, setFocus] = useState(0);
  const [large, setLarge] = useState(false);
  const asked = useDeferredValue(text.trim());

  const filter = { text: asked === '' ? null : asked, triage: shown === 'all' ? null : shown };
  const paged = usePaged('clip_page', { filter, sort }, rowsOf, focus);
  const selection = useSelection<ClipRow>(paged, { index: focus, set: setFocus });
  const counts = useCall('clip_counts', {});
  const changes = useClipChanges();
  const { current, targets, index } = selection;
  const bare = paged.total === 0 && asked === '' && shown === 'all';

  const judge = (change: (rows: readonly ClipRow[]) => Promise<boolean>) => {
    if (targets.length === 0) return;
    const judged = new Set(targets.map((row) => row.id));
    // The next one is looked for while the list is still as it was seen.
    void nextToReview(paged, index, judged).then((next) => {
      const place = next ?? (shown === 'all' ? null : neighbour(paged, index, judged));
      if (place) selection.goTo(place.row, place.index);
    });
    void change(targets);
  };
  const judgeAs = (triage: Triage) => () => judge((rows) => changes.triage(rows, triage));
  const does: Judge = {
    accept: judgeAs('accepted'),
    reject: judgeAs('rejected'),
    again: () => judge(changes.regenerate),
    publish: () => {
      if (targets.length === 0) return;
      void navigate({ to: '/publish', search: { clips: targets.map((row) => row.id) } });
    },
    exportTo: () => void (targets.length > 0 && changes.exportTo(targets)),
    remove: () => {
      if (targets.length === 0) return;
      const place = neighbour(paged, index, new Set(targets.map((row) => row.id)));
      if (place) selection.goTo(place.row, place.index);
      else setLarge(false);
      void changes.remove(targets);
    },
  };
  useClipCommands({ selection, search, judge: does, large, onOpen: () => setLarge(true), onShow: setShown });
  const { list, keyOf } = useCommands();
  const keyFor = (id: string, otherwise: string) => {
    const command = list.find((each) => each.id === id);
    return (command && keyOf(command)) ?? otherwise;
  };
  const insteadOf = useInstead();
  const nameOf = (row: ClipRow) =>
    [row.name, t(`triage.${row.triage as Triage}`), row.instead && insteadOf(row.instead)]
      .filter(Boolean)
      .join(', ');
  const keys = {
    accept: keyFor('library.accept', 'A'),
    reject: keyFor('library.reject', 'X'),
    again: keyFor('library.again', 'R'),
  };

  return (
    <>
      <Toolbar
        actions={
          targets.length > 1 && (
            <Button icon={<FolderOutput />} onClick={does.exportTo}>
              {t('export.many', { count: targets.length })}
            </Button>
          )
        }
      >
        {!bare && (
          <>
            <SearchInput ref={search} value={text} onChange={setText} label={t('search.clips')} />
            <Select
              label={t('sort.label')}
              value={sort}
              options={SORTS.map((value) => ({ value, label: t(`sort.${value}`) }))}
              onChange={setSort}
            />
          </>
        )}
      </Toolbar>
      <div className={css.body}>
        <div className={css.main}>
          {!bare && <ReviewBar counts={counts.data} shown={shown} onShow={setShown} keys={keys} />}
          <div className={css.list}>
            <GridStates
              paged={paged}
              ratio={SHAPE.ratio}
              narrowest={SHAPE.narrowest}
              empty={
                asked !== '' ? (
                  <Empty icon={<ListFilter />} title={t('empty.found')} text={t('empty.foundText')}>
                    <Button onClick={() => setText('')}>{t('empty.showAll')}</Button>
                  </Empty>
                ) : shown === 'all' ? (
                  <Empty icon={<Clapperboard />} title={t('empty.clips')} text={t('empty.clipsText')}>
                    <Button tone="primary" onClick={() => void navigate({ to: '/projects' })}>
                      {t('empty.toProjects')}
                    </Button>
                  </Empty>
                ) : (
                  <Empty
                    icon={shown === 'new' ? <CheckCheck /> : <ListFilter />}
                    title={t(`empty.${shown}`)}
                    text={t(`empty.${shown}Text`)}
                  >
                    <Button onClick={() => setShown('all')}>{t('empty.allClips')}</Button>
                  </Empty>
                )
              }
            >
              <TileGrid
                label={t('tabs.clips')}
                paged={paged}
                selection={selection}
                shape={SHAPE}
                nameOf={nameOf}
                onOpen={() => setLarge(true)}
              >
                {(row, state) => <ClipTile row={row} {...state} />}
              </TileGrid>
            </GridStates>
          </div>
        </div>
        {paged.total !== 0 &&
          (targets.length > 1 ? (
            <ManyClips rows={targets} judge={does} onNone={selection.none} />
          ) : (
            current && <ClipInspector clip={targets[0] ?? current} judge={does} />
          ))}
      </div>
      <Lightbox
        shown={
          large && current
            ? {
                id: current.id,
                name: current.name,
                src: scope.media.clip(current.id),
                still: current.thumb ? scope.media.file(current.thumb) : null,
                durationMs: current.duration_ms,
                width: 9,
                height: 16,
                fill: true,
              }
            : null
        }
        onClose={() => setLarge(false)}
        onStep={(by) => selection.go(index + by, 'alone')}
        aside={current && <ClipInspector clip={current} judge={does} bare />}
      />
    </>
  );
}
