import { useSyncExternalStore } from 'react';

/** Dark or light, as the page has it: for what is drawn on canvas and must be drawn again when it changes. */
export function useThemeName(): string {
  return useSyncExternalStore(subscribe, read);
}

function read(): string {
  return document.documentElement.dataset['theme'] ?? 'dark';
}

function subscribe(heard: () => void): () => void {
  const observer = new MutationObserver(heard);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  return () => observer.disconnect();
}
