/** A picture of every page for people to look at: dark and light, empty and full, small and large. */
import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { App, FOOTAGE, cli, freshHome } from './kit/app.mjs';

const SIZES = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
];
const THEMES = ['dark', 'light'];
const SECTIONS = [
  'profile',
  'brand',
  'captions',
  'voices',
  'services',
  'storage',
  'sync',
  'app',
  'keys',
  'diagnostics',
];

/** How each page is come to. Those of a project are there only when there is one. */
const PAGES = [
  ['library-footage', (app) => app.go('/library')],
  ['library-clips', (app) => app.go('/library', 'Clips')],
  ['library-trash', (app) => app.go('/library', 'Trash')],
  ['projects', (app) => app.go('/projects')],
  ['queue', (app) => app.go('/queue')],
  ['costs', (app) => app.go('/costs')],
  ['publish', (app) => app.go('/publish', 'Calendar')],
  ['publish-setup', (app) => app.go('/publish', 'Set up')],
  ...SECTIONS.map((section) => [
    `settings-${section}`,
    async (app) => {
      await app.go('/settings');
      await app.driver.click(`a[href="/settings?section=${section}"]`);
      await app.driver.appears(`a[href="/settings?section=${section}"][aria-current="page"]`);
    },
  ]),
  [
    'profiles',
    async (app) => {
      await app.go('/library');
      await app.driver.press('Control', 'p');
      await app.driver.appears('button[data-row]');
    },
  ],
  [
    'palette',
    async (app) => {
      await app.driver.press('Escape');
      await app.driver.goes('[role="dialog"]');
      await app.driver.press('Control', 'k');
      await app.driver.appears('[role="dialog"] [role="combobox"]');
    },
  ],
  [
    'keys',
    async (app) => {
      await app.driver.press('Escape');
      await app.driver.goes('[role="dialog"]');
      await app.driver.press('Shift', '?');
      await app.driver.appears('[role="dialog"] [role="searchbox"]');
    },
  ],
];
const PROJECT = [
  [
    'project',
    async (app) => {
      await app.driver.press('Escape');
      await app.driver.goes('[role="dialog"]');
      await app.go('/projects');
      await app.driver.click('a[href^="/projects/"]');
      await app.driver.appears('[data-testid="stage"]');
      await app.driver.clickNamed('tab', 'Voice');
    },
  ],
  ...['Captions', 'Sound', 'Frame', 'Brand', 'Footage'].map((panel) => [
    `project-${panel.toLowerCase()}`,
    (app) => app.driver.clickNamed('tab', panel),
  ]),
  [
    'project-compare',
    async (app) => {
      await app.driver.press('Shift', 'C');
      await app.driver.appears('[role="dialog"]');
    },
  ],
  [
    'project-new',
    async (app) => {
      await app.driver.press('Escape');
      await app.driver.goes('[role="dialog"]');
      await app.go('/projects');
      await app.driver.clickNamed('button', 'New project');
      await app.driver.appears('[role="dialog"]');
    },
  ],
  [
    'clip-large',
    async (app) => {
      await app.driver.press('Escape');
      await app.driver.goes('[role="dialog"]');
      await app.go('/library', 'Clips');
      await app.driver.click('[role="gridcell"]');
      await app.driver.press('Space');
      await app.driver.appears('[role="dialog"]');
    },
  ],
];

/** Goes through all pages in every size and theme; gives what broke the rules for what a page may load. */
async function picturesOf(app, kind, pages) {
  await app.watchPolicy();
  for (const theme of THEMES) {
    const settings = await app.call('app_settings_show');
    await app.call('app_settings_set', { settings: { ...settings, theme } });
    for (const size of SIZES) {
      await app.driver.ask('POST', '/window/rect', { x: 0, y: 0, ...size });
      for (const [name, come] of pages) {
        await come(app);
        await app.settled();
        await app.keepPicture(`${kind}-${name}-${theme}-${size.width}x${size.height}`);
      }
      await app.driver.press('Escape');
    }
  }
  return app.policyBroken();
}

test('every page when there is nothing yet', async () => {
  const home = freshHome();
  // With only one profile and nothing in it, the library is the page of the first run.
  for (const name of ['Corner Bakery', 'Blue Bottle Bikes']) await cli(home, 'profile', 'create', name);
  const app = await App.start(home);
  try {
    assert.deepEqual(await picturesOf(app, 'empty', PAGES), []);
  } finally {
    await app.close();
  }
});

test('every page with footage, projects and videos', async () => {
  const home = freshHome();
  // The project and its videos are called after the file.
  const script = `${home}-script/Small world.md`;
  mkdirSync(dirname(script));
  copyFileSync(join(dirname(FOOTAGE), 'script.md'), script);
  await cli(home, 'profile', 'create', 'Corner Bakery', '--colour', 'amber');
  await cli(home, 'profile', 'create', 'Blue Bottle Bikes', '--colour', 'blue');
  await cli(
    home,
    '--profile',
    'Corner Bakery',
    'make',
    '--variants',
    '3',
    '--script',
    script,
    '--out',
    `${home}-out`,
    FOOTAGE,
  );
  await cli(home, 'profile', 'use', 'Corner Bakery');
  const app = await App.start(home);
  try {
    assert.deepEqual(await picturesOf(app, 'full', [...PAGES, ...PROJECT]), []);
  } finally {
    await app.close();
  }
});
