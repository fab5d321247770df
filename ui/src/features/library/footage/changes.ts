/** What can be done to footage, each with its way back. */
import { useTranslation } from 'react-i18next';
import { useScope } from '../../../app/scope';
import { useToasts } from '../../../app/toasts';
import { asFailure } from '../../../backend/backend';
import { usePatch } from '../state/patch';
import { useUndoable } from '../../../app/undoable';
import type { Framing, SourceRow } from '../types';

export function useFootageChanges() {
  const { t } = useTranslation('library');
  const scope = useScope();
  const toasts = useToasts();
  const patch = usePatch();
  const undoable = useUndoable();

  const tag = async (ids: readonly string[], add: string[], remove: string[]) => {
    await Promise.all(ids.map((id) => scope.call('source_tag', { id, add, remove })));
    patch.sources(new Set(ids), (row) => ({
      ...row,
      tags: [...new Set([...row.tags.filter((each) => !remove.includes(each)), ...add])].sort(),
    }));
  };
  const each = async (rows: readonly SourceRow[], call: 'source_remove' | 'source_restore') => {
    await Promise.all(rows.map(({ id }) => scope.call(call, { id })));
  };

  return {
    /** Adds a tag to those that lack it. */
    addTag(rows: readonly SourceRow[], text: string): Promise<boolean> {
      const name = text.trim().toLowerCase();
      const ids = rows.filter((row) => !row.tags.includes(name)).map((row) => row.id);
      if (name === '' || ids.length === 0) return Promise.resolve(true);
      return undoable({
        label: t('tags.added', { tag: name, count: ids.length }),
        redo: () => tag(ids, [name], []),
        undo: () => tag(ids, [], [name]),
      });
    },

    removeTag(rows: readonly SourceRow[], name: string): Promise<boolean> {
      const ids = rows.filter((row) => row.tags.includes(name)).map((row) => row.id);
      return undoable({
        label: t('tags.removed', { tag: name, count: ids.length }),
        redo: () => tag(ids, [], [name]),
        undo: () => tag(ids, [name], []),
      });
    },

    /** @param framing `null` leaves it to the project */
    frame(
      source: { id: string; name: string; framing: Framing | null },
      framing: Framing | null,
    ): Promise<boolean> {
      const set = (value: Framing | null) => scope.call('source_framing', { id: source.id, framing: value });
      return undoable({
        label: t('framing.changed', { name: source.name }),
        redo: () => set(framing),
        undo: () => set(source.framing),
        quiet: true,
      });
    },

    remove(rows: readonly SourceRow[]): Promise<boolean> {
      return undoable({
        label: t('footage.removed', { count: rows.length, name: rows[0]?.name }),
        redo: () => each(rows, 'source_remove'),
        undo: () => each(rows, 'source_restore'),
      });
    },

    /** Asks where the file of a source is now. */
    async relink(row: Pick<SourceRow, 'id' | 'name'>): Promise<void> {
      const [path] = await scope.backend.chooseFiles(t('missing.choose', { name: row.name }));
      if (path === undefined) return;
      try {
        await scope.call('source_relink', { id: row.id, path });
        toasts.show({ tone: 'good', text: t('missing.found', { name: row.name }) });
      } catch (thrown) {
        const failure = asFailure(thrown);
        toasts.show({ tone: 'bad', text: failure.message, failure });
      }
    },
  };
}
