import { Film } from 'lucide-react';
import { useState } from 'react';
import { useScope } from '../../app/scope';
import css from './Publish.module.css';

/** A frame of a clip; a sign where there is none. */
export function ClipStill({ path }: { path: string | null }) {
  const scope = useScope();
  const [broken, setBroken] = useState(false);
  return (
    <span className={css.still} aria-hidden>
      {path === null || broken ? (
        <Film />
      ) : (
        <img
          src={scope.media.file(path)}
          alt=""
          draggable={false}
          loading="lazy"
          onError={() => setBroken(true)}
        />
      )}
    </span>
  );
}

/** Where the still of a clip lies in its profile. */
export const stillOf = (clip: string): string => `clips/${clip}/still.jpg`;
