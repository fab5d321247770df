/** The profiles of this home, and the one this window shows. */
import type { ProfileInfo } from '../backend/backend';
import { useCall } from './queries';
import { useScope } from './scope';
import { inOrder, useDeletions } from './window';

/** All profiles in the order they keep, without those that are being deleted. */
export function useProfiles(): ProfileInfo[] {
  const { session } = useScope();
  const leaving = useDeletions();
  const { data } = useCall('profile_list', {});
  return inOrder(data ?? [session.profile], leaving);
}

/** The profile of this window as it is called and coloured now. */
export function useProfile(): ProfileInfo {
  const { session } = useScope();
  const { data } = useCall('profile_list', {});
  return data?.find((profile) => profile.id === session.profile.id) ?? session.profile;
}
