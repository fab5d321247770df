/** How a profile and its server stand, in words anyone can read. */
import type { TFunction } from 'i18next';
import type { Reply } from '../backend/backend';

type Status = Reply<'sync_show'>['status'];

export function syncText(status: Status, t: TFunction<'sync'>): string {
  const waiting = t('state.waiting', { count: status.waiting });
  switch (status.state) {
    case 'off':
      return t('state.off');
    case 'in_sync':
      return t('state.in_sync');
    case 'waiting':
      return status.waiting > 0 ? waiting : t('state.beginning');
    case 'set_aside':
      return t('state.set_aside', { count: status.set_aside.length });
    case 'offline':
      return status.waiting > 0 ? `${t('state.offline')}, ${waiting}` : t('state.offline');
    case 'sign_in':
      return t('state.sign_in');
    case 'other_version':
      return t('state.other_version');
    case 'failing':
      return t('state.failing');
  }
}

/** Whether somebody should do something about it. */
export function syncTone(status: Status): 'good' | 'plain' | 'warn' | 'bad' {
  switch (status.state) {
    case 'in_sync':
      return 'good';
    case 'set_aside':
    case 'sign_in':
      return 'warn';
    case 'other_version':
    case 'failing':
      return 'bad';
    default:
      return 'plain';
  }
}
