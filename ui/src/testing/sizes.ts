/** jsdom draws nothing, so nothing has a size there. This gives every element one, and lets it be scrolled. */
import { act } from '@testing-library/react';
import { vi } from 'vitest';

/** For the test that calls it. */
export function giveSizes(width: number, height: number): void {
  for (const name of ['clientWidth', 'offsetWidth'] as const) {
    vi.spyOn(HTMLElement.prototype, name, 'get').mockReturnValue(width);
  }
  for (const name of ['clientHeight', 'offsetHeight'] as const) {
    vi.spyOn(HTMLElement.prototype, name, 'get').mockReturnValue(height);
  }
  vi.spyOn(Element.prototype, 'scrollHeight', 'get').mockReturnValue(10_000_000);
  Element.prototype.scrollTo = function scrollTo(this: Element, to?: ScrollToOptions | number) {
    const top = typeof to === 'object' ? (to.top ?? 0) : 0;
    if (top === this.scrollTop) return;
    this.scrollTop = top;
    // As in a browser: told afterwards, not while one scrolls.
    queueMicrotask(() => act(() => void this.dispatchEvent(new Event('scroll'))));
  };
}

/** Scrolls as a script does. */
export function scrollTo(element: Element, top: number): void {
  act(() => {
    element.scrollTop = top;
    element.dispatchEvent(new Event('scroll'));
  });
}
