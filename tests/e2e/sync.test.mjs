/** One profile is kept on a server; another one of the same window knows nothing of it and cannot become the same. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cli, freshHome, withApp } from './kit/app.mjs';
import { until } from './kit/driver.mjs';
import { hosting } from './kit/hosting.mjs';

/** What is of Alpha alone: who is signed in, and where. */
const OF_ALPHA = /ana@example\.com|Quokka/i;

/** Finds the field with this label. */
const labelled = (app, label) =>
  until(`the field "${label}"`, () =>
    app.driver.run((label) => {
      const found = Array.from(document.querySelectorAll('label')).find(
        (one) => one.textContent.trim() === label,
      );
      const field = found && document.getElementById(found.htmlFor);
      return field ? `[id="${field.id}"]` : null;
    }, label),
  );

async function signIn(app, project) {
  await app.go('/settings');
  await app.driver.click('a[href="/settings?section=sync"]');
  const fields = { Address: project.url, 'Publishable key': project.key, 'E-mail': project.email };
  for (const [label, value] of Object.entries({ ...fields, Password: project.password }))
    await app.driver.fill(await labelled(app, label), value);
  await app.driver.clickNamed('button', 'Sign in');
}

test('a profile is kept on a server from the settings, and another one knows nothing of it', async (t) => {
  const project = await hosting();
  try {
    const home = freshHome();
    const a = await cli(home, 'profile', 'create', 'Alpha', '--colour', 'coral');
    const b = await cli(home, 'profile', 'create', 'Beta', '--colour', 'teal');
    await cli(home, '--profile', 'Alpha', 'project', 'create', 'Quokka');
    await cli(home, 'profile', 'use', 'Alpha');
    await withApp(
      t,
      async (app) => {
        await app.shows(a);
        await app.call('secret_file_unlock', { passphrase: 'correct horse battery' });
        await signIn(app, project);
        await until('what will happen to be said', async () =>
          /What this profile knows of .* will be copied to a new profile "Alpha"/.test(await app.words()),
        );
        await app.settled();
        await app.keepPicture('sync-of-alpha-choosing');
        await app.driver.clickNamed('button', 'Keep it there');
        await until('everything to be there', async () => {
          const { status } = await app.call('sync_show');
          return status.state === 'in_sync' && status.waiting === 0;
        });
        await until('the page to say so', async () => /In sync/.test(await app.words()));
        await app.settled();
        await app.keepPicture('sync-of-alpha');
        const [there] = await app.call('sync_profiles');
        assert.equal(there.name, 'Alpha');

        await app.choose(b);
        await app.settled();
        assert.doesNotMatch(await app.words(), OF_ALPHA);
        assert.equal((await app.call('sync_show')).account, null);
        // The same person may sign in there, too; the two profiles stay two.
        await app.call('sync_sign_in', {
          url: project.url,
          key: project.key,
          email: project.email,
          password: project.password,
        });
        await assert.rejects(app.call('sync_link', { remote: there.id }), /exists/);
        assert.equal((await app.call('sync_show')).status.remote, null);
        assert.deepEqual(await app.call('project_list'), []);
      },
      home,
    );
  } finally {
    await project.close();
  }
});
