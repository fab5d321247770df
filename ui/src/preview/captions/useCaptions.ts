/** The captions of a variant, painted by libass on a canvas of the stage. */
import { useQueries } from '@tanstack/react-query';
import { type RefObject, useEffect, useEffectEvent, useState } from 'react';
import { type Failure, asFailure } from '../../backend/backend';
import { useCall } from '../../app/queries';
import { useScope } from '../../app/scope';
import { type CaptionPainter, makePainter } from './painter';
import type { Size } from '../framing';

export type CaptionState = 'loading' | 'ready' | 'failed';

const NO_FONTS: string[] = [];

/**
 * @param host the element that gets the canvas
 * @param onPainter hears of the painter when it is there, and `null` when it goes
 */
export function useCaptions(
  variant: string,
  host: RefObject<HTMLElement | null>,
  size: Size,
  onPainter: (painter: CaptionPainter | null, pending: boolean) => void,
): { state: CaptionState; failure: Failure | null; broke: (thrown: unknown) => void } {
  const { media } = useScope();
  const document = useCall('variant_captions', { variant, clean: false });
  const ass = document.data?.ass;
  const fonts = useQueries({
    queries: (document.data?.fonts ?? NO_FONTS).map((name) => ({
      queryKey: ['font', name],
      queryFn: () => fontFile(media.font(name)),
    })),
    combine: (results) => ({
      files: results.every((one) => one.data) ? results.flatMap((one) => one.data ?? []) : null,
      error: results.find((one) => one.error)?.error ?? null,
    }),
  });
  const [painter, setPainter] = useState<CaptionPainter | null>(null);
  const [broken, setBroken] = useState<Failure | null>(null);
  const tell = useEffectEvent(onPainter);
  const broke = (thrown: unknown) => setBroken(asFailure(thrown));
  const ready = ass !== undefined && fonts.files !== null;
  const { width, height } = size;
  const make = useEffectEvent((element: HTMLElement, gone: AbortSignal) =>
    makePainter(element, { width, height }, ass ?? '', fonts.files ?? [], gone),
  );

  // One painter for a stage; another document is only written to it.
  useEffect(() => {
    if (!ready || !host.current) return;
    const gone = new AbortController();
    let made: CaptionPainter | null = null;
    make(host.current, gone.signal).then(
      (painter) => {
        if (gone.signal.aborted) return painter.end();
        made = painter;
        setPainter(painter);
        tell(painter, false);
      },
      (thrown: unknown) => {
        if (gone.signal.aborted) return;
        setBroken(asFailure(thrown));
        tell(null, false);
      },
    );
    return () => {
      gone.abort();
      setPainter(null);
      tell(null, true);
      made?.end();
    };
  }, [ready, host, width, height, media]);

  useEffect(() => {
    if (!painter || ass === undefined) return;
    painter.write(ass);
    tell(painter, false);
  }, [painter, ass]);

  const failure = document.error ?? (fonts.error && asFailure(fonts.error)) ?? broken;
  useEffect(() => {
    if (failure) tell(null, false);
  }, [failure]);
  return { state: failure ? 'failed' : painter ? 'ready' : 'loading', failure, broke };
}

async function fontFile(url: string): Promise<Uint8Array> {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`The font could not be read (${answer.status}).`);
  return new Uint8Array(await answer.arrayBuffer());
}
