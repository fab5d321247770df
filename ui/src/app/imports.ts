/** Begins to import a profile from a file, from wherever that is offered. */
import { createContext, useContext } from 'react';

export type ImportProfile = () => void;

export const ImportContext = createContext<ImportProfile | null>(null);

export function useImportProfile(): ImportProfile {
  const begin = useContext(ImportContext);
  if (!begin) throw new Error('useImportProfile outside of a session');
  return begin;
}
