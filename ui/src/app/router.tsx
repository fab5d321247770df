/** The pages. Each session has a router of its own, in memory: an address of one profile means nothing in another. */
import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router';
import { LibraryPage } from '../features/library/LibraryPage';
import { BrokenPage } from './ErrorScreen';
import { Shell } from './Shell';

/** Pages that are not the first one seen come with the first look at them; `preloadPages` has them there before. */
const PAGES = {
  projects: lazyRouteComponent(() => import('../features/project/ProjectsPage'), 'ProjectsPage'),
  project: lazyRouteComponent(() => import('../features/project/ProjectPage'), 'ProjectPage'),
  queue: lazyRouteComponent(() => import('../features/queue/QueuePage'), 'QueuePage'),
  costs: lazyRouteComponent(() => import('../features/costs/CostsPage'), 'CostsPage'),
  publish: lazyRouteComponent(() => import('../features/publish/PublishPage'), 'PublishPage'),
  settings: lazyRouteComponent(() => import('../features/settings/SettingsPage'), 'SettingsPage'),
};

/** Loads the other pages once the first one is painted, so that none of them is waited for. */
export async function preloadPages(): Promise<void> {
  for (const page of Object.values(PAGES)) await page.preload?.();
}

const root = createRootRoute({ component: Shell });

const index = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: () => {
    // The router takes a redirect as something thrown.
    throw redirect({ to: '/library' });
  },
});

export const LIBRARY_TABS = ['footage', 'clips', 'trash'] as const;
export type LibraryTab = (typeof LIBRARY_TABS)[number];

const library = createRoute({
  getParentRoute: () => root,
  path: '/library',
  // `clip` is shown over the list, whatever the list shows.
  validateSearch: (search: Record<string, unknown>): { tab?: LibraryTab; clip?: string } => {
    const tab = LIBRARY_TABS.find((known) => known === search['tab']);
    const { clip } = search;
    return { ...(tab && { tab }), ...(typeof clip === 'string' && { clip }) };
  },
  component: LibraryPage,
});

const projects = createRoute({ getParentRoute: () => root, path: '/projects', component: PAGES.projects });
const project = createRoute({ getParentRoute: () => root, path: '/projects/$id', component: PAGES.project });
const queue = createRoute({ getParentRoute: () => root, path: '/queue', component: PAGES.queue });
const costs = createRoute({ getParentRoute: () => root, path: '/costs', component: PAGES.costs });

export const PUBLISH_TABS = ['calendar', 'setup'] as const;
export type PublishTab = (typeof PUBLISH_TABS)[number];

const publish = createRoute({
  getParentRoute: () => root,
  path: '/publish',
  // `clips` are to be published: the sheet that asks for it opens with them.
  validateSearch: (search: Record<string, unknown>): { tab?: PublishTab; clips?: string[] } => {
    const tab = PUBLISH_TABS.find((known) => known === search['tab']);
    const { clips } = search;
    const ids = Array.isArray(clips) ? clips.filter((id): id is string => typeof id === 'string') : [];
    return { ...(tab && { tab }), ...(ids.length > 0 && { clips: ids }) };
  },
  component: PAGES.publish,
});

export const SETTINGS_SECTIONS = [
  'profile',
  'brand',
  'captions',
  'voices',
  'services',
  'sync',
  'storage',
  'app',
  'keys',
  'diagnostics',
] as const;
export type SettingsSection = (typeof SETTINGS_SECTIONS)[number];

const settings = createRoute({
  getParentRoute: () => root,
  path: '/settings',
  validateSearch: (search: Record<string, unknown>): { section?: SettingsSection } => {
    const section = SETTINGS_SECTIONS.find((known) => known === search['section']);
    return section ? { section } : {};
  },
  component: PAGES.settings,
});

const tree = root.addChildren([index, library, projects, project, queue, costs, publish, settings]);

/** @param at where it begins */
export function makeRouter(at = '/library') {
  return createRouter({
    routeTree: tree,
    history: createMemoryHistory({ initialEntries: [at] }),
    defaultPreload: false,
    defaultErrorComponent: BrokenPage,
    defaultNotFoundComponent: LibraryPage,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}
