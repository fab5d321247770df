import { expect, it } from 'vitest';
import { VARIABLES, type Variable, filled, unknownIn } from './template';

const values = Object.fromEntries(VARIABLES.map((name) => [name, name.toUpperCase()])) as Record<
  Variable,
  string
>;

it('variables_are_filled_in_and_what_is_none_stays_and_is_named', () => {
  expect(filled('{hook} by {brand}, {brand}: {skript} {not so}', values)).toBe(
    'HOOK by BRAND, BRAND: {skript} {not so}',
  );
  expect(unknownIn('{hook} {skript} {skript} {x}')).toEqual(['skript', 'x']);
  expect(unknownIn('{hook} and {tags}')).toEqual([]);
});
