/** The keys of the preview. */
import { useTranslation } from 'react-i18next';
import { useCommand } from '../app/commands/commands';
import type { Player } from './player';

export function usePreviewCommands(player: Player | null, toggleSafeZone: () => void): void {
  const { t } = useTranslation('preview');
  const group = t('group');
  const enabled = player !== null;
  const on = (run: (player: Player) => void) => ({ group, enabled, run: () => player && run(player) });
  useCommand({ id: 'preview.toggle', title: t('command.toggle'), key: 'Space', ...on((p) => p.toggle()) });
  useCommand({ id: 'preview.backwards', title: t('command.backwards'), key: 'J', ...on((p) => p.slower()) });
  useCommand({ id: 'preview.pause', title: t('command.pause'), key: 'K', ...on((p) => p.pause()) });
  useCommand({ id: 'preview.forwards', title: t('command.forwards'), key: 'L', ...on((p) => p.faster()) });
  useCommand({ id: 'preview.in', title: t('command.in'), key: 'I', ...on((p) => p.markIn()) });
  useCommand({ id: 'preview.out', title: t('command.out'), key: 'O', ...on((p) => p.markOut()) });
  useCommand({ id: 'preview.noLoop', title: t('command.noLoop'), key: 'Alt+X', ...on((p) => p.clearLoop()) });
  useCommand({ id: 'preview.back', title: t('command.back'), key: ',', ...on((p) => p.step(-1)) });
  useCommand({ id: 'preview.on', title: t('command.on'), key: '.', ...on((p) => p.step(1)) });
  useCommand({
    id: 'preview.backArrow',
    title: t('command.back'),
    key: 'Left',
    hidden: true,
    ...on((p) => p.step(-1)),
  });
  useCommand({
    id: 'preview.onArrow',
    title: t('command.on'),
    key: 'Right',
    hidden: true,
    ...on((p) => p.step(1)),
  });
  const second = (p: Player, way: 1 | -1) => p.step(way * p.timeline.fps);
  useCommand({
    id: 'preview.backSecond',
    title: t('command.backSecond'),
    key: 'Shift+Left',
    ...on((p) => second(p, -1)),
  });
  useCommand({
    id: 'preview.onSecond',
    title: t('command.onSecond'),
    key: 'Shift+Right',
    ...on((p) => second(p, 1)),
  });
  useCommand({ id: 'preview.start', title: t('command.start'), key: 'Home', ...on((p) => p.seek(0)) });
  useCommand({ id: 'preview.end', title: t('command.end'), key: 'End', ...on((p) => p.seek(p.length)) });
  useCommand({
    id: 'preview.safeZone',
    group,
    enabled,
    title: t('command.safeZone'),
    key: 'Shift+S',
    run: toggleSafeZone,
  });
}
