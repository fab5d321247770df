/** All keys over the window, and the way to choose others. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../app/commands/commands';
import { Dialog } from '../../components/Dialog';
import { KeyTable } from '../../components/KeyTable';

export function KeyList() {
  const { t } = useTranslation('shell');
  const [open, setOpen] = useState(false);
  useCommand({
    id: 'shell.keys',
    group: t('window'),
    title: t('showKeys'),
    key: '?',
    words: 'shortcuts',
    run: () => setOpen(!open),
  });
  return (
    <Dialog width={620} open={open} onClose={() => setOpen(false)} title={t('keys')}>
      <KeyTable />
    </Dialog>
  );
}
