/** The script at the left, what it becomes in the middle, how it looks and sounds at the right, time below. */
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProjectDetail } from '../../backend/bindings/calls';
import { useScope } from '../../app/scope';
import { usePageTitle } from '../../app/titles';
import { storedFor } from '../../lib/stored';
import { Divider } from './layout/Split';
import { BenchContext } from './model/bench';
import { useBench } from './model/useBench';
import { Panels } from './panels/Panels';
import { ScriptColumn } from './script/ScriptColumn';
import { DragShots } from './shots/DragShots';
import { Stage } from './Stage';
import { Time } from './Time';
import { VariantsBar } from './variants/VariantsBar';
import css from './Workbench.module.css';

interface Sizes {
  left: number;
  right: number;
  time: number;
}

/** A larger window gives some of its room to the sides; most of it is the picture's. */
function usualSizes(): Sizes {
  const share = (least: number, of: number, most: number) => Math.round(Math.min(most, Math.max(least, of)));
  return {
    left: share(400, window.innerWidth * 0.26, 520),
    right: share(360, window.innerWidth * 0.2, 420),
    time: share(204, window.innerHeight * 0.2, 260),
  };
}

const LEAST_MIDDLE = 300;

export function Workbench({ detail }: { detail: ProjectDetail }) {
  const { t } = useTranslation('project');
  const scope = useScope();
  const bench = useBench(detail);
  const stored = storedFor(scope.session.profile.id);
  const [sizes, setSizes] = useState(() => ({
    ...usualSizes(),
    ...stored.read<Partial<Sizes>>('project.columns', {}),
  }));
  const page = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(1280);

  useEffect(() => {
    const shown = page.current;
    if (!shown) return;
    const observer = new ResizeObserver(([entry]) => entry && setWidth(entry.contentRect.width));
    observer.observe(shown);
    return () => observer.disconnect();
  }, []);

  const resize = (change: Partial<Sizes>) => {
    const next = { ...sizes, ...change };
    setSizes(next);
    stored.write('project.columns', next);
  };
  // A window made smaller takes from the sides first: the picture stays.
  const right = Math.min(sizes.right, Math.max(280, width - LEAST_MIDDLE - 300));
  const left = Math.min(sizes.left, Math.max(280, width - LEAST_MIDDLE - right));

  usePageTitle(detail.project.name);

  return (
    <BenchContext.Provider value={bench}>
      <div
        ref={page}
        className={css.page}
        style={{ gridTemplateRows: `minmax(0, 1fr) 1px ${sizes.time}px auto` }}
      >
        <h1 className="visually-hidden">{detail.project.name}</h1>
        <div
          className={css.columns}
          style={{ gridTemplateColumns: `${left}px 1px minmax(0, 1fr) 1px ${right}px` }}
        >
          <DragShots>
            <ScriptColumn />
            <Divider
              label={t('page.scriptWidth')}
              axis="x"
              value={left}
              min={280}
              max={720}
              onChange={(value) => resize({ left: value })}
            />
            <Stage />
            <Divider
              label={t('page.panelWidth')}
              axis="x"
              after
              value={right}
              min={280}
              max={560}
              onChange={(value) => resize({ right: value })}
            />
            <Panels />
          </DragShots>
        </div>
        <Divider
          label={t('page.timeHeight')}
          axis="y"
          after
          value={sizes.time}
          min={96}
          max={360}
          onChange={(value) => resize({ time: value })}
        />
        <Time />
        <VariantsBar />
      </div>
    </BenchContext.Provider>
  );
}
