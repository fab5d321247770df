/** The footage: a grid to look through, and all about what is selected. */
import { Film, FolderPlus, ListFilter, Plus } from 'lucide-react';
import { useDeferredValue, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
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
import type { useImport } from '../imports/useImport';
import { ImportStrip } from '../imports/ImportStrip';
import { usePaged } from '../../../app/paged';
import { useRemembered } from '../state/remembered';
import { useSelection } from '../state/selection';
import type { SourceRow } from '../types';
import { AddFootage } from './AddFootage';
import { FootageInspector } from './FootageInspector';
import { FootageTile } from './FootageTile';
import { ManyInspector } from './ManyInspector';
import { TagFilter } from './TagFilter';
import { useFootageChanges } from './changes';
import { useAnalysing } from './useAnalysing';
import { useFootageCommands } from './useFootageCommands';

const SORTS = ['newest', 'oldest', 'name', 'longest', 'most_used'] as const;
const SHAPE = { ratio: 3 / 4, narrowest: 184, words: 62 };
const rowsOf = (reply: Reply<'source_page'>) => ({ total: reply.total, rows: reply.sources });

export function FootageTab(props: {
  imports: ReturnType<typeof useImport>;
  onOpenClip: (id: string) => void;
}) {
  const { imports } = props;
  const { t } = useTranslation('library');
  const scope = useScope();
  const search = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const [tags, setTags] = useState<string[]>([]);
  const [sort, setSort] = useRemembered('library.footage.sort', SORTS, 'newest');
  const [focus, setFocus] = useState(0);
  const [large, setLarge] = useState(false);
  const asked = useDeferredValue(text.trim());

  const paged = usePaged(
    'source_page',
    { filter: { text: asked === '' ? null : asked, tags }, sort },
    rowsOf,
    focus,
  );
  const selection = useSelection<SourceRow>(paged, { index: focus, set: setFocus });
  const analysing = useAnalysing();
  const changes = useFootageChanges();
  const { current, targets } = selection;
  const narrowed = asked !== '' || tags.length > 0;
  const clear = () => {
    setText('');
    setTags([]);
  };
  const remove = () => {
    if (targets.length > 0) void changes.remove(targets).then((done) => done && selection.none());
  };
  const commands = { selection, search, imports, onOpen: () => setLarge(true), onRemove: remove };
  useFootageCommands(commands);

  const bare = paged.total === 0 && !narrowed;
  const empty = narrowed ? (
    <Empty icon={<ListFilter />} title={t('empty.found')} text={t('empty.foundText')}>
      <Button onClick={clear}>{t('empty.showAll')}</Button>
    </Empty>
  ) : (
    <Empty icon={<Film />} title={t('empty.footage')} text={t('empty.footageText')}>
      <Button tone="primary" icon={<Plus />} onClick={() => void imports.chooseFiles().then(imports.take)}>
        {t('import.files')}
      </Button>
      <Button icon={<FolderPlus />} onClick={() => void imports.chooseFolder().then(imports.take)}>
        {t('import.folder')}
      </Button>
    </Empty>
  );

  return (
    <>
      <Toolbar actions={!bare && <AddFootage imports={imports} />}>
        {!bare && (
          <>
            <SearchInput ref={search} value={text} onChange={setText} label={t('search.footage')} />
            <TagFilter value={tags} onChange={setTags} />
            <Select
              label={t('sort.label')}
              value={sort}
              options={SORTS.map((value) => ({ value, label: t(`sort.${value}`) }))}
              onChange={setSort}
            />
            {paged.total !== null && paged.total > 0 && (
              <span className={css.count}>{t('footage.count', { count: paged.total })}</span>
            )}
          </>
        )}
      </Toolbar>
      <div className={css.body}>
        <div className={css.main}>
          <ImportStrip imports={imports} analysing={analysing} />
          <div className={css.list}>
            <GridStates paged={paged} ratio={SHAPE.ratio} narrowest={SHAPE.narrowest} empty={empty}>
              <TileGrid
                label={t('tabs.footage')}
                paged={paged}
                selection={selection}
                shape={SHAPE}
                nameOf={(row) => row.name}
                onOpen={() => setLarge(true)}
              >
                {(row, state) => <FootageTile row={row} {...state} analysing={analysing} />}
              </TileGrid>
            </GridStates>
          </div>
        </div>
        {paged.total !== 0 &&
          (targets.length > 1 ? (
            <ManyInspector rows={targets} changes={changes} onRemove={remove} onNone={selection.none} />
          ) : (
            current && (
              <FootageInspector
                row={targets[0] ?? current}
                changes={changes}
                onOpenClip={props.onOpenClip}
                onRemove={remove}
              />
            )
          ))}
      </div>
      <Lightbox
        shown={
          large && current
            ? {
                ...current,
                src: scope.media.source(current.id),
                still: current.thumb ? scope.media.file(current.thumb) : null,
                durationMs: current.duration_ms,
              }
            : null
        }
        onClose={() => setLarge(false)}
        onStep={(by) => selection.go(selection.index + by, 'alone')}
      />
    </>
  );
}
