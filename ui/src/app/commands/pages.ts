/**
 * The commands of every page, also of those that were not shown yet: a page and its commands are loaded when it is first
 * shown, and the list of keys and the palette must not wait for that. A test holds this list against the pages.
 */
import { useNavigate } from '@tanstack/react-router';
import type { ParseKeys } from 'i18next';
import { useTranslation } from 'react-i18next';
import { type Command, useCommands } from './commands';

const SPACES = ['library', 'project', 'captions', 'preview', 'queue', 'costs', 'publish'] as const;
type Words = ParseKeys<typeof SPACES>;

/** Its id, its title, its key, and whether it is not worth a line in the palette. */
type Listed = readonly [id: string, title: Words, key?: string, hidden?: boolean];
type Page = 'library' | 'footage' | 'clips' | 'projects' | 'project' | 'queue' | 'costs' | 'publish';

export const PAGE_COMMANDS: readonly { group: Words; page: Page; commands: readonly Listed[] }[] = [
  {
    group: 'library:group',
    page: 'library',
    commands: [
      ['library.footage', 'library:commands.footage', undefined],
      ['library.clips', 'library:commands.clips', undefined],
      ['library.trash', 'library:commands.trash', undefined],
      ['library.search', 'library:commands.search', 'Ctrl+F'],
      ['library.selectAll', 'library:commands.selectAll', 'Ctrl+A'],
      ['library.selectNone', 'library:commands.selectNone', 'Esc'],
      ['library.toggle', 'library:commands.toggle', 'Ctrl+Space'],
      ['library.open', 'library:commands.open', 'Space'],
      ['library.left', 'library:keys.left', 'Left', true],
      ['library.right', 'library:keys.right', 'Right', true],
      ['library.up', 'library:keys.up', 'Up', true],
      ['library.down', 'library:keys.down', 'Down', true],
      ['library.first', 'library:keys.first', 'Home', true],
      ['library.last', 'library:keys.last', 'End', true],
      ['library.pageUp', 'library:keys.pageUp', 'PageUp', true],
      ['library.pageDown', 'library:keys.pageDown', 'PageDown', true],
      ['library.extendLeft', 'library:keys.extendLeft', 'Shift+Left', true],
      ['library.extendRight', 'library:keys.extendRight', 'Shift+Right', true],
      ['library.extendUp', 'library:keys.extendUp', 'Shift+Up', true],
      ['library.extendDown', 'library:keys.extendDown', 'Shift+Down', true],
      ['library.play', 'library:lightbox.play', 'Space', true],
    ],
  },
  {
    group: 'library:group',
    page: 'footage',
    commands: [
      ['library.remove', 'library:commands.removeFootage', 'Delete'],
      ['library.addFiles', 'library:commands.addFiles', 'Ctrl+O'],
      ['library.addFolder', 'library:commands.addFolder', 'Ctrl+Shift+O'],
    ],
  },
  {
    group: 'library:group',
    page: 'clips',
    commands: [
      ['library.accept', 'library:commands.accept', 'A'],
      ['library.reject', 'library:commands.reject', 'X'],
      ['library.again', 'library:commands.again', 'R'],
      ['library.publish', 'library:commands.publish', 'P'],
      ['library.export', 'library:commands.export', 'Ctrl+E'],
      ['library.removeClip', 'library:commands.removeClip', 'Delete'],
      ['library.showAll', 'library:commands.showAll', undefined],
      ['library.showNew', 'library:commands.showNew', undefined],
      ['library.showAccepted', 'library:commands.showAccepted', undefined],
      ['library.showRejected', 'library:commands.showRejected', undefined],
    ],
  },
  {
    group: 'project:commandsList',
    page: 'projects',
    commands: [
      ['projects.new', 'project:projects.new', 'N'],
      ['projects.rename', 'project:projects.rename', 'F2'],
      ['projects.remove', 'project:projects.remove', 'Delete'],
    ],
  },
  {
    group: 'project:commands',
    page: 'project',
    commands: [
      ['project.make', 'project:make.command', 'Ctrl+Enter'],
      ['project.plan', 'project:plan.command', 'Ctrl+Shift+Enter'],
      ['project.shuffle', 'project:plan.shuffle', 'Alt+R'],
      ['project.fresh', 'project:plan.fresh'],
      ['project.variant.next', 'project:variant.next', ']'],
      ['project.variant.previous', 'project:variant.previous', '['],
      ['project.compare', 'project:compare.title', 'Shift+C'],
      ['project.save', 'project:script.save', 'Ctrl+S'],
      ['project.write', 'project:script.write', 'Alt+W'],
      ['project.script.add', 'project:script.add', 'Ctrl+Shift+S'],
      ['project.sentence.next', 'project:shots.next', 'Alt+Down'],
      ['project.sentence.previous', 'project:shots.previous', 'Alt+Up'],
      ['project.shot.swap', 'project:shots.swap', 'S'],
      ['project.shot.pin', 'project:shots.pinOrNot', 'P'],
      ['project.shot.framing', 'project:framing.title', 'F'],
      ['project.shot.earlier', 'project:shots.earlier', 'Alt+Left'],
      ['project.shot.later', 'project:shots.later', 'Alt+Right'],
      ['compare.toggle', 'project:compare.play', 'Space', true],
    ],
  },
  {
    group: 'captions:group',
    page: 'project',
    commands: [['captions.edit', 'captions:editNow', 'C']],
  },
  {
    group: 'preview:group',
    page: 'project',
    commands: [
      ['preview.toggle', 'preview:command.toggle', 'Space'],
      ['preview.backwards', 'preview:command.backwards', 'J'],
      ['preview.pause', 'preview:command.pause', 'K'],
      ['preview.forwards', 'preview:command.forwards', 'L'],
      ['preview.in', 'preview:command.in', 'I'],
      ['preview.out', 'preview:command.out', 'O'],
      ['preview.noLoop', 'preview:command.noLoop', 'Alt+X'],
      ['preview.back', 'preview:command.back', ','],
      ['preview.on', 'preview:command.on', '.'],
      ['preview.backArrow', 'preview:command.back', 'Left', true],
      ['preview.onArrow', 'preview:command.on', 'Right', true],
      ['preview.backSecond', 'preview:command.backSecond', 'Shift+Left'],
      ['preview.onSecond', 'preview:command.onSecond', 'Shift+Right'],
      ['preview.start', 'preview:command.start', 'Home'],
      ['preview.end', 'preview:command.end', 'End'],
      ['preview.safeZone', 'preview:command.safeZone', 'Shift+S'],
      ['timeline.zoomIn', 'preview:zoomIn', '+'],
      ['timeline.zoomInToo', 'preview:zoomIn', '=', true],
      ['timeline.zoomOut', 'preview:zoomOut', '-'],
      ['timeline.fit', 'preview:fit', '0'],
    ],
  },
  {
    group: 'queue:queue',
    page: 'queue',
    commands: [
      ['queue.next', 'queue:key.next', 'Down', true],
      ['queue.previous', 'queue:key.previous', 'Up', true],
      ['queue.pause', 'queue:key.pause', 'P'],
      ['queue.cancel', 'queue:key.cancel', 'Delete'],
      ['queue.retry', 'queue:key.retry', 'R'],
      ['queue.first', 'queue:key.first', 'F'],
      ['queue.up', 'queue:key.up', 'Alt+Up'],
      ['queue.down', 'queue:key.down', 'Alt+Down'],
      ['queue.commands', 'queue:key.commands', 'C'],
      ['queue.retryAll', 'queue:retryAll', 'Shift+R'],
    ],
  },
  {
    group: 'costs:title',
    page: 'costs',
    commands: [
      ['costs.export', 'costs:export.command', 'Ctrl+E'],
      ['costs.previous', 'costs:month.previous', '['],
      ['costs.next', 'costs:month.next', ']'],
    ],
  },
  {
    group: 'publish:title',
    page: 'publish',
    commands: [
      ['publish.new', 'publish:commands.new', 'N'],
      ['publish.calendar', 'publish:commands.calendar', undefined],
      ['publish.setup', 'publish:commands.setup', undefined],
      ['publish.week', 'publish:commands.week', 'W'],
      ['publish.month', 'publish:commands.month', 'Shift+M'],
      ['publish.today', 'publish:commands.today', 'T'],
      ['publish.previous', 'publish:commands.previous', '['],
      ['publish.next', 'publish:commands.next', ']'],
      ['publish.move', 'publish:commands.move', 'M'],
      ['publish.cancel', 'publish:commands.cancel', 'Delete'],
      ['publish.retry', 'publish:commands.retry', 'R'],
      ['publish.retryAll', 'publish:commands.retryAll', 'Shift+R'],
      ['publish.check', 'publish:commands.check', 'C'],
      ['publish.confirm', 'publish:commands.confirm', 'Ctrl+Enter', true],
    ],
  },
];

/** Shown by Alt, Shift and their number. */
const PANELS = ['voice', 'captions', 'sound', 'frame', 'brand', 'footage'] as const;

export interface PageCommand extends Command {
  page: Page;
}

/** All commands of pages. Each goes to its page, and is done there as soon as it can be. */
export function usePageCommands(): readonly PageCommand[] {
  const { t } = useTranslation(SPACES);
  const navigate = useNavigate();
  const { soon } = useCommands();
  const go: Record<Page, () => Promise<void>> = {
    library: () => navigate({ to: '/library' }),
    footage: () => navigate({ to: '/library', search: { tab: 'footage' } }),
    clips: () => navigate({ to: '/library', search: { tab: 'clips' } }),
    projects: () => navigate({ to: '/projects' }),
    // Which one is for the person to say.
    project: () => navigate({ to: '/projects' }),
    queue: () => navigate({ to: '/queue' }),
    costs: () => navigate({ to: '/costs' }),
    publish: () => navigate({ to: '/publish' }),
  };
  const done = (page: Page, id: string) => () => {
    void go[page]();
    if (page !== 'project') soon(id);
  };
  const listed = PAGE_COMMANDS.flatMap(({ group, page, commands }) =>
    commands.map(([id, title, key, hidden]): PageCommand => ({
      id,
      group: t(group),
      title: t(title),
      key,
      hidden,
      page,
      run: done(page, id),
    })),
  );
  const panels = PANELS.map((panel, index): PageCommand => ({
    id: `project.panel.${panel}`,
    group: t('project:commands'),
    title: t('project:panel.show', { name: t(`project:panel.${panel}`) }),
    key: `Alt+Shift+${index + 1}`,
    page: 'project',
    run: done('project', `project.panel.${panel}`),
  }));
  return [...listed, ...panels];
}

/** Every command there is, for the list of keys: those of the window and of all its pages. */
export function useAllCommands(): readonly Command[] {
  const { known } = useCommands();
  const pages = usePageCommands();
  const there = new Set(known.map((command) => command.id));
  return [...known, ...pages.filter((command) => !there.has(command.id))];
}

/** What the palette offers: what can be done here, then what can be done on the other pages. */
export function useOffered(): readonly Command[] {
  const { list } = useCommands();
  const pages = usePageCommands();
  const here = new Set(list.map((command) => command.id));
  const shown = new Set(pages.filter((command) => here.has(command.id)).map((command) => command.page));
  const can = (command: Command) => !command.hidden && command.enabled !== false;
  return [...list.filter(can), ...pages.filter((command) => !shown.has(command.page) && can(command))];
}
