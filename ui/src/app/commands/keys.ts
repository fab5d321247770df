/** Keys as text ("Ctrl+Shift+K"): read from the keyboard, compared, shown. */

export type KeyPress = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'> & {
  code?: string;
};

/** The text of a key press; empty for a modifier alone. */
export function keyOfEvent(event: KeyPress): string {
  if (['Control', 'Shift', 'Alt', 'Meta', 'AltGraph', 'Dead'].includes(event.key)) return '';
  // With Ctrl or Alt a key of the number row is its number, also where the layout wants Shift for it.
  const held = event.ctrlKey || event.metaKey || event.altKey;
  const digit = held ? /^Digit(\d)$/.exec(event.code ?? '')?.[1] : undefined;
  const name = digit ?? NAMES[event.key] ?? (event.key.length === 1 ? event.key.toUpperCase() : event.key);
  const parts: string[] = [];
  if (event.ctrlKey || event.metaKey) parts.push('Ctrl');
  if (event.altKey) parts.push('Alt');
  // A sign such as "?" has its shift inside.
  if (event.shiftKey && (digit !== undefined || !isSign(event.key))) parts.push('Shift');
  return [...parts, name].join('+');
}

function isSign(key: string): boolean {
  return key.length === 1 && key !== ' ' && key.toUpperCase() === key.toLowerCase();
}

const NAMES: Record<string, string> = {
  ' ': 'Space',
  ArrowLeft: 'Left',
  ArrowRight: 'Right',
  ArrowUp: 'Up',
  ArrowDown: 'Down',
  Escape: 'Esc',
};

/** True where keys write text, so that a plain letter must not run a command. */
export function writesText(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement) return true;
  return (
    target instanceof HTMLInputElement &&
    !['checkbox', 'radio', 'range', 'button', 'color'].includes(target.type)
  );
}

/** True when the key means something while text is written (Ctrl, Alt, a function key, Esc). */
export function passesThroughText(key: string): boolean {
  return key.startsWith('Ctrl+') || key.startsWith('Alt+') || key === 'Esc' || /^F\d+$/.test(key);
}

/** True where this key changes or moves in the text that is written, as it does in every program. */
export function editsText(target: EventTarget | null, key: string): boolean {
  return (
    writesText(target) && /^Ctrl\+(?:Shift\+)?(?:[ZYACXV]|Left|Right|Home|End|Backspace|Delete)$/.test(key)
  );
}

/** True where this key works the thing that has the focus: Space and Enter press a button, arrows move a slider. */
export function worksFocused(target: EventTarget | null, key: string): boolean {
  if (!(target instanceof HTMLElement)) return false;
  const pressed = target.closest(
    'button, a, summary, [role="menuitem"], [role="option"], [role="tab"], [role="switch"]',
  );
  if ((key === 'Space' || key === 'Enter') && pressed) return true;
  const moved = target.closest(
    '[role="slider"], [role="menu"], [role="listbox"], [role="tablist"], [role="radiogroup"], input, select',
  );
  return ['Left', 'Right', 'Up', 'Down', 'Home', 'End'].includes(key) && moved !== null;
}
