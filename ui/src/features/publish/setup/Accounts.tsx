/** Which accounts are this brand's: those of a group of the workspace, or those that are ticked. */
import { RefreshCw, SlidersHorizontal, Users } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useScope } from '../../../app/scope';
import { useUndoable } from '../../../app/undoable';
import { type Failure, asFailure } from '../../../backend/backend';
import type { Account, Group as AccountGroup, PublishShown } from '../../../backend/bindings/calls';
import { Button } from '../../../components/Button';
import { Select, Switch } from '../../../components/Fields';
import { Group, Setting } from '../../../components/Setting';
import { Badge, Empty, FailureView } from '../../../components/States';
import { ago, exactly } from '../../../lib/format';
import { accountTitle, platformTitle } from '../../../lib/platforms';
import { useSaid } from '../../../lib/said';
import css from '../Publish.module.css';
import { useSettingsText } from '../settingsText';
import { AccountSettings } from './AccountSettings';
import { useShown } from './useSettings';

const NONE = 'none';

export function Accounts({ shown }: { shown: PublishShown }) {
  const { t, i18n } = useTranslation('publish');
  const scope = useScope();
  const put = useShown();
  const [groups, setGroups] = useState<readonly AccountGroup[] | null>(null);
  const [busy, setBusy] = useState<'groups' | 'accounts' | 'group' | null>(null);
  const [failed, setFailed] = useState<Failure | null>(null);
  const [now] = useState(Date.now);
  const { group } = shown.settings;

  const during = async (what: NonNullable<typeof busy>, work: () => Promise<void>) => {
    setBusy(what);
    setFailed(null);
    try {
      await work();
    } catch (thrown) {
      setFailed(asFailure(thrown));
    }
    setBusy(null);
  };
  const ask = () => during('groups', async () => setGroups(await scope.call('publish_groups', {})));
  const refresh = () => during('accounts', async () => put(await scope.call('publish_refresh', {})));
  const tie = (id: string) =>
    during('group', async () => put(await scope.call('publish_group', { group: id === NONE ? null : id })));
  const known = groups ?? (group ? [group] : []);

  return (
    <>
      <Group title={t('group.title')}>
        <Setting
          label={group ? t('group.is', { name: group.name }) : t('group.none')}
          help={t(group ? 'group.isHelp' : 'group.noneHelp')}
        >
          {groups === null ? (
            <Button icon={<Users />} busy={busy === 'groups'} onClick={() => void ask()}>
              {t(group ? 'group.other' : 'group.choose')}
            </Button>
          ) : (
            <Select
              label={t('group.title')}
              value={group?.id ?? NONE}
              disabled={busy !== null}
              options={[
                { value: NONE, label: t('group.noneOption') },
                ...known.map((one) => ({ value: one.id, label: one.name })),
              ]}
              onChange={(id) => void tie(id)}
            />
          )}
        </Setting>
        {groups?.length === 0 && <p className={css.note}>{t('group.empty')}</p>}
      </Group>
      {failed && <FailureView compact failure={failed} />}
      <Group title={t('accounts.title')}>
        <Setting
          label={
            shown.asked_at === null
              ? t('accounts.never')
              : t('accounts.asked', { when: ago(shown.asked_at, now, i18n.language) })
          }
          help={
            shown.asked_at === null ? (
              t('accounts.neverHelp')
            ) : (
              <span title={exactly(shown.asked_at, i18n.language)}>
                {t('accounts.left', { count: shown.requests_left })}
              </span>
            )
          }
        >
          <Button icon={<RefreshCw />} busy={busy === 'accounts'} onClick={() => void refresh()}>
            {t(shown.asked_at === null ? 'accounts.ask' : 'accounts.again')}
          </Button>
        </Setting>
        {shown.asked_at !== null && shown.accounts.length === 0 && (
          <Empty icon={<Users />} title={t('accounts.empty')} text={t('accounts.emptyText')} />
        )}
        {shown.accounts.map((account) => (
          <AccountRow key={account.id} account={account} tied={group !== null} />
        ))}
      </Group>
    </>
  );
}

function AccountRow({ account, tied }: { account: Account; tied: boolean }) {
  const { t } = useTranslation('publish');
  const scope = useScope();
  const said = useSaid();
  const put = useShown();
  const undoable = useUndoable();
  const settings = useSettingsText();
  const [refused, setRefused] = useState<Failure | null>(null);
  const [open, setOpen] = useState(false);
  const title = accountTitle(account, account.platform);

  const tick = async (ticked: boolean) => {
    setRefused(null);
    const to = async (on: boolean) =>
      put(await scope.call('publish_account', { id: account.id, ticked: on }));
    try {
      // Why it is refused belongs beside it: it may be another profile's.
      await to(ticked);
    } catch (thrown) {
      setRefused(asFailure(thrown));
      return;
    }
    const label = t(ticked ? 'account.ticked' : 'account.unticked', { account: title });
    await undoable({ label, redo: () => to(ticked), undo: () => to(!ticked), instead: true });
  };
  return (
    <>
      <Setting
        label={account.handle === '' ? account.name : `@${account.handle}`}
        help={
          <>
            {platformTitle(account.platform)}
            {account.handle !== '' && account.name !== account.handle && ` · ${account.name}`}
            {account.gone && (
              <>
                {' '}
                <Badge tone="warn">{t('account.gone')}</Badge>
              </>
            )}
            {account.disabled && !account.gone && (
              <>
                {' '}
                <Badge tone="warn">{t('account.disabled')}</Badge>
              </>
            )}
            {account.ticked && (
              <span className={css.setTo}>
                {account.settings ? settings(account.settings) : t('account.asProfile')}
              </span>
            )}
          </>
        }
        error={refused && said.line(refused)}
      >
        {account.ticked && (
          <Button
            tone="plain"
            icon={<SlidersHorizontal />}
            aria-label={t('account.settingsOf', { account: title })}
            onClick={() => setOpen(true)}
          >
            {t('account.settings')}
          </Button>
        )}
        {tied ? (
          account.ticked && <Badge tone="good">{t('account.inGroup')}</Badge>
        ) : (
          <Switch
            label={t('account.belongs', { account: title })}
            checked={account.ticked}
            disabled={account.gone && !account.ticked}
            onChange={(on) => void tick(on)}
          />
        )}
      </Setting>
      {open && <AccountSettings account={account} onClose={() => setOpen(false)} />}
    </>
  );
}
