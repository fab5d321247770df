/** The program under test, with a home of the test's own. */
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Driver, until } from './driver.mjs';

const required = (name) => {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run \`cargo xtask window\``);
  return value;
};

const PROGRAM = required('EDIT_FACTORY_E2E_APP');
const CLI = required('EDIT_FACTORY_E2E_CLI');
const WORK = required('EDIT_FACTORY_E2E_WORK');
const SCREENSHOTS = required('EDIT_FACTORY_E2E_SCREENSHOTS');

/** Where the demo footage of the repository lies. */
export const FOOTAGE = join(import.meta.dirname, '../../../assets/demo/footage');

/** What the page of a session shows once it can be used. */
const READY = 'body[data-ready="true"]';

/** A home folder that nobody has used. */
export function freshHome() {
  return mkdtempSync(join(WORK, 'home-'));
}

/** The command line on this home; gives what it answers. */
export async function cli(home, ...args) {
  const { stdout } = await promisify(execFile)(CLI, ['--home', home, '--json', ...args], {
    maxBuffer: 64 << 20,
  });
  return JSON.parse(stdout);
}

/** The program, running. */
export class App {
  constructor(home, driver) {
    this.home = home;
    this.driver = driver;
  }

  /** Starts the program on this home and waits until its page says that it can be used (or shows `sign`). */
  static async start(home = freshHome(), sign = READY) {
    const driver = await Driver.start({ EDIT_FACTORY_HOME: home });
    const app = new App(home, driver);
    try {
      await driver.open(PROGRAM);
      await driver.appears(sign);
    } catch (error) {
      await app.keepPicture('did-not-start').catch(() => undefined);
      await driver.close().catch(() => undefined);
      throw error;
    }
    return app;
  }

  /** Waits until the page of the window can be used. */
  ready() {
    return this.driver.appears(READY);
  }

  close() {
    return this.driver.close();
  }

  /** A command of the shell, called from the page as its own code does. Rejects with the failure's code. */
  command(name, args = {}) {
    return this.driver.run(
      (name, args) =>
        window.__TAURI_INTERNALS__.invoke(name, args).catch((failure) => {
          throw new Error(failure?.code ?? String(failure));
        }),
      name,
      args,
    );
  }

  /** The session of the window. */
  session() {
    return this.command('session');
  }

  /** A call of core, for the session the window has now. */
  async call(name, args = {}) {
    const { epoch } = await this.session();
    return this.command('call', { epoch, call: { call: name, ...args } });
  }

  /** Holds the answers to this call of this profile back, until what this gives is called. */
  hold(profile, call) {
    const folder = join(this.home, 'test-holds');
    const file = join(folder, `${profile}.${call}`);
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, '');
    return () => {
      if (existsSync(file)) rmSync(file);
    };
  }

  /** All text that can be read in the window, and the names of its fields. */
  words() {
    return this.driver.run(() => {
      const fields = Array.from(document.querySelectorAll('input, textarea'), (field) => field.value);
      const titles = Array.from(document.querySelectorAll('[title], [aria-label]'), (named) =>
        [named.getAttribute('title'), named.getAttribute('aria-label')].join(' '),
      );
      return [document.title, document.body.innerText, ...fields, ...titles].join('\n');
    });
  }

  /** Waits until the window shows this profile and its page can be used. */
  async shows(profile) {
    await this.driver.appears(`body[data-ready="true"][data-profile="${profile.id}"]`);
    await until(`the title to begin with ${profile.name}`, async () =>
      (await this.driver.run(() => document.title)).startsWith(profile.name),
    );
  }

  /** Shows another profile, as a person does: with the switcher in the title bar. */
  async choose(profile) {
    await this.driver.click('header button[aria-haspopup="dialog"]');
    await this.driver.click(`button[data-row][title="${profile.name}"]`);
    await this.shows(profile);
  }

  /**
   * From now on, keeps what the window's session hears. There is one listener a session: the page itself hears nothing
   * until the next switch.
   */
  async listen() {
    const { epoch } = await this.session();
    await this.driver.run((epoch) => {
      window.testHeard = [];
      const channel = window.__TAURI_INTERNALS__.transformCallback(({ message }) => {
        if (message !== undefined) window.testHeard.push(message);
      });
      return window.__TAURI_INTERNALS__.invoke('listen', { epoch, channel: `__CHANNEL__:${channel}` });
    }, epoch);
  }

  /** What was heard since. */
  heard() {
    return this.driver.run(() => window.testHeard);
  }

  /** Makes a call that is still under way when this returns; what it gives tells how it ended. */
  async late(call) {
    const { epoch } = await this.session();
    await this.driver.run(
      (epoch, call) => {
        window.testLate = window.__TAURI_INTERNALS__.invoke('call', { epoch, call }).then(
          () => 'answered',
          (failure) => failure?.code ?? String(failure),
        );
      },
      epoch,
      call,
    );
    return () => this.driver.run(() => window.testLate);
  }

  /** Goes to a page with the title bar, and there to a tab. */
  async go(page, tab) {
    await this.driver.click(`header a[href="${page}"]`);
    if (tab) await this.driver.clickNamed('tab', tab);
  }

  /** Waits until nothing is loading or moving any more. */
  async settled() {
    await until('the page to settle', () =>
      this.driver.run(async () => {
        const frame = () => new Promise((done) => requestAnimationFrame(done));
        await frame();
        const pending = Array.from(document.images).filter(
          (image) => !image.complete && image.loading !== 'lazy',
        );
        const moving = document.getAnimations().filter(({ playState, effect }) => {
          return playState === 'running' && effect?.getComputedTiming().iterations !== Infinity;
        });
        // A picture of the page can lag a few frames behind it.
        for (let frames = 0; frames < 3; frames++) await frame();
        const loading = document.querySelector('[aria-busy="true"], [data-loading]');
        const skeleton = document.querySelector('[class*="skeleton"]');
        return pending.length === 0 && moving.length === 0 && !loading && !skeleton;
      }),
    );
  }

  /** From now on, notes whatever the page may not load or do. */
  async watchPolicy() {
    await this.driver.run(() => {
      window.testBroken = [];
      document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, sample }) => {
        window.testBroken.push(`${effectiveDirective}: ${blockedURI} ${sample}`);
      });
    });
  }

  /** What was noted since. */
  policyBroken() {
    return this.driver.run(() => Array.from(new Set(window.testBroken)));
  }

  /** Keeps a picture of the page for people to look at. */
  async keepPicture(name) {
    mkdirSync(SCREENSHOTS, { recursive: true });
    writeFileSync(join(SCREENSHOTS, `${name}.png`), await this.driver.picture());
  }
}

/** Runs a test body with a program of its own; keeps a picture when it fails. */
export async function withApp(test, work, home) {
  const app = await App.start(home);
  try {
    await work(app);
  } catch (error) {
    await app.keepPicture(`failed-${test.name.replaceAll(/\W+/g, '-')}`).catch(() => undefined);
    throw error;
  } finally {
    await app.close();
  }
}
