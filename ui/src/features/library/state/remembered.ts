/** How a person left a list: remembered for this profile. */
import { useState } from 'react';
import { useScope } from '../../../app/scope';
import { storedFor } from '../../../lib/stored';

/** A choice out of a few that comes back at the next visit. */
export function useRemembered<T extends string>(
  name: string,
  known: readonly T[],
  otherwise: T,
): [T, (value: T) => void] {
  const scope = useScope();
  const [value, setValue] = useState<T>(() => {
    const read = storedFor(scope.session.profile.id).read<unknown>(name, otherwise);
    return known.find((each) => each === read) ?? otherwise;
  });
  const remember = (next: T) => {
    storedFor(scope.session.profile.id).write(name, next);
    setValue(next);
  };
  return [value, remember];
}
