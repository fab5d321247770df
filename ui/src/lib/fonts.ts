/** The bundled caption fonts in the window: the very files the render draws with, from the session's media. */
import { useEffect, useState } from 'react';
import type { Media } from './media';

/** File names by family, as `assets/fonts` has them. */
const FILES: Readonly<Record<string, string>> = {
  'Montserrat ExtraBold': 'Montserrat-ExtraBold.ttf',
  'Montserrat SemiBold': 'Montserrat-SemiBold.ttf',
  Inter: 'Inter-Bold.ttf',
  Anton: 'Anton-Regular.ttf',
  Bangers: 'Bangers-Regular.ttf',
  'Nunito ExtraBold': 'Nunito-ExtraBold.ttf',
  'Playfair Display': 'PlayfairDisplay-Bold.ttf',
};

/** The file of a bundled family; null for a family that is not bundled. */
export function fontFile(family: string): string | null {
  return FILES[family] ?? null;
}

/** The name under which the window has a bundled family, apart from one of the system that is called the same. */
export function cssFamily(family: string): string {
  return `"Caption ${family}", var(--font)`;
}

/** Loads bundled families while the component is mounted. True once all that can be loaded are. */
export function useFonts(media: Media, families: readonly string[]): boolean {
  const wanted = [...new Set(families)].sort().join('\n');
  const [loaded, setLoaded] = useState<string | null>(null);
  useEffect(() => {
    let here = true;
    const faces = wanted.split('\n').flatMap((family) => {
      const file = fontFile(family);
      return file
        ? [new FontFace(`Caption ${family}`, `url("${media.font(file)}")`, { weight: '100 900' })]
        : [];
    });
    for (const face of faces) document.fonts.add(face);
    // A font that does not load leaves the system's in its place.
    void Promise.allSettled(faces.map((face) => face.load())).then(() => here && setLoaded(wanted));
    return () => {
      here = false;
      for (const face of faces) document.fonts.delete(face);
    };
  }, [media, wanted]);
  return loaded === wanted;
}
