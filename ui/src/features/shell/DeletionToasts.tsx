/** Profiles on their way to the trash, with the way back. Shown by whatever session the window has by then. */
import { useTranslation } from 'react-i18next';
import { useDeletions, useWindow } from '../../app/window';
import { ToastCard } from '../../components/Toaster';

export function DeletionToasts() {
  const { t } = useTranslation(['shell', 'common']);
  const { deletions } = useWindow();
  return useDeletions().map(({ profile, failure }) => {
    const undo = () => deletions.undo(profile.id);
    return failure ? (
      <ToastCard key={profile.id} toast={{ tone: 'bad', text: failure.message, failure }} onClose={undo} />
    ) : (
      <ToastCard
        key={profile.id}
        toast={{
          tone: 'plain',
          text: t('deleted', { name: profile.name }),
          action: { label: t('common:undo'), run: undo },
        }}
        onClose={() => void deletions.now(profile.id)}
      />
    );
  });
}
