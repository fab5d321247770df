/** What the page and the worker that draws captions say to each other. */
import type { Picture } from './pixels';

export type ToWorker =
  | { say: 'begin'; width: number; height: number; ass: string; fonts: Uint8Array[] }
  | { say: 'write'; ass: string }
  | { say: 'paint'; ms: number };

export type FromWorker =
  | { say: 'ready' }
  /** What shows at the time asked for. `same` when that is what was sent before. */
  | { say: 'painted'; picture: Picture | null | 'same' }
  | { say: 'failed'; message: string };
