/** The copy of Postiz that the other tests post to, running beside a test of the window. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** Its answers, one after the other. */
export class Postiz {
  #process;
  #answers;
  /** Where it is, as a profile is set to it. */
  url = '';

  static async start() {
    const program = process.env.EDIT_FACTORY_E2E_POSTIZ;
    if (!program) throw new Error('EDIT_FACTORY_E2E_POSTIZ is not set: run `cargo xtask window`');
    const copy = new Postiz();
    copy.#process = spawn(program, [], { stdio: ['pipe', 'pipe', 'inherit'] });
    copy.#answers = createInterface({ input: copy.#process.stdout })[Symbol.asyncIterator]();
    copy.url = (await copy.#answer()).url;
    return copy;
  }

  async #answer() {
    const { value, done } = await this.#answers.next();
    if (done) throw new Error('the copy of Postiz has ended');
    return JSON.parse(value);
  }

  #do(what) {
    this.#process.stdin.write(`${JSON.stringify(what)}\n`);
    return this.#answer();
  }

  /** Opens a workspace: `{ id, name, platform }` of each account. */
  open(key, accounts) {
    return this.#do({ open: { key, accounts } });
  }

  /** The next upload is taken, and its answer waits until it is let go. */
  slowUpload() {
    return this.#do({ slow_upload: {} });
  }

  release(answers = 1) {
    return this.#do({ release: { answers } });
  }

  /** Time passes: what is due by then goes out. */
  publishUntil(key, at) {
    return this.#do({ publish_until: { key, at } });
  }

  /** What is in a workspace. */
  tell(key) {
    return this.#do({ tell: { key } });
  }

  async close() {
    this.#process.stdin.end();
    await once(this.#process, 'exit');
  }
}
