/** What one brand publishes goes on while the window shows another, which sees nothing of it. */
import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { FOOTAGE, cli, freshHome, withApp } from './kit/app.mjs';
import { until } from './kit/driver.mjs';
import { Postiz } from './kit/postiz.mjs';

const [KEY_A, KEY_B] = ['pos_alpha_0123456789_q7Zt', 'pos_beta_0123456789_k3Rs'];
/** What is of Alpha alone: the name of its clips, of its account, the end of its key. */
const OF_ALPHA = /Quokka|wombat|q7Zt/i;
/** Longer than a video takes to be made and sent on a busy machine. */
const LONG = 120_000;

/** Two brands; the first has a video that was accepted. */
async function brands() {
  const home = freshHome();
  const script = `${home}-script/Quokka.md`;
  mkdirSync(dirname(script));
  copyFileSync(join(FOOTAGE, '../script.md'), script);
  const a = await cli(home, 'profile', 'create', 'Alpha', '--colour', 'coral');
  const b = await cli(home, 'profile', 'create', 'Beta', '--colour', 'teal');
  await cli(
    home,
    '--profile',
    'Alpha',
    'make',
    '--variants',
    '1',
    '--script',
    script,
    '--out',
    `${home}-out`,
    FOOTAGE,
  );
  await cli(home, 'profile', 'use', 'Alpha');
  return { home, a, b };
}

/** Connects the shown profile to a workspace of the copy, as the pages do. */
async function connect(app, copy, key) {
  await app.call('secret_file_unlock', { passphrase: 'correct horse battery' });
  await app.call('credential_set', { provider: 'postiz', secret: key, keep_in: 'file' });
  const { settings } = await app.call('publish_show');
  await app.call('publish_set', { settings: { ...settings, address: copy.url } });
  const { accounts } = await app.call('publish_refresh');
  for (const { id } of accounts) await app.call('publish_account', { id, ticked: true });
}

/** Chooses one of the ways of a sheet. */
const choose = (app, name) =>
  until(`the way "${name}"`, () =>
    app.driver.run((name) => {
      const labels = Array.from(document.querySelectorAll('[role="dialog"] [role="radiogroup"] label'));
      const found = labels.find((label) => label.textContent.trim() === name);
      found?.querySelector('input').click();
      return Boolean(found);
    }, name),
  );

test('a post of one brand goes out while the window shows another, which sees nothing of it', async (t) => {
  const copy = await Postiz.start();
  try {
    await copy.open(KEY_A, [{ id: 'a-1', name: 'wombat', platform: 'tiktok' }]);
    await copy.open(KEY_B, [{ id: 'b-1', name: 'heron', platform: 'tiktok' }]);
    const { home, a, b } = await brands();
    await withApp(
      t,
      async (app) => {
        await app.shows(a);
        const [clip] = await app.call('clip_list');
        await app.call('clip_triage', { ids: [clip.id], triage: 'accepted' });
        await connect(app, copy, KEY_A);

        // The upload is under way, and stays so until it is let go.
        await copy.slowUpload();
        await app.go('/publish');
        await app.driver.clickNamed('button', `Publish “${clip.name}”`);
        await choose(app, 'Now');
        const question = 'Publish 1 video to Alpha: @wombat (TikTok)?';
        await until('the question', async () => (await app.words()).includes(question));
        await app.settled();
        await app.keepPicture('publish-sheet-of-alpha');
        await app.driver.clickNamed('button', 'Publish 1 post');
        await until('the file to be on its way', async () => (await copy.tell(KEY_A)).files.length === 1);
        await until('the post to stand in the calendar', async () =>
          /uploading|waiting/.test(await app.words()),
        );
        await app.keepPicture('publish-of-alpha');

        // In the midst of it the window goes to the other brand; what was asked for Alpha is answered there.
        const release = ['publication_list', 'publish_show', 'clip_page'].map((call) => app.hold(a.id, call));
        const late = await app.late({ call: 'publication_list' });
        await app.choose(b);
        release.forEach((letGo) => letGo());
        assert.equal(await late(), 'stale_session');
        await app.settled();
        assert.doesNotMatch(await app.words(), OF_ALPHA);
        assert.match(await app.words(), /not connected to a Postiz workspace/);
        await connect(app, copy, KEY_B);
        assert.deepEqual(await app.call('publication_list'), []);
        await assert.rejects(app.call('publish_account', { id: 'a-1', ticked: true }));

        await copy.release();
        await until(
          'the post of Alpha to be made',
          async () => {
            assert.doesNotMatch(await app.words(), OF_ALPHA);
            return (await copy.tell(KEY_A)).posts.length === 1;
          },
          LONG,
        );
        const { posts, mixed_up } = await copy.tell(KEY_A);
        assert.deepEqual([posts[0].account, posts[0].hashes, mixed_up], ['a-1', [clip.hash], []]);
        assert.deepEqual((await copy.tell(KEY_B)).posts, []);
        await app.driver.clickNamed('tab', 'Set up');
        await until('the account of Beta', async () => /heron/.test(await app.words()));
        assert.doesNotMatch(await app.words(), OF_ALPHA);
        await app.keepPicture('publish-setup-of-beta');

        // Back in Alpha it stands where it is: once.
        await app.choose(a);
        await app.driver.clickNamed('tab', 'Calendar');
        await until('the post to be known', async () => /scheduled|published/.test(await app.words()), LONG);
        const there = await app.call('publication_list');
        assert.deepEqual(
          there.map((one) => [one.clip, one.account.id]),
          [[clip.id, 'a-1']],
        );
        assert.equal((await copy.tell(KEY_A)).posts.length, 1);
      },
      home,
    );
  } finally {
    await copy.close();
  }
});
