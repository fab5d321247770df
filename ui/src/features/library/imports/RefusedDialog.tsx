/** The files that were left out, each with what is wrong and what to do. */
import { FileX2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../components/Button';
import { Dialog } from '../../../components/Dialog';
import { CopyDetails } from '../../../components/States';
import { useSaid } from '../../../lib/said';
import css from './Imports.module.css';
import type { useImport } from './useImport';

export function RefusedDialog({ imports }: { imports: ReturnType<typeof useImport> }) {
  const { t } = useTranslation('library');
  const said = useSaid();
  const { refused } = imports;
  return (
    <Dialog
      open={imports.open && refused.length > 0}
      onClose={() => imports.show(false)}
      title={t('import.refused', { count: refused.length })}
      width={560}
      footer={<Button onClick={imports.forget}>{t('import.understood')}</Button>}
    >
      <ul className={css.refused}>
        {refused.map(({ name, failure }, nth) => (
          <li key={nth}>
            <FileX2 aria-hidden />
            <div>
              <strong dir="auto" data-selectable>
                {name}
              </strong>
              <p data-selectable>{said.line(failure)}</p>
            </div>
            <CopyDetails failure={failure} />
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
