/** The one question that is asked before something leaves: how many videos, of which brand, to which accounts. */
import { useTranslation } from 'react-i18next';
import type { PublishPlan } from '../../../backend/bindings/calls';
import { accountTitle } from '../../../lib/platforms';
import type { How } from './order';

const VERBS = { now: 'publish', draft: 'draft', at: 'schedule', spread: 'schedule' } as const;

export function useQuestion(): (plan: PublishPlan, how: How) => string {
  const { t } = useTranslation('publish');
  return (plan, how) => {
    const count = new Set(plan.posts.map((post) => post.clip)).size;
    const to = new Map(
      plan.posts.map(({ account }) => [account.id, accountTitle(account, account.platform)]),
    );
    const accounts = [...to.values()].join(', ');
    return t(`question.${VERBS[how]}`, { count, brand: plan.brand, accounts });
  };
}
