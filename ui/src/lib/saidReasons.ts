/** Why a shot was chosen, as the planner says it, in the window's language. Pure. */
import type { TFunction } from 'i18next';

/**
 * "strongest opening, tag: oven, unused, sharp": each part may be missing, and they always come in this order. A tag may
 * hold a comma; it ends where a part follows that is known.
 */
const REASON = new RegExp(
  [
    '^(?:(?<opening>strongest opening)(?:, |$))?',
    '(?:(?<match>tag of the script|tag|file name): (?<name>.+?)(?:, (?=shown again: |unused|shown in \\d)|$))?',
    '(?:(?<none>shown again: no unused shot left)|(?<short>shown again: no unused shot is long enough)|',
    '(?<unused>unused)|shown in (?<earlier>\\d+) earlier videos?)?',
    '(?:, (?<side>sharp|lively|rich in contrast))?$',
  ].join(''),
  's',
);
const KEPT = /^kept from before(?: \((?<why>.+)\))?$/s;
const MATCHES = { tag: 'tag', 'file name': 'fileName', 'tag of the script': 'scriptTag' } as const;
const SIDES = { sharp: 'sharp', lively: 'lively', 'rich in contrast': 'contrast' } as const;

export function reasonText(reason: string, t: TFunction<'said'>): string {
  if (reason === 'pinned') return t('reason.pinned');
  if (reason === 'shown elsewhere in this video') return t('reason.elsewhere');
  const kept = KEPT.exec(reason);
  if (kept) {
    const why = kept.groups?.['why'];
    return why === undefined ? t('reason.kept') : t('reason.keptFor', { why: reasonText(why, t) });
  }
  const found = REASON.exec(reason)?.groups;
  if (!found) return reason;
  const parts: string[] = [];
  if (found['opening']) parts.push(t('reason.opening'));
  const match = MATCHES[found['match'] as keyof typeof MATCHES] as
    (typeof MATCHES)[keyof typeof MATCHES] | undefined;
  if (match) parts.push(t(`reason.${match}`, { name: found['name'] ?? '' }));
  if (found['none']) parts.push(t('reason.againNone'));
  if (found['short']) parts.push(t('reason.againShort'));
  if (found['unused']) parts.push(t('reason.unused'));
  if (found['earlier']) parts.push(t('reason.earlier', { count: Number(found['earlier']) }));
  const side = SIDES[found['side'] as keyof typeof SIDES] as (typeof SIDES)[keyof typeof SIDES] | undefined;
  if (side) parts.push(t(`reason.${side}`));
  return parts.join(', ');
}
