/** The right column: one panel at a time, chosen at its edge. */
import { Tabs } from '@base-ui/react/tabs';
import { AudioLines, Captions, Clapperboard, Music, RectangleVertical, Stamp } from 'lucide-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../../app/commands/commands';
import { PANELS, type Panel, useBench } from '../model/bench';
import { BrandPanel } from './BrandPanel';
import { CaptionsPanel } from './CaptionsPanel';
import { FootagePanel } from './FootagePanel';
import { FramePanel } from './FramePanel';
import css from './Panels.module.css';
import { SoundPanel } from './SoundPanel';
import { VoicePanel } from './VoicePanel';

const PICTURES: Record<Panel, ReactNode> = {
  voice: <AudioLines aria-hidden />,
  captions: <Captions aria-hidden />,
  sound: <Music aria-hidden />,
  frame: <RectangleVertical aria-hidden />,
  brand: <Stamp aria-hidden />,
  footage: <Clapperboard aria-hidden />,
};

const BODIES: Record<Panel, () => ReactNode> = {
  voice: VoicePanel,
  captions: CaptionsPanel,
  sound: SoundPanel,
  frame: FramePanel,
  brand: BrandPanel,
  footage: FootagePanel,
};

export function Panels() {
  const { t } = useTranslation('project');
  const { panel, showPanel } = useBench();
  const root = useRef<HTMLDivElement>(null);
  const [entered, setEntered] = useState<{ panel: Panel } | null>(null);
  /** By key: what is typed next is meant for the panel. */
  const enter = (next: Panel) => {
    showPanel(next);
    setEntered({ panel: next });
  };
  // Once it is there: the one before may still be, too.
  useEffect(() => {
    if (entered) root.current?.querySelector<HTMLElement>(`[data-panel="${entered.panel}"]`)?.focus();
  }, [entered]);
  return (
    <Tabs.Root
      ref={root}
      value={panel}
      orientation="vertical"
      className={css.panels}
      onValueChange={(value: Panel) => showPanel(value)}
    >
      {PANELS.map((one) => {
        const Body = BODIES[one];
        return (
          <Tabs.Panel key={one} value={one} className={css.panel} data-panel={one}>
            <h2 className={css.title}>{t(`panel.${one}`)}</h2>
            <Body />
          </Tabs.Panel>
        );
      })}
      <Tabs.List aria-label={t('panel.label')} className={css.rail}>
        {PANELS.map((one, index) => (
          <PanelTab key={one} panel={one} shortcut={`Alt+Shift+${index + 1}`} onKey={enter} />
        ))}
      </Tabs.List>
    </Tabs.Root>
  );
}

function PanelTab(props: { panel: Panel; shortcut: string; onKey: (panel: Panel) => void }) {
  const { panel, shortcut, onKey } = props;
  const { t } = useTranslation('project');
  const name = t(`panel.${panel}`);
  useCommand({
    id: `project.panel.${panel}`,
    group: t('commands'),
    title: t('panel.show', { name }),
    key: shortcut,
    run: () => onKey(panel),
  });
  return (
    <Tabs.Tab value={panel} className={css.tab}>
      {PICTURES[panel]}
      <span>{name}</span>
    </Tabs.Tab>
  );
}
