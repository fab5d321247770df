import type { Look } from '../../../backend/bindings/calls';
import { useBench } from '../model/bench';
import { usePerform } from '../model/changes';

/** The look, and a way to change some of it that can be undone. */
export function useLook(): [Look, (label: string, patch: Partial<Look>) => void] {
  const { detail, store } = useBench();
  const perform = usePerform();
  const { look } = detail.project;
  return [
    look,
    (label, patch) => {
      const before = Object.fromEntries(Object.keys(patch).map((key) => [key, look[key as keyof Look]]));
      perform(
        label,
        () => store.look(patch),
        () => store.look(before as Partial<Look>),
      );
    },
  ];
}
