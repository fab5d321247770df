import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import axe from 'axe-core';
import { expect } from 'vitest';
import { App } from '../app/App';
import { preloadPages } from '../app/router';
import { FakeBackend, type Handlers, fakeProfile } from '../backend/fake';

// All pages are there before the first test begins: loading them is not part of what is tested.
await preloadPages();

/** The window on a fake backend, at a page. Gives the backend and a person at the keyboard and the mouse. */
export async function renderApp(options: { handlers?: Handlers; at?: string; backend?: FakeBackend } = {}) {
  const profiles = [
    fakeProfile('Brand A', { colour: 'coral', default: true }),
    fakeProfile('Brand B', { colour: 'teal', created_at: 1 }),
  ];
  const backend = options.backend ?? new FakeBackend(profiles, options.handlers);
  const person = userEvent.setup();
  const view = render(<App backend={backend} at={options.at} />);
  await screen.findByRole('button', { name: /^Profile?: / });
  return { backend, person, ...view };
}

/** Fails with what axe finds wrong for people who cannot see, or cannot use a mouse. */
export async function expectAccessible(container: Element = document.body): Promise<void> {
  const found = await axe.run(container, {
    // jsdom draws nothing, so contrast is computed from the tokens in a test of its own.
    rules: { 'color-contrast': { enabled: false }, region: { enabled: false } },
  });
  expect(found.violations.map((violation) => `${violation.id}: ${violation.nodes[0]?.html}`)).toEqual([]);
}
