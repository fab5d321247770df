/** What somebody does who has a keyboard and no mouse, and the other way round. */
import assert from 'node:assert/strict';
import { until } from './driver.mjs';

/** More presses of the Tab key than anybody would take. */
const FAR = 90;

/** Where the keys go: its name as it is read aloud, and whether one sees that they go there. */
function here() {
  const at = document.activeElement;
  if (!at || at === document.body) return { name: '', role: 'body', seen: true };
  const said = at.cloneNode(true);
  for (const key of said.querySelectorAll('kbd')) key.remove();
  const labels = Array.from(at.labels ?? [], (label) => label.textContent.trim()).join(' ');
  const name = at.getAttribute('aria-label') ?? (labels || said.textContent);
  // A radio button is drawn by the label around it.
  const drawn = [at, at.closest('label')].filter(Boolean);
  const box = drawn.at(-1).getBoundingClientRect();
  const inside = box.right > 0 && box.bottom > 0 && box.left < innerWidth && box.top < innerHeight;
  const ringed = drawn.some((one) => {
    const { outlineStyle, outlineWidth, boxShadow, borderColor } = getComputedStyle(one);
    const edited = one.matches('input, textarea') && borderColor !== '';
    // A line between two columns is drawn wider.
    const { content, backgroundColor } = getComputedStyle(one, '::after');
    if (content !== 'none' && !/^(?:rgba\(.*, 0\)|transparent)$/.test(backgroundColor)) return true;
    return (outlineStyle !== 'none' && parseFloat(outlineWidth) > 0) || boxShadow !== 'none' || edited;
  });
  return { name: name.trim(), role: at.getAttribute('role') ?? at.localName, seen: inside && ringed };
}

/** A keyboard. */
export class Keyboard {
  constructor({ driver }) {
    this.driver = driver;
  }

  press(...keys) {
    return this.driver.press(...keys);
  }

  write(text) {
    return this.driver.write(text);
  }

  here() {
    return this.driver.run(here);
  }

  /** Waits until the keys go to what is called this, or begins so. */
  at(name) {
    return until(`the keys to go to "${name}"`, async () => {
      const at = await this.here();
      return at.name.startsWith(name) || assert.fail(JSON.stringify(at));
    });
  }

  /** Presses Tab until the keys go to what is called this, or begins so; each step on the way must be one that can be seen. */
  async tabTo(name, ...held) {
    const way = [];
    for (let presses = 0; presses < FAR; presses++) {
      const { seen, ...at } = await this.here();
      if (at.name.startsWith(name)) return;
      assert.ok(seen, `one sees that the keys go to ${JSON.stringify(at)}`);
      way.push(at.name.slice(0, 40));
      await this.press(...held, 'Tab');
    }
    assert.fail(`"${name}" is not reached with the Tab key, only ${JSON.stringify(way)}`);
  }
}

/** A mouse. */
export class Mouse {
  constructor({ driver }) {
    this.driver = driver;
  }

  /** Clicks what has this role and name. */
  click(role, name) {
    return this.driver.clickNamed(role, name);
  }

  /** Clicks this. */
  on(css) {
    return this.driver.click(css);
  }
}
