/**
 * What belongs to the window and outlives a session. Nothing of a profile's content may ever be kept here: only which
 * kind of page is shown, how many jobs run elsewhere, and profiles that are being deleted.
 */
import { createContext, useContext, useSyncExternalStore } from 'react';
import type { ProfileInfo } from '../backend/backend';
import type { AppSettings } from '../backend/bindings/calls';
import type { Deletion, Deletions } from './deletions';

export interface WindowState {
  deletions: Deletions;
  /** How many jobs run in other profiles. */
  running: number;
  place: Place;
}

/** What of an address says which kind of list is shown, and nothing of what is in it. */
const PARTS = ['tab', 'section'] as const;

/** What the next session begins with: the same kind of page, the settings of the program as they were read last. */
export class Place {
  #at: string;
  #settings: AppSettings | null = null;

  constructor(at: string) {
    this.#at = at;
  }

  get at(): string {
    return this.#at;
  }

  /** Null until they were read for the first time. */
  get settings(): AppSettings | null {
    return this.#settings;
  }

  keep(settings: AppSettings): void {
    this.#settings = settings;
  }

  /**
   * The window shows this page now. Of "/projects/17" only "/projects" is remembered, and of what follows the path only
   * which tab or section: nothing that names a thing of a profile.
   */
  remember(path: string, shown: Readonly<Record<string, unknown>> = {}): void {
    const kind = PARTS.flatMap((part) => {
      const value = shown[part];
      return typeof value === 'string' ? [`${part}=${encodeURIComponent(value)}`] : [];
    });
    this.#at = `/${path.split('/')[1] ?? ''}${kind.length > 0 ? `?${kind.join('&')}` : ''}`;
  }
}

export const WindowContext = createContext<WindowState | null>(null);

export function useWindow(): WindowState {
  const state = useContext(WindowContext);
  if (!state) throw new Error('useWindow outside of the window');
  return state;
}

/** Profiles on their way to the trash. */
export function useDeletions(): readonly Deletion[] {
  const { deletions } = useWindow();
  return useSyncExternalStore(deletions.subscribe, deletions.list);
}

/** Profiles as they are offered: in the order they were made, so that each keeps its number. */
export function inOrder(profiles: readonly ProfileInfo[], leaving: readonly Deletion[]): ProfileInfo[] {
  const gone = new Set(leaving.filter((one) => !one.failure).map((one) => one.profile.id));
  return profiles
    .filter((profile) => !gone.has(profile.id))
    .sort((a, b) => a.created_at - b.created_at || a.id.localeCompare(b.id));
}
