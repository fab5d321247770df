/** Addresses of the media of one session. They die with it. */
export interface Media {
  /** A file inside the profile, by its relative path. */
  file(path: string): string;
  /** A source: its proxy when there is one, else itself. */
  source(id: string): string;
  /** A finished video. */
  clip(id: string): string;
  /** A bundled font, by file name. */
  font(name: string): string;
}

/** @param base where the session's media are served, without a slash at the end */
export function mediaOf(base: string): Media {
  const parts = (path: string) => path.split('/').map(encodeURIComponent).join('/');
  return {
    file: (path) => `${base}/file/${parts(path)}`,
    source: (id) => `${base}/source/${encodeURIComponent(id)}`,
    clip: (id) => `${base}/clip/${encodeURIComponent(id)}`,
    font: (name) => `${base}/font/${encodeURIComponent(name)}`,
  };
}

/** Where the still of a shot lies in its profile. */
export function shotStill(source: string, shot: string): string {
  return `cache/thumbs/${source}/${shot}.jpg`;
}

/** The name a music file or a recording had before it was copied into the profile. `null` where it was not kept. */
export function originalName(path: string): string | null {
  return /^media\/\w+\/[0-9a-f]{64}-(.+)$/.exec(path)?.[1] ?? null;
}
