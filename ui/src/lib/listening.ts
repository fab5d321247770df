/** Hears something until the returned function is called, also when that comes before the listening has begun. */
export function listening(start: () => Promise<() => void>, failed: (thrown: unknown) => void): () => void {
  let here = true;
  let stop: (() => void) | null = null;
  start().then(
    (unlisten) => {
      if (here) stop = unlisten;
      else unlisten();
    },
    (thrown: unknown) => {
      if (here) failed(thrown);
    },
  );
  return () => {
    here = false;
    stop?.();
  };
}
