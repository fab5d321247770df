/** A small WebDriver client: what these tests ask of WebKitWebDriver, and no more. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';

/** Longest wait for something that is bound to happen, milliseconds. Generous: the machine may be busy. */
export const PATIENCE = 30_000;

/** A port of this machine that is free at the moment. */
async function freePort() {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

/** Waits until `look` gives something true; says what was waited for, and what was seen last, if it never does. */
export async function until(what, look, patience = PATIENCE) {
  const end = Date.now() + patience;
  let seen;
  while (Date.now() < end) {
    try {
      seen = await look();
      if (seen) return seen;
    } catch (error) {
      seen = error;
    }
    await pause(30);
  }
  throw new Error(
    `waited in vain: ${what} (seen last: ${seen instanceof Error ? seen.message : JSON.stringify(seen)})`,
  );
}

/** False for a process that is gone, or has ended and only waits to be noticed. */
function isRunning(pid) {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

/** A running WebKitWebDriver with one program in it. */
export class Driver {
  #process;
  #base;
  #session = '';

  /** Starts a driver; `environment` is what the program it starts will see. */
  static async start(environment) {
    const driver = new Driver();
    const port = await freePort();
    driver.#base = `http://127.0.0.1:${port}`;
    driver.#process = spawn('WebKitWebDriver', [`--port=${port}`, '--host=127.0.0.1'], {
      stdio: ['ignore', 'inherit', 'inherit'],
      // Without the second one, the program does not let itself be driven.
      env: { ...process.env, ...environment, TAURI_WEBVIEW_AUTOMATION: 'true' },
    });
    await until('the driver to start', async () => (await fetch(`${driver.#base}/status`)).ok);
    return driver;
  }

  /** Starts the program. */
  async open(program) {
    const capabilities = { alwaysMatch: { 'webkitgtk:browserOptions': { binary: program, args: [] } } };
    const { sessionId } = await this.#send('POST', '/session', { capabilities });
    this.#session = `/session/${sessionId}`;
    await this.ask('POST', '/timeouts', { script: PATIENCE });
  }

  /**
   * Ends the program and the driver. Left to itself, the driver only takes the page away from the program, which then
   * waits for an answer of that page; so the program is asked to end, as the system does it, and is waited for.
   */
  async close() {
    try {
      for (const pid of this.programs()) {
        process.kill(pid, 'SIGTERM');
        await until('the program to end', () => !isRunning(pid));
      }
    } finally {
      this.#process.kill();
      await once(this.#process, 'exit');
    }
  }

  /** Takes the page away from the program, as when the process that draws it dies, and asks the window to close. */
  async loseThePage() {
    await this.ask('DELETE', '');
  }

  /** Waits until the program has ended by itself. */
  async ends() {
    await until('the program to end', () => this.programs().length === 0);
  }

  /** What the driver has started and is running still. */
  programs() {
    const { pid } = this.#process;
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8');
    return children.trim().split(' ').filter(Boolean).map(Number).filter(isRunning);
  }

  async #send(method, path, body) {
    const answer = await fetch(this.#base + path, {
      method,
      headers: { 'content-type': 'application/json' },
      // The driver waits for ever for a program that ended before it could be driven.
      signal: AbortSignal.timeout(2 * PATIENCE),
      ...(body && { body: JSON.stringify(body) }),
    });
    const { value } = await answer.json();
    if (!answer.ok) throw new Error(`${method} ${path}: ${value?.error}: ${value?.message}`);
    return value;
  }

  /** A command of the session. */
  ask(method, path, body) {
    return this.#send(method, this.#session + path, body);
  }

  async element(css) {
    return (await this.ask('POST', '/element', { using: 'css selector', value: css }))[ELEMENT];
  }

  /** How many there are. */
  async count(css) {
    return (await this.ask('POST', '/elements', { using: 'css selector', value: css })).length;
  }

  /** Waits until it is there. */
  appears(css, patience) {
    return until(`${css} to appear`, () => this.element(css), patience);
  }

  /** Waits until there is none. */
  goes(css) {
    return until(`${css} to go`, async () => (await this.count(css)) === 0);
  }

  async click(css) {
    await this.appears(css);
    // It may still be moving to its place, be behind something that is going, or be replaced by another just like it.
    await until(`${css} to be clicked`, async () => {
      await this.ask('POST', `/element/${await this.element(css)}/click`, {});
      return true;
    });
  }

  /** Clicks what has this role and this name, as people read it. */
  async clickNamed(role, name) {
    const found = await until(`the ${role} "${name}"`, () =>
      this.run(
        (role, name) => {
          const tags = { button: 'button', link: 'a[href]', textbox: 'input, textarea' };
          const all = document.querySelectorAll([`[role="${role}"]`, tags[role]].filter(Boolean).join(', '));
          const named = (one) => {
            // The key that does the same is shown in it.
            const said = one.cloneNode(true);
            for (const key of said.querySelectorAll('kbd')) key.remove();
            // A number at the end counts something and is no part of the name.
            return (one.getAttribute('aria-label') ?? said.textContent).trim().replace(/\s*\d+$/, '');
          };
          // What is behind a dialog cannot be clicked.
          const dialog = Array.from(document.querySelectorAll('[role="dialog"]')).at(-1);
          const rank = (one) => (dialog?.contains(one) ? 0 : 1);
          const found = Array.from(all).filter((one) => named(one).startsWith(name) && !one.disabled);
          // The whole name before one that only begins with it, as that of a card does.
          const worth = (one) => rank(one) + (named(one) === name ? 0 : 2);
          const [one] = found.sort((a, b) => worth(a) - worth(b));
          const mark = `${role} ${name}`;
          for (const old of document.querySelectorAll(`[data-test-found="${mark}"]`))
            old.removeAttribute('data-test-found');
          one?.setAttribute('data-test-found', mark);
          return Boolean(one);
        },
        role,
        name,
      ),
    );
    if (found) await this.click(`[data-test-found="${role} ${name}"]`);
  }

  async type(css, text) {
    await this.ask('POST', `/element/${await this.appears(css)}/value`, { text });
  }

  /** Empties a field and types into it. */
  async fill(css, text) {
    await this.ask('POST', `/element/${await this.appears(css)}/clear`, {});
    await this.type(css, text);
  }

  async text(css) {
    return this.ask('GET', `/element/${await this.appears(css)}/text`);
  }

  /** Presses keys together, as a person does: `press('Control', 'k')`. */
  async press(...keys) {
    const codes = keys.map((key) => KEYS[key] ?? key);
    const down = codes.map((value) => ({ type: 'keyDown', value }));
    const up = codes.toReversed().map((value) => ({ type: 'keyUp', value }));
    await this.#keys([...down, ...up]);
  }

  /** Writes with the keyboard, wherever its keys go. */
  async write(text) {
    const strokes = Array.from(text).flatMap((value) => [
      { type: 'keyDown', value },
      { type: 'keyUp', value },
    ]);
    await this.#keys(strokes);
  }

  async #keys(actions) {
    await this.ask('POST', '/actions', { actions: [{ type: 'key', id: 'keyboard', actions }] });
  }

  /** Runs a function in the page; `args` and what it gives are JSON. It may be async. */
  run(work, ...args) {
    const script = `
      const done = arguments[arguments.length - 1];
      Promise.resolve().then(() => (${work})(...Array.from(arguments).slice(0, -1)))
        .then((value) => done({ value }), (error) => done({ error: String(error?.message ?? JSON.stringify(error)) }));`;
    return this.ask('POST', '/execute/async', { script, args }).then(({ value, error }) => {
      if (error !== undefined) throw new Error(error);
      return value;
    });
  }

  /** A picture of the page: PNG. */
  async picture() {
    return Buffer.from(await this.ask('GET', '/screenshot'), 'base64');
  }

  /** The handles of all windows. */
  windows() {
    return this.ask('GET', '/window/handles');
  }

  /** The handle of the window that is being driven. */
  window() {
    return this.ask('GET', '/window');
  }

  /** Waits for a window that is none of these, and drives it. */
  async another(known) {
    const handle = await until('another window', async () =>
      (await this.windows()).find((one) => !known.includes(one)),
    );
    await this.into(handle);
    return handle;
  }

  /** What follows is about this window. */
  async into(handle) {
    await this.ask('POST', '/window', { handle });
  }
}

const KEYS = {
  Shift: '\uE008',
  Control: '\uE009',
  Alt: '\uE00A',
  Escape: '\uE00C',
  Enter: '\uE007',
  Tab: '\uE004',
  Space: ' ',
  Left: '\uE012',
  Up: '\uE013',
  Right: '\uE014',
  Down: '\uE015',
  Delete: '\uE017',
  Backspace: '\uE003',
  Home: '\uE011',
  End: '\uE010',
};
