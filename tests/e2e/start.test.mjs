/** Starting the program. */
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { App, freshHome, cli, withApp } from './kit/app.mjs';
import { until } from './kit/driver.mjs';

test('on the first run a profile is there, and the page says what to do next', (t) =>
  withApp(t, async (app) => {
    const { profile, epoch, notice } = await app.session();
    assert.deepEqual([profile.name, epoch, notice], ['My brand', 1, null]);
    await until('the page to invite', async () => /Drop footage here/.test(await app.words()));
    assert.equal(await app.driver.run(() => document.title), 'My brand - Edit Factory');
    await app.keepPicture('first-run');
  }));

test('a damaged profile gives way to another, with a message, and nothing of it is lost', async (t) => {
  const home = freshHome();
  const a = await cli(home, 'profile', 'create', 'Alpha');
  const b = await cli(home, 'profile', 'create', 'Beta');
  const database = join(home, 'profiles', b.id, 'profile.sqlite');
  const damaged = Buffer.alloc(8192, 0xa5);
  await cli(home, 'profile', 'use', 'Beta');
  writeFileSync(database, damaged);
  for (const beside of ['-wal', '-shm']) rmSync(database + beside, { force: true });
  await withApp(
    t,
    async (app) => {
      const { profile, notice } = await app.session();
      assert.deepEqual([profile.id, notice.code], [a.id, 'damaged_database']);
      await until('the message to show', async () => (await app.words()).includes('This window shows "Alpha" instead.'));
      await app.keepPicture('damaged-profile');
    },
    home,
  );
  assert.deepEqual(readFileSync(database), damaged);
});

test('a profile whose folder is gone gives way to another and is not made anew', async (t) => {
  const home = freshHome();
  const a = await cli(home, 'profile', 'create', 'Alpha');
  const b = await cli(home, 'profile', 'create', 'Beta');
  renameSync(join(home, 'profiles', b.id), join(home, 'aside'));
  await withApp(
    t,
    async (app) => {
      const { profile, notice } = await app.session();
      assert.deepEqual([profile.id, notice.code], [a.id, 'not_found']);
    },
    home,
  );
  assert.deepEqual(readdirSync(join(home, 'profiles')), [a.id]);
});

test('a home that cannot be used is said in the window, and works once it can', async (t) => {
  const home = freshHome();
  // The program's own log needs the folder; a folder lies where the list of profiles should be.
  mkdirSync(join(home, 'app.sqlite'));
  const app = await App.start(home, '[data-ready="true"]');
  try {
    assert.match(await app.words(), /Your profiles cannot be opened/);
    await app.keepPicture('unusable-home');
    rmSync(join(home, 'app.sqlite'), { recursive: true });
    await app.driver.clickNamed('button', 'Try again');
    await app.ready();
    assert.equal((await app.session()).profile.name, 'My brand');
  } finally {
    await app.close();
  }
});

test('the window is closed with its own button, and the program ends', (t) =>
  withApp(t, async (app) => {
    await app.driver.clickNamed('button', 'Close the window').catch((error) => {
      // The answer to the click may be lost with the page.
      if (!/window|session|fetch/i.test(String(error))) throw error;
    });
    await app.driver.ends();
  }));

test('a window whose page has died can be closed', (t) =>
  withApp(t, async (app) => {
    await app.driver.loseThePage();
    await app.driver.ends();
  }));
