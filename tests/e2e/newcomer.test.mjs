/** Somebody who has never seen the program makes three videos: with the keyboard alone, and with the mouse alone. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withApp } from './kit/app.mjs';
import { until } from './kit/driver.mjs';
import { Keyboard, Mouse } from './kit/hands.mjs';

const SCRIPT = 'Fresh bread is baked here every morning. Come by before it is gone.';
/** Footage is looked through, a script spoken and three videos made: it takes its time on a small machine. */
const LONG = 600_000;

const CARD = 'footer [data-state]';
const TILE = '[role="gridcell"][aria-selected]';

/** Waits until three variants stand in this state, as the page says it. */
async function threeAre(app, state) {
  const shown = () =>
    app.driver.run((css) => Array.from(document.querySelectorAll(css), (card) => card.dataset.state), CARD);
  await until(
    `three variants to be ${state}`,
    async () => {
      const states = await shown();
      assert.ok(!states.includes('failed'), 'no video failed');
      return states.length === 3 && states.every((one) => one === state)
        ? true
        : assert.fail(states.join(', '));
    },
    LONG,
  );
}

/** Waits until the plan is one for this size: what the page shows as "changed since" is planned anew. */
async function planned(app) {
  await app.driver.appears('[data-testid="stage"]', LONG);
  await threeAre(app, 'planned');
  const words = () =>
    app.driver.run((css) => Array.from(document.querySelectorAll(css), (card) => card.innerText), CARD);
  await until(
    'the plan to be of now',
    async () => (await words()).every((text) => /planned/.test(text)),
    LONG,
  );
}

/** Waits until a video in the page plays. */
const plays = (app, css) =>
  until('the video to play', () =>
    app.driver.run((css) => document.querySelector(css)?.currentTime > 0, css),
  );

/** What the library holds, as core says it. */
async function judged(app) {
  const { new: fresh, accepted, rejected } = await app.call('clip_counts');
  return { fresh, accepted, rejected };
}

const becomes = (app, wanted) =>
  until(`the library to hold ${JSON.stringify(wanted)}`, async () => {
    const found = await judged(app);
    return (
      Object.entries(wanted).every(([name, count]) => found[name] === count) ||
      assert.fail(JSON.stringify(found))
    );
  });

test('three videos with the keyboard alone', { timeout: 3 * LONG }, (t) =>
  withApp(t, async (app) => {
    const keyboard = new Keyboard(app);
    // The name of the brand waits to be written.
    await keyboard.at('Your brand');
    await keyboard.write('Corner Bakery');
    await keyboard.tabTo('Open the demo project');
    await keyboard.press('Enter');
    await app.driver.appears('[data-testid="stage"]', LONG);
    assert.equal((await app.session()).profile.name, 'Corner Bakery');

    // A project of one's own: a dialog, its platform, a script.
    await keyboard.press('Alt', '2');
    await app.driver.appears('[data-project]');
    await keyboard.press('n');
    await keyboard.at('Name');
    await keyboard.write('Morning bread');
    await keyboard.tabTo('Made for');
    await keyboard.press('Enter');
    await keyboard.at('TikTok');
    await keyboard.press('End');
    await keyboard.at('Draft');
    await keyboard.press('Enter');
    await keyboard.at('Made for');
    await keyboard.tabTo('Create project');
    await keyboard.press('Enter');
    // There is nothing in it but a script to be written.
    await keyboard.at('Script text');
    await keyboard.write(SCRIPT);
    await planned(app);
    await app.keepPicture('newcomer-keyboard-plan');

    // It is looked at before it is made.
    await keyboard.press('Alt', 'Shift', '4');
    await keyboard.tabTo('Draft');
    await keyboard.press(']');
    await keyboard.press('Control', 'Enter');
    await threeAre(app, 'ready');
    await keyboard.tabTo('Show in library');
    await keyboard.press('Enter');

    await until('three finished clips', async () => (await app.driver.count(TILE)) === 3);
    assert.deepEqual(await judged(app), { fresh: 3, accepted: 0, rejected: 0 });
    await app.settled();
    await app.keepPicture('newcomer-keyboard-library');
    await keyboard.press('Space');
    await plays(app, '[role="dialog"] video');
    await keyboard.press('Escape');
    await app.driver.goes('[role="dialog"]');
    await keyboard.press('a');
    await becomes(app, { fresh: 2, accepted: 1 });
    // The next one has its turn by itself.
    await keyboard.press('x');
    await becomes(app, { fresh: 1, accepted: 1, rejected: 1 });
    await keyboard.press('Control', 'z');
    await becomes(app, { fresh: 2, accepted: 1, rejected: 0 });
  }),
);

test('three videos with the mouse alone', { timeout: 3 * LONG }, (t) =>
  withApp(t, async (app) => {
    const mouse = new Mouse(app);
    await mouse.click('button', 'Open the demo project');
    await planned(app);
    await app.keepPicture('newcomer-mouse-plan');

    // The plan is looked at, another variant too, and made small.
    await mouse.click('button', 'Play');
    await until(
      'the preview to move',
      async () =>
        (await app.driver.run(() =>
          Number(document.querySelector('[data-testid="stage"]').dataset.paintedMs),
        )) > 0,
    );
    await mouse.click('button', 'Pause');
    await mouse.on('footer li:nth-child(2) button');
    await mouse.click('tab', 'Frame');
    await mouse.click('radio', 'Draft');
    await planned(app);
    await mouse.click('button', 'Make 3 variants');
    await threeAre(app, 'ready');
    await mouse.click('button', 'Show in library');

    await until('three finished clips', async () => (await app.driver.count(TILE)) === 3);
    await app.settled();
    await app.keepPicture('newcomer-mouse-library');
    await mouse.on(`${TILE}[data-index="1"]`);
    await mouse.click('button', 'Play');
    await plays(app, 'aside video');
    await mouse.click('button', 'Accept');
    await becomes(app, { fresh: 2, accepted: 1 });
    await mouse.click('button', 'Reject');
    await becomes(app, { fresh: 1, accepted: 1, rejected: 1 });
    await mouse.click('button', 'Undo');
    await becomes(app, { fresh: 2, accepted: 1, rejected: 0 });
  }),
);
