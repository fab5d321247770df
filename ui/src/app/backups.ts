/** Opens the copies of a profile's database over the window, from wherever they are needed. */
import { createContext, useContext } from 'react';
import type { Failure, ProfileInfo } from '../backend/backend';

export type ShowBackups = (profile: ProfileInfo) => void;

export const BackupsContext = createContext<ShowBackups | null>(null);

export function useShowBackups(): ShowBackups {
  const show = useContext(BackupsContext);
  if (!show) throw new Error('useShowBackups outside of a session');
  return show;
}

/** The profile a failure says is damaged. */
export function damaged(failure: Failure, profiles: readonly ProfileInfo[]): ProfileInfo | undefined {
  if (failure.code !== 'damaged_database') return undefined;
  return profiles.find((profile) => profile.id === failure.details['profile']);
}
