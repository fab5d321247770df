import { useTranslation } from 'react-i18next';
import type { Account } from '../../../backend/bindings/calls';
import { platformTitle } from '../../../lib/platforms';
import { usable } from '../ready';
import css from './Sheet.module.css';

/** The accounts of this profile. None of another one can be chosen: they are not here. */
export function ChooseAccounts(props: {
  accounts: readonly Account[];
  chosen: readonly string[];
  onChange: (chosen: readonly string[]) => void;
}) {
  const { t } = useTranslation('publish');
  const own = props.accounts.filter((account) => account.ticked);
  const toggle = (id: string) =>
    props.onChange(
      props.chosen.includes(id) ? props.chosen.filter((other) => other !== id) : [...props.chosen, id],
    );
  return (
    <fieldset className={css.set}>
      <legend>{t('toAccounts')}</legend>
      {own.map((account) => (
        <label key={account.id} className={css.account} data-off={!usable(account) || undefined}>
          <input
            type="checkbox"
            checked={props.chosen.includes(account.id)}
            disabled={!usable(account)}
            onChange={() => toggle(account.id)}
          />
          <span className={css.who}>
            <span dir="auto">{account.handle === '' ? account.name : `@${account.handle}`}</span>
            <span className={css.muted}>
              {platformTitle(account.platform)}
              {account.gone
                ? ` · ${t('account.gone')}`
                : account.disabled
                  ? ` · ${t('account.disabled')}`
                  : ''}
            </span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
