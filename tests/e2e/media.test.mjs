/** Footage plays in the window, and only in the window that shows its profile. */
import assert from 'node:assert/strict';
import { request } from 'node:http';
import { join } from 'node:path';
import { test } from 'node:test';
import { FOOTAGE, withApp } from './kit/app.mjs';
import { until } from './kit/driver.mjs';

const RABBIT = join(FOOTAGE, 'meadow/rabbit.mp4');

/** Status of an address exactly as it is written: `fetch` would tidy the dots away. */
function status(media, path) {
  const { port, pathname } = new URL(media);
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, path: pathname + path }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    })
      .on('error', reject)
      .end();
  });
}

/** Where the video in the page is, and whether it moves. */
const state = (app) =>
  app.driver.run(() => {
    const video = document.querySelector('[role="dialog"] video');
    return video && { at: video.currentTime, paused: video.paused, ready: video.readyState, error: video.error?.message };
  });

test('footage plays and seeks', (t) =>
  withApp(t, async (app) => {
    await app.call('source_add', { paths: [RABBIT] });
    await app.driver.click('[role="gridcell"][aria-label="rabbit.mp4"]');
    await app.driver.press('Space');
    await until('the video to play', async () => {
      const video = await state(app);
      assert.equal(video?.error ?? null, null);
      return !video.paused && video.at > 0.5;
    });
    await app.keepPicture('playing');
    await app.driver.run(() => {
      const video = document.querySelector('[role="dialog"] video');
      video.pause();
      video.currentTime = 3;
    });
    await until('the video to have sought', async () => {
      const { at, ready } = await state(app);
      return Math.abs(at - 3) < 0.1 && ready >= 2;
    });
    // A page can read the pixels of what it shows: stills and scopes are made of them.
    const drawn = await app.driver.run(async (media, id) => {
      const video = document.createElement('video');
      video.crossOrigin = 'anonymous';
      video.muted = true;
      video.src = `${media}/source/${id}#t=3`;
      await new Promise((resolve, reject) => {
        video.oncanplay = resolve;
        video.onerror = () => reject(new Error(video.error.message));
        video.load();
      });
      const canvas = Object.assign(document.createElement('canvas'), { width: 8, height: 8 });
      const pencil = canvas.getContext('2d');
      pencil.drawImage(video, 0, 0, 8, 8);
      return Array.from(pencil.getImageData(4, 4, 1, 1).data);
    }, (await app.session()).media, (await app.call('source_list'))[0].id);
    assert.equal(drawn[3], 255);
  }));

test('media are served to their own session and to nobody else', (t) =>
  withApp(t, async (app) => {
    await app.call('source_add', { paths: [RABBIT] });
    const [{ id }] = await app.call('source_list');
    const { media, profile } = await app.session();
    assert.equal(await status(media, `/source/${id}`), 200);
    assert.equal(await status(media, '/file/media/../profile.sqlite'), 404);
    assert.equal(await status(media, '/file/media/%2e%2e/profile.sqlite'), 404);
    assert.equal(await status(media, '/file/profile.sqlite'), 404);
    assert.equal(await status(media.replace(/[0-9a-f]{32}$/, '0'.repeat(32)), `/source/${id}`), 403);

    const other = await app.call('profile_create', { name: 'Beta' });
    await app.choose(other);
    const later = await app.session();
    assert.notEqual(later.media, media);
    assert.equal(await status(later.media, `/source/${id}`), 404, 'what belongs to another profile');
    const oldToken = new URL(media).pathname;
    assert.equal(await status(new URL(later.media).origin + oldToken, `/source/${id}`), 403, "another session's token");
    await assert.rejects(status(media, `/source/${id}`), 'the server of the session that ended');
    const escape = `/file/media/../../${profile.id}/media`;
    assert.equal(await status(later.media, escape), 404);
  }));

test('a page may read from the program and from nowhere else', (t) =>
  withApp(t, async (app) => {
    const tried = await app.driver.run(async () => {
      const violations = [];
      document.addEventListener('securitypolicyviolation', (event) => violations.push(event.effectiveDirective));
      const outcome = (work) => work().then(() => 'done', () => 'refused');
      const read = await outcome(() => fetch('https://example.com/'));
      const image = await outcome(
        () =>
          new Promise((resolve, reject) => {
            Object.assign(new Image(), { onload: resolve, onerror: reject, src: 'https://example.com/a.png' });
          }),
      );
      let evaluated = 'refused';
      try {
        evaluated = String(new Function('return 1')());
      } catch {
        // As it should be.
      }
      return { read, image, evaluated, violations };
    });
    assert.deepEqual([tried.read, tried.image, tried.evaluated], ['refused', 'refused', 'refused']);
    assert.ok(tried.violations.includes('connect-src') && tried.violations.includes('img-src'));
    // What the capabilities do not name is not to be had, though the program has it.
    for (const command of ['plugin:window|set_size', 'plugin:webview|create_webview_window', 'plugin:fs|read_file']) {
      await assert.rejects(app.command(command, {}), /not allowed|not found/, command);
    }
  }));
