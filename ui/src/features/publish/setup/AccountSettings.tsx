/** What posts to one account are set to: as the profile says, or by its own. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '../../../app/queries';
import { useScope } from '../../../app/scope';
import { useUndoable } from '../../../app/undoable';
import type { Account, PostSettings } from '../../../backend/bindings/calls';
import { Button } from '../../../components/Button';
import { Dialog } from '../../../components/Dialog';
import { Segmented } from '../../../components/Segmented';
import { FailureView, Loading, Skeleton } from '../../../components/States';
import { accountTitle } from '../../../lib/platforms';
import css from '../Publish.module.css';
import { PostSettingsForm } from './PostSettingsForm';
import { useShown } from './useSettings';

const WHOSE = ['profile', 'own'] as const;

export function AccountSettings({ account, onClose }: { account: Account; onClose: () => void }) {
  const { t } = useTranslation(['publish', 'common']);
  const scope = useScope();
  const put = useShown();
  const undoable = useUndoable();
  const defaults = useCall('publish_defaults', { platform: account.platform });
  const [own, setOwn] = useState<PostSettings | null>(account.settings);
  const title = accountTitle(account, account.platform);

  const save = async () => {
    const to = async (settings: PostSettings | null) =>
      put(await scope.call('publish_account_settings', { id: account.id, settings }));
    const done = await undoable({
      label: t('account.changed', { account: title }),
      redo: () => to(own),
      undo: () => to(account.settings),
    });
    if (done) onClose();
  };
  return (
    <Dialog
      open
      width={560}
      onClose={onClose}
      title={t('account.settingsOf', { account: title })}
      footer={
        <>
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          <Button tone="primary" onClick={() => void save()}>
            {t('save')}
          </Button>
        </>
      }
    >
      {defaults.error ? (
        <FailureView compact failure={defaults.error} onRetry={() => void defaults.refetch()} />
      ) : !defaults.data ? (
        <Loading>
          <Skeleton height={180} />
        </Loading>
      ) : (
        <div className={css.formColumn}>
          <Segmented
            wide
            label={t('account.whose')}
            value={own === null ? 'profile' : 'own'}
            segments={WHOSE.map((value) => ({ value, label: t(`account.whose_${value}`) }))}
            onChange={(whose) => setOwn(whose === 'own' ? (own ?? defaults.data) : null)}
          />
          <PostSettingsForm
            value={own ?? defaults.data}
            disabled={own === null}
            onChange={(settings) => setOwn(settings)}
          />
        </div>
      )}
    </Dialog>
  );
}
