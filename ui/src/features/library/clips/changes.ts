/** What can be done to finished videos, each with its way back. */
import { useTranslation } from 'react-i18next';
import { useScope } from '../../../app/scope';
import { useToasts } from '../../../app/toasts';
import { useSaid } from '../../../lib/said';
import { asFailure, type Failure } from '../../../backend/backend';
import { usePatch } from '../state/patch';
import { useUndoable } from '../../../app/undoable';
import type { ClipRow, Triage } from '../types';

/** What has to be known of a clip to change it. */
export type Judged = Pick<ClipRow, 'id' | 'name' | 'triage'>;

const LABELS = { new: 'clips.unjudged', accepted: 'clips.accepted', rejected: 'clips.rejected' } as const;

export function useClipChanges() {
  const { t } = useTranslation('library');
  const said = useSaid();
  const scope = useScope();
  const toasts = useToasts();
  const patch = usePatch();
  const undoable = useUndoable();

  const fail = (failure: Failure, text = failure.message) => toasts.show({ tone: 'bad', text, failure });

  const judge = async (ids: string[], triage: Triage) => {
    // Shown before it is stored, so that the next key can follow at once; a failure is shown as it is.
    patch.clips(new Set(ids), (row) => ({ ...row, triage }));
    await scope.call('clip_triage', { ids, triage });
  };
  /** Gives each its own judgement back. */
  const judgeAsBefore = async (rows: readonly Judged[]) => {
    for (const triage of ['new', 'accepted', 'rejected'] as const) {
      const ids = rows.filter((row) => row.triage === triage).map((row) => row.id);
      if (ids.length > 0) await judge(ids, triage);
    }
  };
  const each = async (rows: readonly Judged[], call: 'clip_remove' | 'clip_restore') => {
    for (const { id } of rows) await scope.call(call, { id });
  };

  return {
    async triage(rows: readonly Judged[], triage: Triage): Promise<boolean> {
      const done = await undoable({
        label: t(LABELS[triage], { count: rows.length, name: rows[0]?.name }),
        redo: () =>
          judge(
            rows.map((row) => row.id),
            triage,
          ),
        undo: () => judgeAsBefore(rows),
        instead: true,
      });
      if (!done)
        patch.clips(new Set(rows.map((row) => row.id)), (row) => ({
          ...row,
          triage: rows.find((was) => was.id === row.id)?.triage ?? row.triage,
        }));
      return done;
    },

    /** Rejects them and has another video of each one's script made, without the shots of this one. */
    regenerate(rows: readonly Judged[]): Promise<boolean> {
      let batches: string[] = [];
      return undoable({
        label: t('clips.again', { count: rows.length, name: rows[0]?.name }),
        redo: async () => {
          batches = [];
          await judge(
            rows.map((row) => row.id),
            'rejected',
          );
          for (const { id } of rows) batches.push((await scope.call('clip_regenerate', { id })).batch);
        },
        undo: async () => {
          for (const batch of batches) {
            const jobs = await scope.call('job_batch', { batch });
            const open = jobs.filter((job) => !['done', 'failed', 'cancelled'].includes(job.state));
            await Promise.all(open.map((job) => scope.call('job_cancel', { id: job.id })));
          }
          await judgeAsBefore(rows);
        },
      });
    },

    remove(rows: readonly Judged[]): Promise<boolean> {
      return undoable({
        label: t('clips.removed', { count: rows.length, name: rows[0]?.name }),
        redo: () => each(rows, 'clip_remove'),
        undo: () => each(rows, 'clip_restore'),
      });
    },

    /** Copies them to a folder that is asked for. */
    async exportTo(rows: readonly Judged[]): Promise<void> {
      const folder = await scope.backend.chooseFolder(t('export.choose', { count: rows.length }));
      if (folder === null) return;
      const failures: Failure[] = [];
      const exported: { name: string; path: string | undefined }[] = [];
      // A long video takes a while to copy, and thirty of them take a minute.
      const under = toasts.show({
        tone: 'plain',
        text: t('export.under', { count: rows.length }),
        progress: 0,
      });
      for (const [index, { id, name }] of rows.entries()) {
        toasts.change(under, { progress: index / rows.length });
        try {
          const [path] = await scope.call('clip_export', { id, to: folder, name: null });
          exported.push({ name, path });
        } catch (thrown) {
          failures.push(asFailure(thrown));
        }
      }
      toasts.dismiss(under);
      const [failure] = failures;
      if (failure) {
        fail(
          failure,
          rows.length === 1
            ? failure.message
            : t('export.partly', { failed: failures.length, all: rows.length, why: said.lead(failure) }),
        );
      }
      const [first] = exported;
      if (!first) return;
      const only = exported.length === 1 ? first.path : undefined;
      toasts.show({
        tone: 'good',
        text: t('export.done', { count: exported.length, name: first.name, folder: lastPart(folder) }),
        action: {
          label: t('export.reveal'),
          run: () => void scope.backend.reveal(only ?? folder),
        },
      });
    },
  };
}

/** The name of a folder. */
function lastPart(folder: string): string {
  return folder.split(/[\\/]/).findLast((part) => part !== '') ?? folder;
}

export type ClipChanges = ReturnType<typeof useClipChanges>;
