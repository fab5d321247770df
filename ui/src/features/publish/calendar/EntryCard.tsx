/** One clip at one time in the calendar, with where it stands on each account. */
import {
  Ban,
  CalendarCheck,
  CircleCheck,
  CircleHelp,
  CircleX,
  Clock,
  CloudUpload,
  Inbox,
  type LucideIcon,
  PencilLine,
  Send,
} from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Publication } from '../../../backend/bindings/calls';
import { accountTitle, platformTitle } from '../../../lib/platforms';
import { minuteText, type Zone } from '../../../lib/zone';
import css from './Calendar.module.css';
import { useDragging } from './drag';
import { type Entry, type Standing, TONES, isOver, movable, standingOf, worstOf } from './entries';

const SIGNS: Record<Standing, LucideIcon> = {
  draft: PencilLine,
  waiting: Clock,
  uploading: CloudUpload,
  sending: Send,
  unknown: CircleHelp,
  scheduled: CalendarCheck,
  published: CircleCheck,
  inbox: Inbox,
  failed: CircleX,
  cancelled: Ban,
};

/** Where a post stands: a sign and a word. */
export function StandingMark({ standing, children }: { standing: Standing; children: string }) {
  const Sign = SIGNS[standing];
  return (
    <span className={css.standing} data-tone={TONES[standing]} data-standing={standing}>
      <Sign aria-hidden />
      {children}
    </span>
  );
}

/** Says where a post stands, in a word or two. */
export function useStanding() {
  const { t } = useTranslation('publish');
  return (post: Publication): string => {
    const says = t(`state.${standingOf(post)}`);
    return post.elsewhere ? t('elsewhereState', { state: says }) : says;
  };
}

export function EntryCard(props: {
  entry: Entry;
  zone: Zone;
  /** One line is enough: in a month. */
  short?: boolean;
  onOpen: () => void;
  onFocus: () => void;
}) {
  const { entry, zone } = props;
  const { t } = useTranslation('publish');
  const { begin, dragged } = useDragging();
  const standing = useStanding();
  const draft = entry.posts.every((post) => post.state === 'draft');
  const now = t(draft ? 'how.draft' : 'atOnce');
  const time = entry.now ? now : minuteText(zone.wall(entry.at).minute);
  const name = entry.name ?? t('clipGone');
  const says = entry.posts.map((post) => `${accountTitle(post.account, post.platform)}: ${standing(post)}`);
  // Where all accounts stand alike, it is said once.
  const alike = new Map<string, [Publication, ...Publication[]]>();
  for (const post of entry.posts) {
    const word = standing(post);
    const [first, ...others] = alike.get(word) ?? [];
    alike.set(word, first ? [first, ...others, post] : [post]);
  }
  const worst = worstOf(entry);
  const Sign = SIGNS[worst];
  return (
    <button
      type="button"
      className={css.entry}
      data-entry={entry.key}
      data-tone={TONES[worst]}
      data-over={isOver(entry) || undefined}
      data-dragged={(dragged?.kind === 'entry' && dragged.entry.key === entry.key) || undefined}
      data-short={props.short || undefined}
      aria-label={[time, name, ...says].join(', ')}
      title={props.short ? [time, name, ...says].join('\n') : undefined}
      onClick={props.onOpen}
      onFocus={props.onFocus}
      onPointerDown={(event) => {
        if (movable(entry).length > 0) begin(event, { kind: 'entry', entry });
      }}
    >
      <span className={css.when}>
        <span className={css.time}>{time}</span>
        {props.short && <Sign aria-hidden />}
      </span>
      <span className={css.name} dir="auto">
        {name}
      </span>
      {!props.short &&
        [...alike].map(([word, posts]) => (
          <span key={word} className={css.post}>
            <StandingMark standing={standingOf(posts[0])}>{word}</StandingMark>
            <span className={css.platform}>
              {posts.map((post) => platformTitle(post.platform)).join(', ')}
            </span>
          </span>
        ))}
    </button>
  );
}
