import { describe, expect, it } from 'vitest';
import { type KeyPress, editsText, keyOfEvent, passesThroughText, worksFocused, writesText } from './keys';

const press = (key: string, over: Partial<KeyPress> = {}) =>
  keyOfEvent({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...over });

describe('a key press as text', () => {
  it('has_its_modifiers_in_one_order', () => {
    expect(press('k', { ctrlKey: true })).toBe('Ctrl+K');
    expect(press('K', { ctrlKey: true, shiftKey: true })).toBe('Ctrl+Shift+K');
    expect(press('z', { altKey: true, ctrlKey: true })).toBe('Ctrl+Alt+Z');
    expect(press('k', { metaKey: true })).toBe('Ctrl+K');
    expect(press(' ')).toBe('Space');
    expect(press(' ', { shiftKey: true })).toBe('Shift+Space');
    expect(press('ArrowLeft', { shiftKey: true })).toBe('Shift+Left');
  });

  it('a_sign_has_its_shift_inside', () => {
    expect(press('?', { shiftKey: true })).toBe('?');
    expect(press(',', { ctrlKey: true })).toBe('Ctrl+,');
  });

  it('a_number_is_its_number_on_layouts_that_want_shift_for_it', () => {
    expect(press('é', { ctrlKey: true, code: 'Digit2' })).toBe('Ctrl+2');
    expect(press('"', { ctrlKey: true, shiftKey: true, code: 'Digit2' })).toBe('Ctrl+Shift+2');
    expect(press('"', { shiftKey: true, code: 'Digit2' })).toBe('"');
  });

  it('a_modifier_alone_is_nothing', () => {
    expect(press('Shift', { shiftKey: true })).toBe('');
    expect(press('Dead')).toBe('');
  });
});

describe('where a key goes', () => {
  const made = (html: string) => {
    document.body.innerHTML = html;
    return document.body.querySelector('[data-it]');
  };

  it('letters_write_in_fields_and_ctrl_passes_through', () => {
    expect(writesText(made('<input data-it>'))).toBe(true);
    expect(writesText(made('<textarea data-it></textarea>'))).toBe(true);
    expect(writesText(made('<input type="checkbox" data-it>'))).toBe(false);
    expect(passesThroughText('Ctrl+K')).toBe(true);
    expect(passesThroughText('F2')).toBe(true);
    expect(passesThroughText('a')).toBe(false);
    expect(passesThroughText('Shift+A')).toBe(false);
  });

  it('undo_copy_and_paste_belong_to_the_text_that_is_written', () => {
    const field = made('<input data-it>');
    for (const key of ['Ctrl+Z', 'Ctrl+Shift+Z', 'Ctrl+A', 'Ctrl+V', 'Ctrl+Left'])
      expect(editsText(field, key)).toBe(true);
    expect(editsText(field, 'Ctrl+K')).toBe(false);
    expect(editsText(made('<button data-it></button>'), 'Ctrl+Z')).toBe(false);
  });

  it('space_presses_the_button_that_has_the_focus_and_arrows_move_a_slider', () => {
    expect(worksFocused(made('<button data-it></button>'), 'Space')).toBe(true);
    expect(worksFocused(made('<button data-it></button>'), 'A')).toBe(false);
    expect(worksFocused(made('<div role="slider" data-it></div>'), 'Left')).toBe(true);
    expect(worksFocused(made('<div data-it></div>'), 'Left')).toBe(false);
  });
});
