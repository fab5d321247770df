/** The last FFmpeg commands of a job, to be copied and tried by hand. */
import { Check, Copy, SquareTerminal } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Job } from '../../backend/bindings/calls';
import { useCall } from '../../app/queries';
import { Button } from '../../components/Button';
import { Dialog } from '../../components/Dialog';
import { Empty, FailureView, Loading, Skeleton } from '../../components/States';
import { exactly } from '../../lib/format';
import { useSaid } from '../../lib/said';
import css from './Queue.module.css';

export function CommandsDialog({ job, onClose }: { job: Job | null; onClose: () => void }) {
  const { t } = useTranslation('queue');
  const said = useSaid();
  return (
    <Dialog
      open={job !== null}
      onClose={onClose}
      title={t('commandsOf', { title: job ? said.title(job) : '' })}
      width={760}
    >
      {job && <Commands id={job.id} />}
    </Dialog>
  );
}

function Commands({ id }: { id: string }) {
  const { t, i18n } = useTranslation('queue');
  const commands = useCall('job_commands', { id });
  if (commands.error) {
    return <FailureView failure={commands.error} onRetry={() => void commands.refetch()} />;
  }
  if (!commands.data) {
    return (
      <Loading>
        <Skeleton height={72} />
      </Loading>
    );
  }
  if (commands.data.length === 0) {
    return <Empty icon={<SquareTerminal />} title={t('noCommands')} text={t('noCommandsText')} />;
  }
  return (
    <ol className={css.commands}>
      {commands.data.map(({ at, command, stderr_tail }, index) => (
        <li key={index}>
          <div className={css.commandHead}>
            <time>{exactly(at, i18n.language)}</time>
            <CopyText text={command} />
          </div>
          {/* Long lines scroll, so the keyboard must reach them. */}
          <pre className={css.command} tabIndex={0} data-selectable>
            {command}
          </pre>
          {stderr_tail && (
            <pre className={css.said} tabIndex={0} data-selectable aria-label={t('said')}>
              {stderr_tail}
            </pre>
          )}
        </li>
      ))}
    </ol>
  );
}

function CopyText({ text }: { text: string }) {
  const { t } = useTranslation(['queue', 'common']);
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
  };
  return (
    <Button tone="plain" icon={copied ? <Check /> : <Copy />} onClick={() => void copy()}>
      {copied ? t('common:copied') : t('copyCommand')}
    </Button>
  );
}
