import { describe, expect, it } from 'vitest';
import { matches, plain, search } from './search';

const same = (text: string) => text;

describe('search', () => {
  it('finds_whatever_the_case_and_the_accents', () => {
    expect(plain('Brutăria ȘERBAN')).toBe('brutaria serban');
    expect(search('serban', ['Brutăria Șerban', 'Brand A'], same)).toEqual(['Brutăria Șerban']);
  });

  it('finds_parts_of_words_in_any_order', () => {
    expect(matches('set go', 'Go to the settings')).not.toBeNull();
    expect(matches('set stop', 'Go to the settings')).toBeNull();
  });

  it('each_part_takes_a_word_of_its_own', () => {
    expect(search('brand b', ['Brand A', 'Brand B'], same)).toEqual(['Brand B']);
    expect(matches('b brand', 'Brand bee')).not.toBeNull();
  });

  it('whole_words_come_before_starts_before_insides_before_letters', () => {
    const things = ['quarter', 'partial', 'part', 'apart', 'print artefact'];
    expect(search('part', things, same)).toEqual(['part', 'partial', 'apart']);
    expect(search('qrt', things, same)).toEqual(['quarter']);
  });

  it('an_empty_query_leaves_everything_in_its_order', () => {
    expect(search(' ', ['b', 'a'], same)).toEqual(['b', 'a']);
  });
});
