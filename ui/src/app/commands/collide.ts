import type { Command } from './commands';

/** Where a command works: its id up to the dot ("library.accept"). */
const placeOf = (command: Pick<Command, 'id'>) => command.id.split('.')[0] ?? '';

/** Places whose commands work on every page. */
const EVERYWHERE = new Set(['shell', 'go', 'profile']);

/** True when two commands cannot have the same key: they can be on the screen together. */
export function collide(a: Pick<Command, 'id'>, b: Pick<Command, 'id'>): boolean {
  const [one, other] = [placeOf(a), placeOf(b)];
  return one === other || EVERYWHERE.has(one) || EVERYWHERE.has(other);
}
