/** Finding things by a few letters of their words, whatever the case and the accents. */

/** Lower case, without accents: "Adaugă" is found by "adauga". */
export function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

const words = (text: string) =>
  plain(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);

/** How well a part of the query is a word: all of it, its start, inside it, or letter by letter. */
function found(part: string, word: string): number {
  if (word === part) return 5;
  if (word.startsWith(part)) return 4;
  if (word.includes(part)) return 2;
  return inOrder(part, word) ? 1 : 0;
}

/** The letters of `part` come in `word` in this order, the first one first. */
function inOrder(part: string, word: string): boolean {
  if (part.length < 2 || word[0] !== part[0]) return false;
  let at = 0;
  for (const letter of word) if (letter === part[at]) at += 1;
  return at === part.length;
}

/**
 * How well a text matches; null when a part of the query is not in it. Each part takes a word of its own, so that
 * "brand b" is not "Brand A". An empty query matches everything alike.
 */
export function matches(query: string, text: string): number | null {
  const within = words(text);
  let score = 0;
  // The longest first: the less it can be, the sooner it should choose.
  for (const part of words(query).sort((a, b) => b.length - a.length)) {
    const scores = within.map((word) => found(part, word));
    const best = Math.max(0, ...scores);
    if (best === 0) return null;
    within.splice(scores.indexOf(best), 1);
    score += best;
  }
  // Of two that have all the words, the shorter says more exactly what was looked for.
  return score === 0 ? 0 : score + 1 / (1 + within.length);
}

/** What matches, the best first; equals stay in their order. */
export function search<T>(query: string, things: readonly T[], textOf: (thing: T) => string): T[] {
  return things
    .map((thing) => ({ thing, score: matches(query, textOf(thing)) }))
    .filter((one): one is { thing: T; score: number } => one.score !== null)
    .sort((a, b) => b.score - a.score)
    .map((one) => one.thing);
}
