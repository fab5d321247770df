import { describe, expect, it } from 'vitest';
import { TIKTOK, aPublication } from '../../../testing/publish';
import { zoneOf } from '../../../lib/zone';
import { byDay, entriesOf, isOver, movable, standingOf, worstOf } from './entries';
import { freeSlots, goalAt } from './slots';

const utc = zoneOf('UTC');
const at = (text: string) => Date.parse(text);

describe('what stands in the calendar', () => {
  it('posts_of_one_clip_at_one_time_stand_together_in_the_order_they_go_out', () => {
    const later = at('2026-11-27T18:00:00Z');
    const entries = entriesOf([
      aPublication({ id: 'c', publish_at: later, state: 'failed' }),
      aPublication({ id: 'a' }),
      aPublication({ id: 'b', platform: 'instagram' }),
      aPublication({ id: 'd', clip: 'clip-2' }),
    ]);
    expect(entries.map((entry) => entry.posts.map((post) => post.id).join())).toEqual(['a,b', 'd', 'c']);
    expect(
      byDay(entries, zoneOf('Pacific/Kiritimati'))
        .get('2026-11-28')
        ?.map((entry) => entry.at),
    ).toEqual([later]);
  });

  it('what_was_asked_for_at_once_stands_at_the_moment_it_was_asked_for', () => {
    const [entry] = entriesOf([aPublication({ publish_at: null, created_at: 5 })]);
    expect([entry?.at, entry?.now]).toEqual([5, true]);
  });

  it('a_video_in_the_inbox_of_tiktok_is_not_called_published', () => {
    const settings = { ...TIKTOK, method: 'inbox' } as typeof TIKTOK;
    expect(standingOf(aPublication({ state: 'published', settings }))).toBe('inbox');
    expect(standingOf(aPublication({ state: 'scheduled', settings }))).toBe('scheduled');
    expect(standingOf(aPublication({ state: 'published' }))).toBe('published');
  });

  it('only_what_is_not_out_and_is_sent_from_here_can_be_moved', () => {
    const states = ['waiting', 'scheduled', 'draft', 'uploading', 'unknown', 'published', 'failed'] as const;
    const [entry] = entriesOf(states.map((state) => aPublication({ id: state, state })));
    expect(entry && movable(entry).map((post) => post.id)).toEqual(['waiting', 'scheduled', 'draft']);
    expect(entry && worstOf(entry)).toBe('failed');
    const [other] = entriesOf([aPublication({ elsewhere: true })]);
    expect(other && movable(other)).toEqual([]);
    const [back] = entriesOf([aPublication({ state: 'cancelled' })]);
    expect(back && isOver(back)).toBe(true);
  });
});

describe('slots', () => {
  const friday = '2026-11-27';
  const slots = [
    { weekday: 5, minute: 720 },
    { weekday: 5, minute: 540 },
    { weekday: 6, minute: 600 },
  ];
  const none = { entries: [], jitter: 10 };

  it('are_free_while_nothing_goes_out_near_them_and_their_time_has_not_passed', () => {
    expect(freeSlots(friday, slots, none, utc, 0)).toEqual([540, 720]);
    expect(freeSlots(friday, slots, none, utc, at('2026-11-27T09:00:00Z'))).toEqual([720]);
    const filled = (minute: string, state: 'scheduled' | 'cancelled') => ({
      entries: entriesOf([aPublication({ publish_at: at(`2026-11-27T${minute}:00Z`), state })]),
      jitter: 10,
    });
    expect(freeSlots(friday, slots, filled('09:10', 'scheduled'), utc, 0)).toEqual([720]);
    expect(freeSlots(friday, slots, filled('09:11', 'scheduled'), utc, 0)).toEqual([540, 720]);
    expect(freeSlots(friday, slots, filled('09:00', 'cancelled'), utc, 0)).toEqual([540, 720]);
  });

  it('what_is_let_go_on_a_day_takes_its_first_free_slot_and_never_a_time_that_has_passed', () => {
    const now = at('2026-11-27T10:20:00Z');
    const when = (day: string, minute: number | null) =>
      new Date(goalAt({ day, minute }, slots, none, utc, now)).toISOString().slice(0, 16);
    expect(when(friday, null)).toBe('2026-11-27T12:00');
    expect(when('2026-11-28', null)).toBe('2026-11-28T10:00');
    expect(when('2026-11-29', null)).toBe('2026-11-29T12:00');
    expect(when('2026-11-28', 615)).toBe('2026-11-28T10:15');
    expect(when(friday, 540)).toBe('2026-11-27T11:00');
  });
});
