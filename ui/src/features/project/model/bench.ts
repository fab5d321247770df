/** What everything on the page is about: the script, the variant that is shown, the shot that is chosen. */
import { createContext, useContext } from 'react';
import type { Failure } from '../../../backend/backend';
import type {
  Brand,
  Pin,
  ProjectDetail,
  Script,
  SourceRow,
  SpeechPlan,
  StoredScript,
  Timeline,
  VariantRow,
} from '../../../backend/bindings/calls';
import type { Player } from '../../../preview/player';
import type { Drafts } from '../script/drafts';
import type { CaptionEdit } from './captionEdits';
import type { ProjectStore } from './changes';
import type { Line, Place } from './lines';
import type { Planning } from './planning';

export interface Bench {
  store: ProjectStore;
  detail: ProjectDetail;
  /** `null` for one that has no sentence yet. */
  script: StoredScript | null;
  /** By id, or `NEW` of `script/drafts`. */
  chooseScript(id: string): void;
  /** What of its stored text is spoken; `null` when nothing is, or while it is read. */
  spoken: Script | null;
  /** Why nothing is. */
  unspoken: Failure | null;
  drafts: Drafts;
  brand: Brand | null;
  edits: readonly CaptionEdit[];
  pins: readonly Pin[];
  /** The sources the project may use. */
  footage: readonly SourceRow[];
  /** All sources of the profile. */
  allFootage: readonly SourceRow[];
  /** How many sources there are; `null` until it is known. */
  footageTotal: number | null;

  variants: readonly VariantRow[];
  /** How far apart they are, 0 to 1. */
  distance: number | null;
  variant: VariantRow | null;
  chooseVariant(number: number): void;
  /** How many are wanted. */
  wanted: number;
  want(count: number): void;

  timeline: Timeline | null;
  lines: readonly Line[];
  player: Player | null;
  /** The chosen shot. */
  place: Place | null;
  choose(index: number | null): void;

  planning: Planning;
  /** What speaking the script would cost; `null` until it is known. */
  speech: SpeechPlan | null;
  /** The same of all scripts, where there are several. */
  speechOfAll: SpeechPlan | null;
  panel: Panel;
  showPanel(panel: Panel): void;
}

export const PANELS = ['voice', 'captions', 'sound', 'frame', 'brand', 'footage'] as const;
export type Panel = (typeof PANELS)[number];

export const BenchContext = createContext<Bench | null>(null);

export function useBench(): Bench {
  const bench = useContext(BenchContext);
  if (!bench) throw new Error('useBench outside of a project');
  return bench;
}
