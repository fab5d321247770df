import type { CaptionFor } from '../../../backend/bindings/calls';

/** What somebody wants to publish, as far as it is said already. */
export interface Asked {
  clips: readonly string[];
  /** UTC milliseconds. */
  at?: number;
  accounts?: readonly string[];
  captions?: readonly CaptionFor[];
}
