/** The caption style of projects that name none, chosen by looking. */
import { useTranslation } from 'react-i18next';
import { useCall } from '../../app/queries';
import { useScope } from '../../app/scope';
import { useSay } from '../../app/toasts';
import { CaptionSample } from '../../components/CaptionSample';
import { Badge, FailureView, Loading, Skeleton } from '../../components/States';
import { useFonts } from '../../lib/fonts';
import css from './Brand.module.css';
import { branded, styleOf } from './captionStyle';
import { Section } from '../../components/Setting';
import { useBrand } from './brand';

/** Of a frame this high the samples are cut out. */
const FRAME = 560;

export function CaptionsSection() {
  const { t } = useTranslation('settings');
  const { media } = useScope();
  const { brand, failure, again, change } = useBrand();
  const styles = useCall('style_list', {});
  const say = useSay();
  const shown = brand && styles.data?.map((style) => branded(style, brand));
  useFonts(media, shown?.map((style) => style.font) ?? []);
  const words = t('sample').split(' ').slice(0, 3);

  const broken = failure ?? styles.error;
  if (broken) {
    const retry = () => void Promise.all([again(), styles.refetch()]);
    return <FailureView failure={broken} onRetry={retry} />;
  }
  const chosen = brand && styleOf(styles.data, brand.caption_style)?.id;
  return (
    <Section wide title={t('section.captions')} text={t('captionsText')}>
      {shown ? (
        <div role="radiogroup" aria-label={t('defaultStyle')} className={css.styles}>
          {shown.map((style) => (
            <label key={style.id} className={css.style}>
              <input
                type="radio"
                name="style"
                className="visually-hidden"
                aria-label={style.name}
                checked={style.id === chosen}
                onChange={() => say.failing(change(t('didStyle'), { caption_style: { set: style.id } }))}
              />
              <span className={css.stage} aria-hidden>
                <CaptionSample style={style} words={words} spoken={1} height={FRAME} />
              </span>
              <span className={css.styleName}>
                {style.name}
                {style.id === chosen && <Badge tone="action">{t('inUse')}</Badge>}
              </span>
            </label>
          ))}
        </div>
      ) : (
        <Loading>
          <div className={css.styles}>
            {[1, 2, 3, 4, 5, 6].map((key) => (
              <Skeleton key={key} height={148} radius={10} />
            ))}
          </div>
        </Loading>
      )}
    </Section>
  );
}
