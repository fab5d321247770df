/** For which platform the videos are, and how footage of another shape fills their frame. */
import { useTranslation } from 'react-i18next';
import { useCall } from '../../../app/queries';
import type { Framing } from '../../../backend/bindings/calls';
import { FailureView, Loading, Skeleton } from '../../../components/States';
import { Choices } from './Choices';
import css from './Panels.module.css';
import { useLook } from './useLook';

const HOW = ['platform', 'fill', 'blur_fit', 'fit'] as const;
const SHAPE = 40;

export function FramePanel() {
  const { t } = useTranslation('project');
  const [look, changeLook] = useLook();
  const platforms = useCall('platform_list', {});

  if (platforms.error)
    return <FailureView failure={platforms.error} onRetry={() => void platforms.refetch()} />;
  if (!platforms.data) {
    return (
      <Loading>
        <Skeleton height={90} />
        <Skeleton height={90} />
      </Loading>
    );
  }
  const framings: Record<(typeof HOW)[number], Framing | null> = {
    platform: null,
    fill: { how: 'fill', x: 0.5, y: 0.5 },
    blur_fit: { how: 'blur_fit' },
    fit: { how: 'fit' },
  };
  return (
    <>
      <section className={css.group}>
        <h3>{t('frame.platform')}</h3>
        <Choices
          label={t('frame.platform')}
          value={look.platform}
          options={platforms.data.map((one) => one.name)}
          onChange={(platform) => changeLook(t('frame.platformChanged'), { platform })}
          className={css.cards}
        >
          {(name) => {
            const platform = platforms.data.find((one) => one.name === name);
            if (!platform) return name;
            const ratio = platform.width / platform.height;
            // What stands in brackets explains the name; as quiet as the rest below it, cards stay of one height.
            const [, title = platform.title, where] = /^(.*?)\s*\((.*)\)$/.exec(platform.title) ?? [];
            return (
              <>
                <span className={css.shape} aria-hidden>
                  <i
                    style={
                      ratio > 1
                        ? { width: SHAPE * 1.4, height: (SHAPE * 1.4) / ratio }
                        : { width: SHAPE * ratio }
                    }
                  />
                </span>
                <strong>{title}</strong>
                {where && <small>{where}</small>}
                <small>
                  {platform.width} × {platform.height}
                </small>
                <small>{t('frame.longest', { minutes: Math.round(platform.max_seconds / 6) / 10 })}</small>
              </>
            );
          }}
        </Choices>
      </section>
      <section className={css.group}>
        <h3>{t('frame.framing')}</h3>
        <Choices
          label={t('frame.framing')}
          value={look.framing?.how ?? 'platform'}
          options={HOW}
          onChange={(how) => changeLook(t('frame.framingChanged'), { framing: framings[how] })}
          className={css.cards}
        >
          {(how) => (
            <>
              <strong>{t(`frame.how.${how}`)}</strong>
              <small>{t(`frame.howHelp.${how}`)}</small>
            </>
          )}
        </Choices>
      </section>
    </>
  );
}
