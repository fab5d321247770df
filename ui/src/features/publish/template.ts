/** Variables of a caption, and what a caption looks like with them filled in. Pure. */

export const VARIABLES = ['script', 'hook', 'project', 'name', 'brand', 'tags', 'date', 'number'] as const;
export type Variable = (typeof VARIABLES)[number];

const known = (name: string): name is Variable => VARIABLES.some((variable) => variable === name);

/** What stands in braces and is no variable: `{skript}`. */
export function unknownIn(text: string): string[] {
  const names = [...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  return [...new Set(names.filter((name) => !known(name)))];
}

/** The text with these in place of its variables. */
export function filled(text: string, values: Readonly<Record<Variable, string>>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => (known(name) ? values[name] : whole));
}
