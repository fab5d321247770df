import { describe, expect, it } from 'vitest';
import { titleOf } from './titles';

describe('the title of the window', () => {
  it('begins_with_the_profile', () => {
    expect(titleOf('Brand A', 'Bakery')).toBe('Brand A - Bakery - Edit Factory');
    expect(titleOf('Brand A', null)).toBe('Brand A - Edit Factory');
  });

  it('keeps_the_end_in_sight_when_a_name_is_long', () => {
    const title = titleOf('x'.repeat(300), 'y'.repeat(300));
    expect(title).toMatch(/^x{59}… - y{59}… - Edit Factory$/);
  });

  it('a_name_from_right_to_left_does_not_turn_the_rest_around', () => {
    expect(titleOf('استوديو', 'Bakery')).toBe('\u2068استوديو\u2069 - Bakery - Edit Factory');
  });
});
