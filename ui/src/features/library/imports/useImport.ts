/**
 * Taking footage in. Files are handed over one after the other, so that one sees how far it is and can stop; it goes on
 * while another page is looked at.
 */
import { useTranslation } from 'react-i18next';
import { useScope } from '../../../app/scope';
import { useToasts } from '../../../app/toasts';
import { asFailure, type Reply } from '../../../backend/backend';
import { useShared } from '../state/shared';

export type ImportReport = Reply<'source_add'>;
export type Refused = ImportReport['refused'][number];

interface Import {
  /** Files and folders handed over, and all there are; `null` while nothing is taken in. */
  under: { done: number; all: number; name: string } | null;
  stopping: boolean;
  /** What was left out by the last imports, until it was read. */
  refused: readonly Refused[];
  /** The list of what was left out is open. */
  open: boolean;
}

const NOTHING: Import = { under: null, stopping: false, refused: [], open: false };
const VIDEO = ['mp4', 'mov', 'm4v', 'mkv', 'webm', 'avi', 'mts', 'm2ts', 'mpg', 'mpeg', '3gp', 'wmv', 'mxf'];

export function useImport() {
  const { t } = useTranslation('library');
  const scope = useScope();
  const toasts = useToasts();
  const [state, change] = useShared<Import>('import', NOTHING);

  const tell = (report: ImportReport) => {
    const parts = [
      report.added.length > 0 && t('import.added', { count: report.added.length }),
      report.already.length > 0 && t('import.already', { count: report.already.length }),
      report.refused.length > 0 && t('import.refused', { count: report.refused.length }),
    ].filter((part) => part !== false);
    const text = parts.length > 0 ? parts.join(' · ') : t('import.nothing');
    const why = { label: t('import.why'), run: () => change((before) => ({ ...before, open: true })) };
    if (report.refused.length > 0) toasts.show({ tone: 'plain', text, action: why });
    else toasts.show({ tone: report.added.length > 0 ? 'good' : 'plain', text });
  };

  const take = async (paths: readonly string[]) => {
    const report: ImportReport = { added: [], already: [], refused: [] };
    let stopped = false;
    for (const [done, path] of paths.entries()) {
      const under = { done, all: paths.length, name: path.split(/[/\\]/).at(-1) ?? path };
      change((before) => {
        stopped = before.stopping;
        return stopped ? before : { ...before, under };
      });
      if (stopped) break;
      try {
        const one = await scope.call('source_add', { paths: [path] });
        report.added.push(...one.added);
        report.already.push(...one.already);
        report.refused.push(...one.refused);
      } catch (thrown) {
        report.refused.push({ name: under.name, failure: asFailure(thrown) });
      }
    }
    change((before) => ({
      ...before,
      under: null,
      stopping: false,
      refused: report.refused.length > 0 ? report.refused : before.refused,
    }));
    tell(report);
  };

  return {
    ...state,
    /** Takes in what was dropped or chosen. */
    take: (paths: readonly string[]) => {
      // One import at a time; what is dropped meanwhile would be lost without a word.
      if (state.under) toasts.show({ tone: 'plain', text: t('import.busy') });
      else if (paths.length > 0) void take(paths);
    },
    chooseFiles: async () =>
      scope.backend.chooseFiles(t('import.chooseFiles'), [{ name: t('import.videos'), extensions: VIDEO }]),
    chooseFolder: async () => {
      const folder = await scope.backend.chooseFolder(t('import.chooseFolder'));
      return folder === null ? [] : [folder];
    },
    stop: () => change((before) => ({ ...before, stopping: true })),
    show: (open: boolean) => change((before) => ({ ...before, open })),
    forget: () => change((before) => ({ ...before, refused: [], open: false })),
  };
}
