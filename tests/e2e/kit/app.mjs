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

/** A home folder that nobody has used. */
export function freshHome() {
  return mkdtempSync(join(WORK, 'home-'));
}

/** The command line on this home; gives what it answers. */
export async function cli(home, ...args) {
  const { stdout } = await promisify(execFile)(CLI, ['--home', home, '--json', ...args], { maxBuffer: 64 << 20 });
  return JSON.parse(stdout);
}

/** The program, running. */
export class App {
  constructor(home, driver) {
    this.home = home;
    this.driver = driver;
  }

  /** Starts the program on this home and waits until its page says that it can be used. */
  static async start(home = freshHome()) {
    const driver = await Driver.start({ EDIT_FACTORY_HOME: home });
    const app = new App(home, driver);
    try {
      await driver.open(PROGRAM);
      await app.ready();
    } catch (error) {
      await app.keepPicture('did-not-start').catch(() => undefined);
      await driver.close().catch(() => undefined);
      throw error;
    }
    return app;
  }

  /** Waits until the page of the window can be used. */
  ready() {
    return this.driver.appears('body[data-ready="true"]');
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
  async shows(name) {
    await until(`the window to show ${name}`, async () => (await this.session()).profile.name === name);
    await until(`the page to name ${name}`, async () => (await this.words()).includes(name));
    await this.ready();
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
