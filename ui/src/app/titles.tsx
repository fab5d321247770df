/** The title of the window: the profile first, then what the page shows. */
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import { useProfile } from './profiles';
import { useScope } from './scope';

const PROGRAM = 'Edit Factory';
/** Longer parts are cut: no system shows more of a title. */
const LONGEST = 60;

type Add = (part: string) => () => void;
const TitleContext = createContext<Add | null>(null);

/** "Brand A - Project - Edit Factory". */
export function titleOf(profile: string, part: string | null): string {
  return [profile, part, PROGRAM]
    .filter((piece): piece is string => !!piece)
    .map(shortened)
    .join(' - ');
}

function shortened(text: string): string {
  const letters = [...text];
  const short =
    letters.length > LONGEST
      ? `${letters
          .slice(0, LONGEST - 1)
          .join('')
          .trimEnd()}…`
      : text;
  // A name written from right to left must not turn the rest of the title around.
  return /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/u.test(short) ? `\u2068${short}\u2069` : short;
}

export function TitleProvider({ children }: { children: ReactNode }) {
  const { backend } = useScope();
  const { name } = useProfile();
  const [parts, setParts] = useState<readonly { part: string }[]>([]);
  const title = titleOf(name, parts.at(-1)?.part ?? null);

  useEffect(() => {
    document.title = title;
    void backend.setTitle(title);
  }, [backend, title]);

  const add = useMemo<Add>(
    () => (part) => {
      const entry = { part };
      setParts((before) => [...before, entry]);
      return () => setParts((before) => before.filter((other) => other !== entry));
    },
    [],
  );
  return <TitleContext.Provider value={add}>{children}</TitleContext.Provider>;
}

/** Names what the page shows in the title of the window while it is mounted. */
export function usePageTitle(part: string): void {
  const add = useContext(TitleContext);
  if (!add) throw new Error('usePageTitle outside of a session');
  useEffect(() => add(part), [add, part]);
}
