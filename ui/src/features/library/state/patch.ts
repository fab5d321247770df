/** Shows a change of rows at once, before the profile announces it. What is announced later is the truth. */
import { useQueryClient } from '@tanstack/react-query';
import type { Reply } from '../../../backend/backend';
import type { ClipRow, SourceRow } from '../types';

export function usePatch() {
  const client = useQueryClient();
  return {
    sources(ids: ReadonlySet<string>, change: (row: SourceRow) => SourceRow) {
      client.setQueriesData<Reply<'source_page'>>({ queryKey: ['source_page'] }, (page) =>
        page ? { ...page, sources: page.sources.map((row) => (ids.has(row.id) ? change(row) : row)) } : page,
      );
    },
    clips(ids: ReadonlySet<string>, change: (row: ClipRow) => ClipRow) {
      client.setQueriesData<Reply<'clip_page'>>({ queryKey: ['clip_page'] }, (page) =>
        page ? { ...page, clips: page.clips.map((row) => (ids.has(row.id) ? change(row) : row)) } : page,
      );
    },
  };
}
