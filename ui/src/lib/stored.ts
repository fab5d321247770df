/**
 * Small things the window remembers by itself (which tab was open, how wide a column was). Each key belongs to one
 * profile, so nothing remembered for one is seen in another. Nothing that would be missed is kept here.
 */
export interface Stored {
  read<T>(name: string, otherwise: T): T;
  write(name: string, value: unknown): void;
}

/** What the window remembers for one profile. */
export function storedFor(profile: string, storage: Storage = window.localStorage): Stored {
  const key = (name: string) => `profile/${profile}/${name}`;
  return {
    read<T>(name: string, otherwise: T): T {
      try {
        const text = storage.getItem(key(name));
        return text === null ? otherwise : (JSON.parse(text) as T);
      } catch {
        // Unreadable or not allowed: as if nothing was remembered.
        return otherwise;
      }
    },
    write(name, value) {
      try {
        storage.setItem(key(name), JSON.stringify(value));
      } catch {
        // Full or not allowed: it is only forgotten at the next start.
      }
    },
  };
}
