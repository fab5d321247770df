/** Starting the program. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withApp } from './kit/app.mjs';

test('on the first run a profile is there and its page can be used', (t) =>
  withApp(t, async (app) => {
    const { profile, epoch, notice } = await app.session();
    assert.equal(profile.name, 'My brand');
    assert.equal(epoch, 1);
    assert.equal(notice, null);
    assert.match(await app.words(), /My brand/);
    await app.keepPicture('first-run');
  }));
