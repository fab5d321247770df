/** Brings what the player says onto the stage: the two videos, the blurred ground, captions. No React in here. */
import type { Media } from '../lib/media';
import type { CaptionPainter } from './captions/painter';
import { type Cut, msOfFrame } from './cuts';
import { Deck, type Shown } from './deck';
import { coverOf, fitOf, frameOf } from './framing';
import { levelsOf } from './levels';
import type { Player } from './player';

export interface StageElements {
  stage: HTMLElement;
  videos: readonly [HTMLVideoElement, HTMLVideoElement];
  ground: HTMLCanvasElement;
}

/** What the stage cannot show by itself. */
export interface StageStatus {
  /** The cut whose file does not play. */
  failed: Cut | null;
  /** Nothing of the cut is there yet. */
  waiting: boolean;
}

/** The ground is painted at this share of the frame: it is blurred anyway. */
const GROUND = 1 / 10;

export class StagePainter {
  readonly #deck: Deck;
  readonly #levels;
  readonly #unsubscribe: () => void;
  #captions: CaptionPainter | null = null;
  #captionsPending = true;
  #marking = 0;
  readonly #positions = new Map<HTMLVideoElement, string>();
  #status: StageStatus = { failed: null, waiting: false };
  #ended = false;

  /**
   * @param said called when what `StageStatus` tells changed
   * @param broken called when captions could not be painted
   */
  constructor(
    private readonly player: Player,
    media: Media,
    private readonly on: StageElements,
    private readonly said: (status: StageStatus) => void,
    private readonly broken: (thrown: unknown) => void,
  ) {
    const { timeline, cuts } = player;
    this.#levels = levelsOf(timeline);
    const of = {
      url: (reel: Cut['reel']) => (reel.kind === 'source' ? media.source(reel.id) : media.file(reel.path)),
      poster: (cut: Cut) => {
        const segment = timeline.segments[cut.segment];
        return segment ? media.file(stillOf(segment.pick)) : null;
      },
    };
    this.#deck = new Deck(on.videos, cuts, timeline.fps, of, () => this.draw());
    this.#unsubscribe = player.subscribe(() => this.draw());
    this.draw();
  }

  /** From now on captions are painted by this one; `null` means that there are none, or none yet. */
  setCaptions(captions: CaptionPainter | null, pending = false): void {
    this.#captions = captions;
    this.#captionsPending = pending;
    this.draw();
  }

  retry(): void {
    this.#deck.retry();
  }

  draw(): void {
    if (this.#ended) return;
    const { player } = this;
    const { volume, rate } = player.state();
    const frame = player.frame();
    const ms = msOfFrame(player.timeline.fps, frame);
    const wanted = {
      ms: player.time(),
      frame,
      rate,
      loudness: (db: number) => this.#levels.footage(db) * volume,
    };
    const shown = this.#deck.show(wanted);
    const cut = player.cuts[shown.cut];
    this.#place(shown, cut);
    this.#say({ failed: shown.failed ? (cut ?? null) : null, waiting: !shown.settled && rate === 0 });
    const painted = this.#captions?.paint(ms).catch((thrown: unknown) => {
      // What is painted by nobody is not waited for.
      this.#captions = null;
      this.broken(thrown);
    });
    void this.#mark(ms, shown.settled, painted);
  }

  end(): void {
    this.#ended = true;
    this.#unsubscribe();
    this.#deck.end();
  }

  #place(shown: Shown, cut: Cut | undefined): void {
    const { stage, videos, ground } = this.on;
    const frame = frameOf(this.player.timeline);
    note(stage, 'part', cut?.part ?? 'none');
    note(stage, 'segment', String(cut?.segment ?? -1));
    videos.forEach((video, number) => {
      note(video, 'seen', String(number === shown.slot && !shown.failed));
      const held = this.player.cuts[shown.held[number as 0 | 1]];
      if (!held) return;
      const picture = { width: video.videoWidth || 16, height: video.videoHeight || 9 };
      const { fit, position } = fitOf(held.framing, picture, frame);
      if (video.style.objectFit !== fit) video.style.objectFit = fit;
      if (this.#positions.get(video) === position) return;
      this.#positions.set(video, position);
      video.style.objectPosition = position;
    });
    const seen = videos[shown.slot];
    const blurred = cut?.framing.how === 'blur_fit' && !shown.failed;
    note(ground, 'seen', String(blurred));
    if (!blurred || seen.readyState < 2 || !seen.videoWidth) return;
    const [width, height] = [Math.ceil(frame.width * GROUND), Math.ceil(frame.height * GROUND)];
    if (ground.width !== width) ground.width = width;
    if (ground.height !== height) ground.height = height;
    const from = coverOf({ width: seen.videoWidth, height: seen.videoHeight }, frame);
    ground.getContext('2d')?.drawImage(seen, from.x, from.y, from.width, from.height, 0, 0, width, height);
  }

  /** Writes down on the stage which time is painted on it, once it is: for whoever looks at its pixels. */
  async #mark(ms: number, settled: boolean, painted: Promise<void> | undefined): Promise<void> {
    const mine = ++this.#marking;
    const { dataset } = this.on.stage;
    if (!settled || this.#captionsPending) {
      delete dataset['paintedMs'];
      return;
    }
    await painted;
    // What is on the page is on the screen with the next picture.
    if (!this.player.playing()) await new Promise((next) => requestAnimationFrame(next));
    if (mine === this.#marking && !this.#ended) dataset['paintedMs'] = String(Math.floor(ms + 0.001));
  }

  #say(status: StageStatus): void {
    if (status.failed === this.#status.failed && status.waiting === this.#status.waiting) return;
    this.#status = status;
    this.said(status);
  }
}

/** Writes something down on an element, unless it stands there: each writing makes the page look at its styles again. */
function note(element: HTMLElement, name: string, value: string): void {
  if (element.dataset[name] !== value) element.dataset[name] = value;
}

/** Where the still of a shot lies in the profile, if its source was looked through. */
export function stillOf(pick: { source: string; shot: string }): string {
  return `cache/thumbs/${pick.source}/${pick.shot}.jpg`;
}
