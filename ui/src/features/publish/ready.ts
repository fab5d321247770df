/** To which accounts can be published now. Pure. */
import type { Account, PublishShown } from '../../backend/bindings/calls';

/** Those of this profile that Postiz can post to. */
export function usable(account: Account): boolean {
  return account.ticked && !account.disabled && !account.gone;
}

/** A workspace is connected, and there is an account to post to. */
export function canPublish(shown: PublishShown): boolean {
  return shown.key && shown.accounts.some(usable);
}
