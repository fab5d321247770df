/** Finding things by a few letters of their words, whatever the case and the accents. */

/** Lower case, without accents: "Adaugă" is found by "adauga". */
export function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

const words = (text: string) =>
  plain(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);

/** How well one word of the query is found: at the start of a word, inside one, or letter by letter. */
function found(part: string, within: readonly string[]): number | null {
  if (within.some((word) => word.startsWith(part))) return 4;
  if (within.some((word) => word.includes(part))) return 2;
  return within.some((word) => inOrder(part, word)) ? 1 : null;
}

/** The letters of `part` come in `word` in this order, the first one first. */
function inOrder(part: string, word: string): boolean {
  if (part.length < 2 || word[0] !== part[0]) return false;
  let at = 0;
  for (const letter of word) if (letter === part[at]) at += 1;
  return at === part.length;
}

/** How well a text matches; null when a word of the query is not in it. An empty query matches everything alike. */
export function matches(query: string, text: string): number | null {
  const within = words(text);
  let score = 0;
  for (const part of words(query)) {
    const one = found(part, within);
    if (one === null) return null;
    score += one;
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
