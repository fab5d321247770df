/** A hosted project on this machine, running beside a test of the window, with somebody signed up. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

export async function hosting() {
  const program = process.env.EDIT_FACTORY_E2E_HOSTING;
  if (!program) throw new Error('EDIT_FACTORY_E2E_HOSTING is not set: run `cargo xtask window`');
  const running = spawn(program, [], { stdio: ['pipe', 'pipe', 'inherit'] });
  const { value, done } = await createInterface({ input: running.stdout })[Symbol.asyncIterator]().next();
  if (done) throw new Error('the hosted project did not start');
  const close = async () => {
    running.stdin.end();
    await once(running, 'exit');
  };
  return { ...JSON.parse(value), close };
}
