/** Has a few words spoken to hear a voice; says when another one spoke. */
import { useTranslation } from 'react-i18next';
import { useScope } from '../../../app/scope';
import { useToasts } from '../../../app/toasts';
import type { Arguments } from '../../../backend/backend';
import { useInstead } from '../../../lib/voices';

/** Gives where the sound lies in the profile. */
export function useHear(): (what: Arguments<'voice_say'>) => Promise<string> {
  const { t } = useTranslation('voices');
  const scope = useScope();
  const toasts = useToasts();
  const instead = useInstead();
  return async (what) => {
    const { voiceover } = await scope.call('voice_say', what);
    const other = what.voice ? instead({ ...voiceover.narration, asked: what.voice }) : null;
    if (other) toasts.show({ tone: 'plain', text: t('heardOther', { voice: other }) });
    return voiceover.file.path;
  };
}
