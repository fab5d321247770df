import { Film, Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useScope } from '../../app/scope';
import { Button, IconButton } from '../../components/Button';
import { duration } from '../../lib/format';
import css from './Brand.module.css';
import type { BrandPartProps } from './BrandSection';
import { Group, Setting } from '../../components/Setting';

const VIDEOS = ['mp4', 'mov', 'mkv', 'webm', 'm4v', 'avi'];

/** Short videos before and after every video. */
export function BrandVideos({ brand, change }: BrandPartProps) {
  const { t } = useTranslation('settings');
  const { backend, media } = useScope();

  const choose = async (which: 'intro' | 'outro') => {
    const [path] = await backend.chooseFiles(t(`choose.${which}`), [
      { name: t('videos'), extensions: VIDEOS },
    ]);
    if (path) change(t(`did.${which}`), { [which]: { set: path } });
  };

  return (
    <Group title={t('introOutro')}>
      {(['intro', 'outro'] as const).map((which) => {
        const video = brand[which];
        return (
          <Setting key={which} label={t(which)} help={t(`${which}Help`)}>
            {video && (
              <>
                <video
                  src={media.file(video.file.path)}
                  aria-label={t(which)}
                  className={css.video}
                  muted
                  preload="metadata"
                />
                <span className={css.length}>{duration(video.duration_ms)}</span>
              </>
            )}
            <Button
              icon={<Film />}
              aria-label={video ? t('replaceOf', { what: t(which) }) : t(`choose.${which}`)}
              onClick={() => void choose(which)}
            >
              {video ? t('replace') : t('chooseVideo')}
            </Button>
            {video && (
              <IconButton
                tone="danger"
                label={t(`remove.${which}`)}
                onClick={() => change(t(`didNo.${which}`), { [which]: 'clear' })}
              >
                <Trash2 />
              </IconButton>
            )}
          </Setting>
        );
      })}
    </Group>
  );
}
