/**
 * What the window is measured by, on a program built with full optimisation: how soon it is useful, how fast it
 * switches, how much memory it holds and what it does while nobody does anything. Writes rows for the table of
 * `cargo xtask bench`; tests nothing.
 */
import { spawn } from 'node:child_process';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { App, cli } from './kit/app.mjs';
import { until } from './kit/driver.mjs';

const [home, rowsFile] = process.argv.slice(2);
/** Kernel ticks a second, in which `/proc` counts: fixed on Linux. */
const TICKS = 100;
const STARTS = 5;
const SWITCHES = 10;
const IDLE_S = 20;
/** What a switch leaves to do is not idleness: the web view throws the old tree away for some seconds. */
const REST_S = 15;

/** Moments at which the log says that a window was ready, milliseconds since 1970. */
function readyMoments() {
  const logs = join(home, 'logs');
  const lines = readdirSync(logs).flatMap((name) => readFileSync(join(logs, name), 'utf8').split('\n'));
  return lines
    .filter((line) => line.includes('"the window is ready"'))
    .map((line) => Date.parse(JSON.parse(line).timestamp));
}

/** From starting the process to its page being useful. */
async function start() {
  const began = Date.now();
  const program = spawn(process.env.EDIT_FACTORY_E2E_APP, {
    stdio: 'ignore',
    env: { ...process.env, EDIT_FACTORY_HOME: home },
  });
  const ended = new Promise((done) => program.once('exit', done));
  const ready = await until('the window to be ready', () => readyMoments().find((at) => at >= began));
  program.kill('SIGTERM');
  await ended;
  return ready - began;
}

/** The process and all it started. */
function family(pid) {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean);
  return [pid, ...children.flatMap((child) => family(Number(child)))];
}

const memory = (pid) => Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024;

/** Processor time it has used, in seconds. */
function used(pid) {
  // The name may hold spaces; it ends at the last bracket.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS;
}

/** From the click on a profile to its first clips on the page, milliseconds of the page's own clock. */
function switchTo(app, profile, name) {
  return app.driver.run(
    async (id, name, clip) => {
      const row = document.querySelector(`button[data-row][title="${name}"]`);
      const began = performance.now();
      row.click();
      const shown = () =>
        document.body.dataset.profile === id && Boolean(document.querySelector(`[role="gridcell"][aria-label^="${clip}"]`));
      while (!shown()) {
        await new Promise((done) => requestAnimationFrame(done));
        if (performance.now() - began > 20_000) throw new Error('the clips never showed');
      }
      // Painted, not only mounted.
      await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
      return performance.now() - began;
    },
    profile.id,
    name,
    name.toLowerCase(),
  );
}

async function switches(app, profiles) {
  const took = [];
  for (let time = 0; time <= SWITCHES; time += 1) {
    const to = profiles[(time + 1) % 2];
    await app.driver.click('header button[aria-haspopup="dialog"]');
    await app.driver.appears(`button[data-row][title="${to.name}"]`);
    took.push(await switchTo(app, to, to.name));
    await app.shows(to);
  }
  // The first also loads what every later one has.
  return took.slice(1).toSorted((a, b) => a - b);
}

const middle = (sorted) => sorted[Math.floor(sorted.length / 2)];
const shown = (list) => list.map((ms) => ms.toFixed(0)).join(', ');

const profiles = (await cli(home, 'profile', 'list')).filter(({ name }) => ['Alpha', 'Beta'].includes(name));
await start();
const starts = [];
for (let time = 0; time < STARTS; time += 1) starts.push(await start());
starts.sort((a, b) => a - b);

const app = await App.start(home);
const rows = [];
try {
  const { profile } = await app.session();
  const [first, second] = profile.name === 'Alpha' ? profiles : profiles.toReversed();
  for (const one of [second, first]) {
    await app.choose(one);
    await app.go('/library', 'Clips');
    await app.driver.appears(`[role="gridcell"][aria-label^="${one.name.toLowerCase()}"]`);
  }
  const took = await switches(app, [first, second]);
  await app.settled();
  const [own] = app.driver.programs();
  const all = family(own);
  await pause(REST_S * 1000);
  const before = all.map(used);
  await pause(IDLE_S * 1000);
  const share = (from) => (100 * from.reduce((sum, [pid, start]) => sum + used(pid) - start, 0)) / IDLE_S;
  const pairs = all.map((pid, index) => [pid, before[index]]);
  const total = all.reduce((sum, pid) => sum + memory(pid), 0);
  rows.push(
    {
      what: 'the window, from starting the program to something useful on the page',
      at_most: 1.0,
      seen: middle(starts) / 1000,
      unit: 's',
      behind: `two profiles of 10,000 clips, warm caches, software rendering; ${STARTS} starts: ${shown(starts)} ms`,
    },
    {
      what: 'the window, from the click on a profile to its 10,000 clips',
      at_most: 100,
      seen: middle(took),
      unit: 'ms',
      behind: `the middle of ${SWITCHES}, painted: ${shown(took)} ms`,
    },
    {
      what: 'memory of our own process, the window open',
      at_most: 120,
      seen: memory(own),
      unit: 'MB',
      behind: `${total.toFixed(0)} MB with the processes of the web view`,
    },
    {
      what: 'processor time of our own process while nobody does anything',
      at_most: 1,
      seen: share(pairs.slice(0, 1)),
      unit: '%',
      behind: `of one core over ${IDLE_S} s; ${share(pairs).toFixed(1)} % with the processes of the web view`,
    },
  );
} catch (error) {
  await app.keepPicture('measure-failed').catch(() => undefined);
  throw error;
} finally {
  await app.close();
}
writeFileSync(rowsFile, JSON.stringify(rows, undefined, 2));
