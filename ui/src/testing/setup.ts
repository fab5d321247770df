/** What jsdom lacks and every test needs. */
import '@testing-library/jest-dom/vitest';
import { cleanup, configure } from '@testing-library/react';
import { afterEach } from 'vitest';
import { i18next } from '../i18n';

// What is waited for comes; how soon depends on what else the machine does.
configure({ asyncUtilTimeout: 15_000 });

afterEach(async () => {
  cleanup();
  // A test that chose another language leaves it to itself.
  await i18next.changeLanguage('en');
});

class NoObserver {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
}

globalThis.ResizeObserver ??= NoObserver;
globalThis.IntersectionObserver ??= NoObserver as unknown as typeof IntersectionObserver;
class NoFont {
  load(): Promise<this> {
    return Promise.resolve(this);
  }
}

globalThis.FontFace ??= NoFont as unknown as typeof FontFace;
Object.defineProperty(document, 'fonts', { value: new Set(), configurable: true });
window.scrollTo = () => undefined;
Element.prototype.scrollIntoView ??= () => undefined;
Element.prototype.getAnimations ??= () => [];
window.matchMedia ??= (query: string) =>
  ({
    matches: query.includes('dark'),
    media: query,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  }) as unknown as MediaQueryList;
HTMLCanvasElement.prototype.getContext = () => null;
HTMLMediaElement.prototype.play = () => Promise.resolve();
HTMLMediaElement.prototype.pause = () => undefined;
