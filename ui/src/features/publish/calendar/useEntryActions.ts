/** What can be done with what stands in the calendar, each with its way back where there is one. */
import { useTranslation } from 'react-i18next';
import { useScope } from '../../../app/scope';
import { useToasts } from '../../../app/toasts';
import { useUndoable } from '../../../app/undoable';
import { asFailure } from '../../../backend/backend';
import { dayText, minuteText, type Zone } from '../../../lib/zone';
import type { Asked } from '../sheet/asked';
import { type Entry, failed, movable } from './entries';

export interface EntryActions {
  /** False when it was not moved; why is told. */
  move: (entry: Entry, at: number) => Promise<boolean>;
  cancel: (entry: Entry) => Promise<void>;
  retry: (ids: readonly string[]) => Promise<void>;
  retryAll: () => Promise<void>;
  /** Asks Postiz what became of what is under way or not known. */
  check: () => Promise<void>;
}

export function useEntryActions(zone: Zone, onPublish: (asked: Asked) => void): EntryActions {
  const { t, i18n } = useTranslation('publish');
  const scope = useScope();
  const toasts = useToasts();
  const undoable = useUndoable();

  const told = async (work: () => Promise<void>) => {
    try {
      await work();
    } catch (thrown) {
      const failure = asFailure(thrown);
      toasts.show({ tone: 'bad', text: failure.message, failure });
    }
  };
  const nameOf = (entry: Entry) => entry.name ?? t('clipGone');

  const retry = (ids: readonly string[]) =>
    told(async () => {
      if (ids.length === 0) return;
      await scope.call('publication_retry', { ids: [...ids] });
      toasts.show({ tone: 'plain', text: t('retrying', { count: ids.length }) });
    });

  return {
    move: async (entry, at) => {
      const posts = movable(entry);
      if (at === entry.at && !entry.now) return true;
      if (posts.length === 0 || at <= Date.now()) {
        const text = posts.length === 0 ? t('notMovable', { name: nameOf(entry) }) : t('past');
        toasts.show({ tone: 'bad', text });
        return false;
      }
      const all = async (to: (at: number | null) => number) => {
        for (const { id, publish_at } of posts)
          await scope.call('publication_move', { id, at: to(publish_at) });
      };
      const { day, minute } = zone.wall(at);
      const when = `${dayText(day, i18n.language, { weekday: 'long', day: 'numeric', month: 'long' })}, ${minuteText(minute)}`;
      return undoable({
        label: t('moved', { name: nameOf(entry), when }),
        redo: () => all(() => at),
        undo: () => all((before) => before ?? entry.at),
      });
    },

    cancel: (entry) =>
      told(async () => {
        const posts = movable(entry);
        if (posts.length === 0) {
          toasts.show({ tone: 'bad', text: t('notMovable', { name: nameOf(entry) }) });
          return;
        }
        for (const { id } of posts) await scope.call('publication_cancel', { id });
        // What was taken back in Postiz can only be made anew, and that is asked for as any other.
        const again: Asked = {
          clips: [entry.clip],
          accounts: posts.map((post) => post.account.id),
          captions: posts.map((post) => ({ clip: post.clip, account: post.account.id, text: post.caption })),
          ...(entry.at > Date.now() && !entry.now && { at: entry.at }),
        };
        toasts.show({
          tone: 'plain',
          text: t('cancelled', { name: nameOf(entry) }),
          action: { label: t('publishAgain'), run: () => onPublish(again) },
        });
      }),

    retry,

    retryAll: () =>
      told(async () => {
        const posts = await scope.call('publication_list', { filter: { states: ['failed'] } });
        await retry(posts.filter((post) => !post.elsewhere).map((post) => post.id));
      }),

    check: () =>
      told(async () => {
        const { unknown } = await scope.call('publication_check', {});
        toasts.show({
          tone: unknown === 0 ? 'good' : 'plain',
          text: unknown === 0 ? t('allKnown') : t('stillUnknown', { count: unknown }),
        });
      }),
  };
}

/** Failed posts of an entry, by their ids. */
export const failedOf = (entry: Entry): string[] => failed(entry).map((post) => post.id);
