/** A window that shows one brand shows nothing of another, whatever is under way. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { App, FOOTAGE, cli, withApp } from './kit/app.mjs';
import { until } from './kit/driver.mjs';

const RABBIT = join(FOOTAGE, 'meadow/rabbit.mp4');
const STREET = join(FOOTAGE, 'street/road-and-van.mp4');

/** Two profiles, the first one shown. */
async function brands(app) {
  const a = (await app.session()).profile;
  await app.call('profile_rename', { id: a.id, name: 'Alpha' });
  const b = await app.call('profile_create', { name: 'Beta', colour: 'teal' });
  return { a: { ...a, name: 'Alpha' }, b };
}

/** What the window shows holds nothing of Alpha's footage, now and while it settles. */
async function nothingOfAlpha(app) {
  for (let look = 0; look < 20; look += 1) {
    const words = await app.words();
    assert.doesNotMatch(words, /rabbit/i);
    assert.doesNotMatch(words, /Alpha - /, 'the title of the window');
  }
}

test('footage of one profile is not seen in another', (t) =>
  withApp(t, async (app) => {
    const { a, b } = await brands(app);
    await app.call('source_add', { paths: [RABBIT] });
    await app.driver.appears('[role="gridcell"][aria-label="rabbit.mp4"]');

    await app.choose(b);
    await nothingOfAlpha(app);
    assert.equal((await app.call('source_list')).length, 0);
    await app.keepPicture('beta-is-empty');

    await app.choose(a);
    await app.driver.appears('[role="gridcell"][aria-label="rabbit.mp4"]');
  }));

test('an answer that comes late does not show up in the profile that is shown by then', (t) =>
  withApp(t, async (app) => {
    const { a, b } = await brands(app);
    await app.call('source_add', { paths: [RABBIT] });
    await app.driver.appears('[role="gridcell"][aria-label="rabbit.mp4"]');
    // Asked for again, and held back until the window shows the other profile.
    const release = ['source_page', 'source_list', 'source_show'].map((call) => app.hold(a.id, call));
    const late = await app.late({ call: 'source_list' });
    await app.call('source_add', { paths: [STREET] });
    await app.choose(b);
    release.forEach((letGo) => letGo());
    assert.equal(await late(), 'stale_session');
    await nothingOfAlpha(app);
    assert.doesNotMatch(await app.words(), /van/);
  }));

test('a job that ends in one profile leaves no trace in another but a number', (t) =>
  withApp(t, async (app) => {
    const { a, b } = await brands(app);
    await app.call('source_add', { paths: [RABBIT, STREET] });
    await app.choose(b);
    const seen = new Set();
    await until('the jobs of Alpha to end', async () => {
      const words = await app.words();
      assert.doesNotMatch(words, /rabbit|van/i);
      for (const [number] of words.matchAll(/\d+ running elsewhere/g)) seen.add(number);
      const jobs = await cli(app.home, '--profile', a.id, 'job', 'list');
      return jobs.length > 0 && jobs.every((job) => ['done', 'failed'].includes(job.state));
    });
    await until('nothing to run elsewhere', async () => !(await app.words()).includes('running elsewhere'));
    assert.ok(seen.size > 0, 'the title bar said that something runs elsewhere');
    await nothingOfAlpha(app);
    assert.deepEqual(await app.call('job_list'), []);
  }));

test('two windows show two profiles, and what happens in one is not heard in the other', (t) =>
  withApp(t, async (app) => {
    const { a, b } = await brands(app);
    const first = await app.driver.window();
    await app.command('open_window', { profile: b.id });
    const second = await app.driver.another([first]);
    await app.shows(b);
    await app.listen();

    await app.driver.into(first);
    await app.shows(a);
    await app.call('source_add', { paths: [RABBIT] });
    await app.driver.appears('[role="gridcell"][aria-label="rabbit.mp4"]');

    await app.driver.into(second);
    await nothingOfAlpha(app);
    assert.deepEqual(await app.heard(), []);
    await app.call('project_create', { name: 'Of Beta' });
    await until('the window to hear its own profile', async () => (await app.heard()).length > 0);
    // A switch in one window is none in the other.
    await app.driver.into(first);
    await app.choose(b);
    await app.driver.into(second);
    assert.equal((await app.session()).profile.name, 'Beta');
    assert.equal(await app.driver.run(() => document.body.dataset.profile), b.id);
  }));

test('after a hundred fast switches the window shows what it says it shows', (t) =>
  withApp(t, async (app) => {
    const { a, b } = await brands(app);
    await app.call('source_add', { paths: [RABBIT] });
    await app.driver.run(
      async (ids) => {
        const switches = Array.from({ length: 100 }, (_, n) =>
          window.__TAURI_INTERNALS__.invoke('switch_profile', { id: ids[n % 2] }),
        );
        await Promise.all(switches);
      },
      [a.id, b.id],
    );
    const session = await app.session();
    assert.ok(session.epoch > 100);
    await until('the page to come to rest', async () => {
      const shown = await app.driver.run(() => ({ ...document.body.dataset }));
      return shown.epoch === String(session.epoch) && shown.profile === session.profile.id;
    });
    // Whichever came last is shown; it must be that one alone.
    if (session.profile.id === b.id) await nothingOfAlpha(app);
    else await app.driver.appears('[role="gridcell"][aria-label="rabbit.mp4"]');
    await app.choose(session.profile.id === b.id ? a : b);
  }));

test('the profile that was used last comes back at the next start', async (t) => {
  const first = await App.start();
  const { b } = await brands(first).catch(async (error) => {
    await first.close();
    throw error;
  });
  await first.choose(b);
  await first.close();
  await withApp(
    t,
    async (app) => {
      const { profile, notice } = await app.session();
      assert.deepEqual([profile.name, notice], ['Beta', null]);
      await app.shows(b);
    },
    first.home,
  );
});
