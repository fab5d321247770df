/**
 * A grid of tiles of which only the visible ones exist, however long the list is. One tile takes the Tab key, the arrow
 * keys move from there; a click selects one, Ctrl adds, Shift takes all between.
 */
import { useVirtualizer } from '@tanstack/react-virtual';
import { type MouseEvent, type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Skeleton } from '../../../components/States';
import type { Paged } from '../../../app/paged';
import type { Selection } from '../state/selection';
import css from './TileGrid.module.css';
import { GAP, type Layout, layoutOf, OVERSCAN, type Shape } from './layout';
import { useGridKeys } from './useGridKeys';
import { useSize } from './useSize';

const PADDING = 16;

export interface TileGridProps<T extends { id: string }> {
  /** What is in the grid, for people who do not see it. */
  label: string;
  paged: Paged<T>;
  selection: Selection<T>;
  shape: Shape;
  /** Name of a tile, read aloud. */
  nameOf: (row: T) => string;
  onOpen: (row: T) => void;
  /** The keys do nothing while something else is over the grid that uses them. */
  children: (row: T, tile: { focused: boolean; selected: boolean }) => ReactNode;
}

export function TileGrid<T extends { id: string }>(props: TileGridProps<T>) {
  const { paged, selection, shape } = props;
  const { t } = useTranslation('library');
  const view = useRef<HTMLDivElement>(null);
  const size = useSize(view);
  const width = Math.max(0, size.width - 2 * PADDING);
  const layout = layoutOf(width, size.height, shape);
  const total = paged.total ?? 0;
  const rowCount = Math.ceil(total / layout.columns);
  const rowHeight = layout.tileHeight + GAP;

  // The compiler leaves this component alone: what the virtualizer returns changes without being replaced.
  // eslint-disable-next-line react-hooks/incompatible-library
  const virtual = useVirtualizer({
    count: rowCount,
    getScrollElement: () => view.current,
    estimateSize: () => rowHeight,
    overscan: OVERSCAN,
    paddingStart: PADDING,
    paddingEnd: PADDING,
  });
  useEffect(() => virtual.measure(), [virtual, rowHeight]);

  const shown = virtual.getVirtualItems();
  const from = (shown[0]?.index ?? 0) * layout.columns;
  const to = Math.min(total, ((shown.at(-1)?.index ?? 0) + 1) * layout.columns) - 1;
  const { look } = paged;
  useEffect(() => {
    if (to >= from) look(from, to);
  }, [look, from, to]);

  // A key that moves the focus brings it into view; the tile takes the focus as soon as it exists. Which one is pursued
  // is kept, as effects of the render before the key may run after it and still know the tile that is left.
  const pursued = useRef<number | null>(null);
  useEffect(() => {
    if (pursued.current !== selection.index) return;
    const tile = view.current?.querySelector<HTMLElement>(`[data-index="${selection.index}"]`);
    if (!tile) return;
    pursued.current = null;
    // Inside a dialog that is open over the grid, the focus stays there.
    if (!document.activeElement?.closest('[role="dialog"]')) tile.focus({ preventScroll: true });
  });
  const { index } = selection;
  useEffect(() => {
    if (rowCount > 0) virtual.scrollToIndex(Math.floor(index / layout.columns), { align: 'auto' });
  }, [virtual, index, layout.columns, rowCount]);

  useGridKeys({
    index,
    total,
    columns: layout.columns,
    rows: Math.floor(size.height / rowHeight),
    go: (next, step) => {
      pursued.current = next;
      selection.go(next, step);
    },
  });

  const click = (at: number) => (event: MouseEvent) => {
    selection.go(at, event.shiftKey ? 'range' : event.ctrlKey || event.metaKey ? 'toggle' : 'alone');
  };
  // When the focused tile is scrolled away, Tab enters at the first one that is there.
  const entry = index >= from && index <= to ? index : from;

  const cell = (at: number) => {
    const row = paged.at(at);
    const selected = row !== undefined && selection.ids.has(row.id);
    return (
      <div
        key={row?.id ?? at}
        role="gridcell"
        aria-label={row ? props.nameOf(row) : t('loadingRow')}
        aria-colindex={(at % layout.columns) + 1}
        aria-selected={selected}
        aria-busy={row ? undefined : true}
        tabIndex={at === entry ? 0 : -1}
        data-index={at}
        data-focused={at === index || undefined}
        className={css.cell}
        onClick={click(at)}
        onDoubleClick={() => row && props.onOpen(row)}
        onFocus={() => at !== index && selection.go(at, 'focus')}
      >
        {row ? (
          props.children(row, { focused: at === index, selected })
        ) : (
          <Blank layout={layout} shape={shape} />
        )}
      </div>
    );
  };

  return (
    <div ref={view} className={css.view} data-testid="tiles">
      <div
        role="grid"
        aria-label={props.label}
        aria-multiselectable
        aria-rowcount={rowCount}
        aria-colcount={layout.columns}
        className={css.grid}
        style={{ height: virtual.getTotalSize() }}
      >
        {size.width > 0 &&
          shown.map((line) => (
            <div
              key={line.key}
              role="row"
              aria-rowindex={line.index + 1}
              className={css.row}
              style={{
                transform: `translateY(${line.start}px)`,
                height: layout.tileHeight,
                gridTemplateColumns: `repeat(${layout.columns}, ${layout.tileWidth}px)`,
              }}
            >
              {Array.from({ length: layout.columns }, (_, column) => line.index * layout.columns + column)
                .filter((at) => at < total)
                .map(cell)}
            </div>
          ))}
      </div>
    </div>
  );
}

/** Where a tile is about to be. */
function Blank({ layout, shape }: { layout: Layout; shape: Shape }) {
  return (
    <div className={css.blank}>
      <Skeleton height={Math.round(layout.tileWidth * shape.ratio)} radius={8} />
      <Skeleton width="70%" height={12} radius={4} />
    </div>
  );
}
