/** The variants side by side, how far apart they are, and the one button that makes them. */
import { useNavigate } from '@tanstack/react-router';
import { Columns2, EllipsisVertical, Minus, Plus, RefreshCw, Shuffle } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../../app/commands/commands';
import { Button, IconButton } from '../../../components/Button';
import { Menu } from '../../../components/Menu';
import { Popover } from '../../../components/Popover';
import { Progress } from '../../../components/States';
import { number } from '../../../lib/format';
import { useBench } from '../model/bench';
import { MOST_VARIANTS, freshSeed } from '../model/planning';
import { CompareDialog } from './CompareDialog';
import { SpendLine } from './SpendLine';
import { type Making, useMaking } from './useMaking';
import { VariantCard } from './VariantCard';
import css from './Variants.module.css';

export function VariantsBar() {
  const { t, i18n } = useTranslation(['project', 'costs']);
  const bench = useBench();
  const { variants, variant, chooseVariant, planning, distance, detail, wanted, spoken, footage } = bench;
  const making = useMaking();
  const navigate = useNavigate();
  const [comparing, setComparing] = useState(false);
  const list = useRef<HTMLOListElement>(null);

  // What the limit does not cover is not even asked for.
  const covered = (bench.speech?.refusal ?? null) === null;
  const possible = spoken !== null && footage.some((one) => one.shots > 0) && covered;
  const all = bench.speechOfAll;
  const allCovered = (all?.refusal ?? null) === null;
  const go = (by: -1 | 1) => {
    const at = variants.findIndex((one) => one.id === variant?.id);
    const next = variants[(at + by + variants.length) % Math.max(1, variants.length)];
    if (next) chooseVariant(next.number);
  };
  const group = t('commands');
  const several = variants.length > 1;
  const clips = () => void navigate({ to: '/library', search: { tab: 'clips' } });
  useCommand({
    id: 'project.make',
    group,
    title: t('make.command'),
    key: 'Ctrl+Enter',
    enabled: possible,
    run: making.make,
  });
  useCommand({
    id: 'project.plan',
    group,
    title: t('plan.command'),
    key: 'Ctrl+Shift+Enter',
    enabled: possible,
    run: () => making.plan(),
  });
  useCommand({
    id: 'project.shuffle',
    group,
    title: t('plan.shuffle'),
    key: 'Alt+R',
    enabled: possible,
    run: () => making.plan(freshSeed()),
  });
  useCommand({
    id: 'project.fresh',
    group,
    title: t('plan.fresh'),
    enabled: possible,
    run: making.planFresh,
  });
  useCommand({
    id: 'project.variant.next',
    group,
    title: t('variant.next'),
    key: ']',
    enabled: several,
    run: () => go(1),
  });
  useCommand({
    id: 'project.variant.previous',
    group,
    title: t('variant.previous'),
    key: '[',
    enabled: several,
    run: () => go(-1),
  });
  useCommand({
    id: 'project.compare',
    group,
    title: t('compare.title'),
    key: 'Shift+C',
    enabled: several,
    run: () => setComparing(true),
  });

  const chosenId = variant?.id;
  useEffect(() => {
    list.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [chosenId]);

  return (
    <footer className={css.bar} aria-label={t('variant.title')}>
      <ol ref={list} className={css.list}>
        {variants.map((row, index) => (
          <li key={row.id}>
            <VariantCard
              row={row}
              standing={making.standings[index] ?? { state: 'planned' }}
              stale={!planning.current}
              chosen={row.id === variant?.id}
              onChoose={() => chooseVariant(row.number)}
              onRetry={making.retry}
            />
          </li>
        ))}
        {variants.length === 0 && <li className={css.none}>{t('variant.none')}</li>}
      </ol>
      <div className={css.about}>
        {distance !== null && several && (
          <Popover
            label={t('variant.distanceLabel')}
            trigger={
              <button type="button" className={css.distance}>
                <span>{t('variant.distance', { value: number(distance, i18n.language, 2) })}</span>
              </button>
            }
          >
            <p className={css.explain}>{t('variant.distanceHelp')}</p>
          </Popover>
        )}
        {several && (
          <IconButton label={t('compare.title')} shortcut="Shift+C" onClick={() => setComparing(true)}>
            <Columns2 />
          </IconButton>
        )}
        <IconButton
          label={t('plan.shuffle')}
          shortcut="Alt+R"
          disabled={!possible || planning.busy}
          onClick={() => making.plan(freshSeed())}
        >
          <Shuffle />
        </IconButton>
        <Count value={wanted} onChange={bench.want} />
        {!planning.current && (
          <Button
            icon={<RefreshCw />}
            disabled={!possible}
            busy={planning.busy}
            onClick={() => making.plan()}
          >
            {t('plan.button')}
          </Button>
        )}
        <SpendLine />
        <Make making={making} possible={possible} onShow={clips} />
        <Menu
          trigger={
            <IconButton label={t('make.more')}>
              <EllipsisVertical />
            </IconButton>
          }
          entries={[
            {
              id: 'fresh',
              label: t('plan.fresh'),
              disabled: !possible || planning.busy,
              run: making.planFresh,
            },
            ...(detail.scripts.length > 1
              ? [
                  {
                    id: 'all',
                    label: allCovered
                      ? t('make.all', { count: detail.scripts.length })
                      : t('costs:line.allUnfit', { fits: all?.fits ?? 0, count: detail.scripts.length }),
                    disabled: !possible || !allCovered || making.under,
                    run: making.makeAll,
                  },
                ]
              : []),
          ]}
        />
      </div>
      {comparing && <CompareDialog onClose={() => setComparing(false)} />}
    </footer>
  );
}

/** The button, or how far it is. */
function Make({ making, possible, onShow }: { making: Making; possible: boolean; onShow: () => void }) {
  const { t } = useTranslation('project');
  const { wanted, variants, planning } = useBench();
  const complete = making.complete && planning.current;
  if (making.under) {
    const percent = Math.round(making.progress * 100);
    return (
      <div className={css.making} role="status">
        <span>
          {t('make.under', { ready: making.ready, count: variants.length })}
          <strong>{percent} %</strong>
        </span>
        <Progress value={making.progress} label={t('make.progress')} />
      </div>
    );
  }
  return (
    <>
      {making.ready > 0 && planning.current && (
        <Button onClick={onShow} tone="plain" className={css.show}>
          {t('make.show')}
        </Button>
      )}
      <Button
        tone="primary"
        shortcut="Ctrl+Enter"
        className={css.make}
        disabled={!possible}
        onClick={making.make}
      >
        {complete ? t('make.again', { count: wanted }) : t('make.button', { count: wanted })}
      </Button>
    </>
  );
}

/** How many variants. */
function Count({ value, onChange }: { value: number; onChange: (value: number) => void }) {
  const { t } = useTranslation('project');
  const [typed, setTyped] = useState<string | null>(null);
  const set = (next: number) => {
    setTyped(null);
    if (Number.isFinite(next)) onChange(Math.min(MOST_VARIANTS, Math.max(1, Math.round(next))));
  };
  return (
    <div className={css.count} role="group" aria-label={t('variant.count')}>
      <IconButton label={t('variant.fewer')} disabled={value <= 1} onClick={() => set(value - 1)}>
        <Minus />
      </IconButton>
      <input
        type="text"
        inputMode="numeric"
        role="spinbutton"
        aria-label={t('variant.count')}
        aria-valuenow={value}
        aria-valuemin={1}
        aria-valuemax={MOST_VARIANTS}
        value={typed ?? String(value)}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={() => typed !== null && set(Number(typed.trim() || value))}
        onKeyDown={(event) => {
          const by = { ArrowUp: 1, ArrowDown: -1 }[event.key];
          if (by === undefined && event.key !== 'Enter') return;
          event.preventDefault();
          if (by !== undefined) set(value + by);
          else if (typed !== null) set(Number(typed.trim() || value));
        }}
      />
      <IconButton label={t('variant.more')} disabled={value >= MOST_VARIANTS} onClick={() => set(value + 1)}>
        <Plus />
      </IconButton>
    </div>
  );
}
