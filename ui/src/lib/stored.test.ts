import { beforeEach, describe, expect, it } from 'vitest';
import { storedFor } from './stored';

describe('what the window remembers', () => {
  beforeEach(() => window.localStorage.clear());

  it('is_read_back_as_it_was_written', () => {
    const stored = storedFor('a');
    stored.write('columns', { left: 320 });
    expect(stored.read('columns', null)).toEqual({ left: 320 });
    expect(stored.read('never written', 'otherwise')).toBe('otherwise');
  });

  it('of_one_profile_is_not_seen_in_another', () => {
    storedFor('a').write('tab', 'clips');
    expect(storedFor('b').read('tab', 'footage')).toBe('footage');
    storedFor('b').write('tab', 'trash');
    expect(storedFor('a').read('tab', 'footage')).toBe('clips');
  });

  it('that_is_damaged_or_not_allowed_is_as_if_nothing_was_remembered', () => {
    window.localStorage.setItem('profile/a/tab', '{half');
    expect(storedFor('a').read('tab', 'footage')).toBe('footage');
    const refusing = new Proxy(window.localStorage, {
      get: () => () => {
        throw new Error('not allowed');
      },
    });
    const stored = storedFor('a', refusing);
    stored.write('tab', 'clips');
    expect(stored.read('tab', 'footage')).toBe('footage');
  });
});
