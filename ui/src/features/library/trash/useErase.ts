/**
 * Erasing for good. It waits for as long as the message with "Undo" is there; until then nothing is gone, only out of
 * sight. Whoever leaves the profile meanwhile has decided.
 */
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useScope } from '../../../app/scope';
import { useToasts } from '../../../app/toasts';
import { asFailure } from '../../../backend/backend';
import { useShared } from '../state/shared';
import type { ClipRow } from '../types';

export function useErase() {
  const { t } = useTranslation('library');
  const { t: common } = useTranslation();
  const scope = useScope();
  const toasts = useToasts();
  const client = useQueryClient();
  const [waiting, change] = useShared<readonly string[]>('erasing', []);

  const erase = (rows: readonly Pick<ClipRow, 'id' | 'name'>[]) => {
    const ids = rows.map((row) => row.id);
    let decided = false;
    const release = () => change((before) => before.filter((id) => !ids.includes(id)));
    const now = async () => {
      if (decided) return;
      decided = true;
      stay();
      try {
        for (const id of ids) await scope.call('clip_erase', { id });
      } catch (thrown) {
        const failure = asFailure(thrown);
        toasts.show({ tone: 'bad', text: failure.message, failure });
      }
      // The list is read before the rows are let go, so that none of them comes back for a blink.
      await client.invalidateQueries({ queryKey: ['clip_trash'] });
      release();
    };
    const stay = scope.beforeLeave(now);
    change((before) => [...before, ...ids]);
    toasts.show(
      {
        tone: 'plain',
        text: t('trash.erased', { count: ids.length, name: rows[0]?.name }),
        action: {
          label: common('undo'),
          run: () => {
            decided = true;
            stay();
            release();
          },
        },
      },
      { onGone: () => void now() },
    );
  };
  return { erase, waiting: new Set(waiting) };
}
