/** What a post is set to, in a line. */
import { useTranslation } from 'react-i18next';
import type { PostSettings } from '../../backend/bindings/calls';

export function useSettingsText(): (settings: PostSettings) => string {
  const { t } = useTranslation('publish');
  return (settings) => {
    switch (settings.platform) {
      case 'tiktok':
        return [
          t(`tiktok.method.${settings.method}`),
          t('tiktok.seenBy', { who: t(`tiktok.privacy.${settings.privacy}`) }),
          t(settings.comment ? 'tiktok.comments' : 'tiktok.noComments'),
          ...(settings.duet ? [t('tiktok.duet')] : []),
          ...(settings.stitch ? [t('tiktok.stitch')] : []),
          t(`tiktok.ai.${settings.made_with_ai}`),
          ...(settings.brand_content ? [t('tiktok.brandContent')] : []),
          ...(settings.brand_organic ? [t('tiktok.brandOrganic')] : []),
        ].join(' · ');
      case 'youtube':
        return [
          settings.title === '' ? t('youtube.titleOfClip') : settings.title,
          t(`youtube.visibility.${settings.visibility}`),
          t(settings.made_for_kids ? 'youtube.kids' : 'youtube.noKids'),
        ].join(' · ');
      case 'instagram':
        return [t(`instagram.kind.${settings.kind}`), ...(settings.trial ? [t('instagram.trial')] : [])].join(
          ' · ',
        );
      default:
        return t('noSettings');
    }
  };
}
