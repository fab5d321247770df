import { Files, FolderPlus, Plus } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../components/Button';
import { Menu } from '../../../components/Menu';
import type { useImport } from '../imports/useImport';

/** The one button that brings footage in: files, or a folder with all that is in it. */
export function AddFootage({ imports }: { imports: ReturnType<typeof useImport> }) {
  const { t } = useTranslation('library');
  return (
    <Menu
      trigger={
        <Button tone="primary" icon={<Plus />} disabled={imports.under !== null}>
          {t('import.add')}
        </Button>
      }
      entries={[
        {
          id: 'files',
          label: t('import.files'),
          icon: <Files />,
          shortcut: 'Ctrl+O',
          run: () => void imports.chooseFiles().then(imports.take),
        },
        {
          id: 'folder',
          label: t('import.folder'),
          icon: <FolderPlus />,
          shortcut: 'Ctrl+Shift+O',
          run: () => void imports.chooseFolder().then(imports.take),
        },
      ]}
    />
  );
}
