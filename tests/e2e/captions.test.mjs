/**
 * The preview shows captions where the finished video has them: every style, at three moments each.
 *
 * The captions of the preview are laid over a frame that was rendered without captions; that, and the same frame of the
 * video, are compared with the frame without captions. What differs from it is the caption, here and there.
 */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { FOOTAGE, withApp } from './kit/app.mjs';
import { until } from './kit/driver.mjs';

const SCRIPT = 'Fresh bread is baked here before anybody wakes up.';
const MOMENTS = 3;
/** How far the edges of the two boxes may be apart, pixels of the video. */
const APART = 2;
/** What differs by less than this from the frame without captions (0 to 255) may come from compressing it. */
const NOISE = 56;
/** A row or column with fewer such pixels is noise too. */
const FEW = 3;
/** Making a video takes its time on a small machine. */
const LONG = 600_000;

/** Runs ffmpeg; gives what it writes. */
async function ffmpeg(input, ...args) {
  const work = promisify(execFile)('ffmpeg', ['-v', 'error', ...args, '-'], { encoding: 'buffer', maxBuffer: 64 << 20 });
  work.child.stdin.end(input);
  return (await work).stdout;
}

/** One frame of a video: red, green, blue. */
const frameOf = (file, frame) =>
  ffmpeg(undefined, '-i', file, '-vf', `select=eq(n\\,${frame})`, '-frames:v', '1', '-f', 'rawvideo', '-pix_fmt', 'rgb24');

/** The pixels of a PNG: red, green, blue, opacity. */
const pixelsOf = (png) => ffmpeg(png, '-f', 'png_pipe', '-i', '-', '-f', 'rawvideo', '-pix_fmt', 'rgba');

/** A picture laid over another. */
function over(ground, picture) {
  const sum = Buffer.alloc(ground.length);
  for (let pixel = 0; pixel * 3 < ground.length; pixel++) {
    const share = picture[pixel * 4 + 3] / 255;
    for (let part = 0; part < 3; part++) {
      const at = pixel * 3 + part;
      sum[at] = Math.round(ground[at] * (1 - share) + picture[pixel * 4 + part] * share);
    }
  }
  return sum;
}

/** The box of what differs between two frames. */
function difference(a, b, { width, height }) {
  const columns = new Uint32Array(width);
  const rows = new Uint32Array(height);
  for (let pixel = 0; pixel < width * height; pixel++) {
    const at = pixel * 3;
    const most = Math.max(Math.abs(a[at] - b[at]), Math.abs(a[at + 1] - b[at + 1]), Math.abs(a[at + 2] - b[at + 2]));
    if (most < NOISE) continue;
    columns[pixel % width] += 1;
    rows[Math.floor(pixel / width)] += 1;
  }
  const ends = (counts) => [counts.findIndex((n) => n >= FEW), counts.findLastIndex((n) => n >= FEW)];
  const [left, right] = ends(columns);
  const [top, bottom] = ends(rows);
  return { left, top, right, bottom };
}

/** Waits until nothing is to be done any more, and says what failed. */
async function idle(app) {
  await until(
    'the work to be done',
    async () => {
      const counts = await app.call('job_counts');
      return counts.queued + counts.running + counts.interrupted === 0;
    },
    LONG,
  );
  const failed = await app.call('job_list', { states: ['failed'] });
  assert.deepEqual(failed.map((job) => job.failure.message), []);
}

/** A project with one short video, planned and asked to be rendered. */
async function order(app, name, shot, look) {
  const project = await app.call('project_create', { name, look: { ...look, platform: 'tiktok' } });
  const script = await app.call('script_add', { project: project.id, script: { name, text: SCRIPT, language: 'en' } });
  // The same picture behind all of them.
  const pin = { variant: 0, sentence: SCRIPT, occurrence: 0, part: 0, shot, in_ms: 400 };
  await app.call('pin_set', { script: script.id, pin });
  const { batch } = await app.call('generate', { project: project.id, order: { variants: 1, seed: 7 } });
  return { name, project: project.id, batch };
}

/** The plan and the file of a video that was made. */
async function made(app, { project, batch }) {
  const [planned] = await app.call('batch_show', { batch });
  const [{ variants }] = (await app.call('project_variants', { project })).batches;
  const { media } = await app.session();
  return { timeline: planned.timeline, file: `${media}/clip/${variants[0].clip}` };
}

/** The middle frames of the words that are said longest, where nothing grows or shrinks. */
function moments({ words, fps }) {
  const longest = words.toSorted((a, b) => b.end_ms - b.start_ms - (a.end_ms - a.start_ms)).slice(0, MOMENTS);
  return longest.map((word) => Math.floor((((word.start_ms + word.end_ms) / 2) * fps) / 1000));
}

/** Goes to a frame with the preview's own keys, waits until it is painted, and gives the captions on it. */
async function painted(app, frame, fps) {
  const ms = Math.floor((frame * 1000) / fps + 0.001);
  await app.driver.run(
    (frame, fps) => {
      const press = (key, shiftKey = false) =>
        document.body.dispatchEvent(new KeyboardEvent('keydown', { key, shiftKey, bubbles: true, cancelable: true }));
      press('Home');
      for (let second = 0; second < Math.floor(frame / fps); second++) press('ArrowRight', true);
      for (let one = 0; one < frame % fps; one++) press('.');
    },
    frame,
    fps,
  );
  await app.driver.appears(`[data-testid="stage"][data-captions="ready"][data-painted-ms="${ms}"]`);
  const png = await app.driver.run(() => {
    const painted = document.querySelector('canvas[data-layer="captions"]');
    const copy = Object.assign(document.createElement('canvas'), { width: painted.width, height: painted.height });
    copy.getContext('2d').drawImage(painted, 0, 0);
    return copy.toDataURL('image/png').split(',')[1];
  });
  return pixelsOf(Buffer.from(png, 'base64'));
}

test('captions of every style stand in the preview where they stand in the video', { timeout: 4 * LONG }, (t) =>
  withApp(t, async (app) => {
    await app.call('source_add', { paths: [join(FOOTAGE, 'meadow/rabbit.mp4')] });
    await idle(app);
    const [source] = await app.call('source_list');
    const shot = (await app.call('source_show', { id: source.id })).shots[0].id;
    const styles = await app.call('style_list');
    const plain = await order(app, 'plain', shot, { captions: false });
    const orders = [];
    for (const { id } of styles) orders.push(await order(app, id, shot, { captions: true, caption_style: id }));
    await idle(app);
    const ground = await made(app, plain);

    for (const one of orders) {
      const { timeline, file } = await made(app, one);
      const pick = ({ start, frames, pick, framing }) => ({ start, frames, pick, framing });
      assert.deepEqual(timeline.segments.map(pick), ground.timeline.segments.map(pick), 'the same pictures');
      await app.go('/projects');
      await app.driver.click(`a[href="/projects/${one.project}"]`);
      await app.driver.appears('[data-testid="stage"][data-captions="ready"][data-painted-ms]');
      for (const frame of moments(timeline)) {
        const captions = await painted(app, frame, timeline.fps);
        const [bare, video] = await Promise.all([frameOf(ground.file, frame), frameOf(file, frame)]);
        const here = difference(over(bare, captions), bare, timeline);
        const there = difference(video, bare, timeline);
        const says = `${one.name}, frame ${frame}: preview ${JSON.stringify(here)}, video ${JSON.stringify(there)}`;
        t.diagnostic(says);
        assert.ok(there.right > there.left && there.bottom > there.top, says);
        for (const edge of ['left', 'top', 'right', 'bottom']) {
          assert.ok(Math.abs(here[edge] - there[edge]) <= APART, says);
        }
      }
      await app.keepPicture(`captions-${one.name}`);
    }
  }),
);
