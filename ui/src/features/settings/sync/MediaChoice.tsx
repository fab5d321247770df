/** Which files go to the server and come from there. */
import { useTranslation } from 'react-i18next';
import { useHistory } from '../../../app/history';
import { useScope } from '../../../app/scope';
import { useSay } from '../../../app/toasts';
import type { Arguments, Reply } from '../../../backend/backend';
import { Select } from '../../../components/Fields';
import { Group, Setting } from '../../../components/Setting';
import { useShown } from './useShown';

type Policy = Arguments<'sync_media'>['policy'];
const POLICIES: readonly Policy[] = ['keep_here', 'clips_only', 'fetch_on_demand'];

export function MediaChoice({ account }: { account: NonNullable<Reply<'sync_show'>['account']> }) {
  const { t } = useTranslation('sync');
  const scope = useScope();
  const say = useSay();
  const shown = useShown();
  const history = useHistory();
  const put = async (policy: Policy) => shown(await scope.call('sync_media', { policy }));
  const change = (policy: Policy) =>
    history.perform({ label: t('didMedia'), redo: () => put(policy), undo: () => put(account.media) });

  return (
    <Group title={t('files')}>
      <Setting label={t('media')} help={t(`mediaHelp.${account.media}`)}>
        <Select
          label={t('media')}
          value={account.media}
          options={POLICIES.map((value) => ({ value, label: t(`policy.${value}`) }))}
          onChange={(policy) => say.failing(change(policy))}
        />
      </Setting>
    </Group>
  );
}
