/** What one brand pays, may pay, and pays with is never shown for another. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cli, withApp } from './kit/app.mjs';
import { until } from './kit/driver.mjs';

/** What is of Alpha alone: a limit nobody else would have, a name of its dictionary, the end of its key. */
const OF_ALPHA = /123\.45|7,654|Xynthi|q7Zt/;

async function brands(app) {
  const a = (await app.session()).profile;
  await app.call('profile_rename', { id: a.id, name: 'Alpha' });
  const b = await app.call('profile_create', { name: 'Beta', colour: 'teal' });
  return { a: { ...a, name: 'Alpha' }, b };
}

async function section(app, name) {
  await app.go('/settings');
  await app.driver.click(`a[href="/settings?section=${name}"]`);
  await app.driver.appears(`a[href="/settings?section=${name}"][aria-current="page"]`);
  await app.settled();
}

test('limits, costs, keys and names of one profile are never seen in another', (t) =>
  withApp(t, async (app) => {
    const { a, b } = await brands(app);
    await app.call('quota_set', {
      provider: 'elevenlabs',
      characters: 7654,
      microusd: 123_450_000,
    });
    await app.call('pronunciation_set', {
      entries: [{ language: 'en', written: 'Xynthi', spoken: 'Zin thee' }],
    });
    // A file with a passphrase, so that no keyring is needed.
    await app.call('secret_file_unlock', {
      passphrase: 'correct horse battery',
    });
    await app.call('credential_set', {
      provider: 'elevenlabs',
      secret: 'sk_planted_0123456789_q7Zt',
      keep_in: 'file',
    });

    await app.go('/costs');
    await until('the limit of Alpha', async () => /123\.45/.test(await app.words()));
    assert.match(await app.words(), /7,654/);
    await app.keepPicture('costs-of-alpha');
    await section(app, 'services');
    await until('the key of Alpha', async () => /q7Zt/.test(await app.words()));
    await section(app, 'voices');
    await until('the dictionary of Alpha', async () => /Xynthi/.test(await app.words()));

    // Shown in the very moment in which the other profile comes, too.
    await app.choose(b);
    assert.doesNotMatch(await app.words(), OF_ALPHA);
    for (const page of ['voices', 'services']) {
      await section(app, page);
      assert.doesNotMatch(await app.words(), OF_ALPHA);
    }
    await app.go('/costs');
    await app.settled();
    assert.doesNotMatch(await app.words(), OF_ALPHA);
    await app.keepPicture('costs-of-beta');
    const [key] = await app.call('credential_list');
    assert.equal(key.set, false);
    assert.equal((await app.call('quota_show')).total.limit_microusd, null);

    // An answer of Alpha that comes late is nobody's.
    await app.choose(a);
    await app.go('/library');
    const release = ['quota_show', 'cost_summary', 'credential_list', 'pronunciation_show'].map((call) =>
      app.hold(a.id, call),
    );
    const late = await app.late({ call: 'quota_show' });
    await app.choose(b);
    await app.go('/costs');
    release.forEach((letGo) => letGo());
    assert.equal(await late(), 'stale_session');
    await app.settled();
    assert.doesNotMatch(await app.words(), OF_ALPHA);

    // The command line sees the same: a limit in one profile, none in the other.
    const limits = await cli(app.home, '--profile', b.id, 'quota', 'show');
    assert.doesNotMatch(JSON.stringify(limits), /123450000|7654/);
  }));
