import { useTranslation } from 'react-i18next';
import { useCall } from '../../../app/queries';
import type { CaptionStyle } from '../../../backend/bindings/calls';
import { useScope } from '../../../app/scope';
import { CaptionSample } from '../../../components/CaptionSample';
import { FailureView, Loading, Skeleton } from '../../../components/States';
import { useFonts } from '../../../lib/fonts';
import { useBench } from '../model/bench';
import { Choices } from './Choices';
import css from './Captions.module.css';
import panel from './Panels.module.css';
import { useLook } from './useLook';

/** The caption styles, each drawn in its own font and colours. */
export function StyleGallery() {
  const { t } = useTranslation('captions');
  const { brand } = useBench();
  const [look, changeLook] = useLook();
  const scope = useScope();
  const styles = useCall('style_list', {});
  useFonts(
    scope.media,
    (styles.data ?? []).map((style) => brand?.font ?? style.font),
  );
  if (styles.error) return <FailureView failure={styles.error} onRetry={() => void styles.refetch()} />;
  if (!styles.data) {
    return (
      <Loading>
        <Skeleton height={84} />
        <Skeleton height={84} />
      </Loading>
    );
  }
  const chosen = look.caption_style ?? brand?.caption_style ?? styles.data[0]?.id ?? '';
  return (
    <section className={panel.group}>
      <h3>{t('style')}</h3>
      <Choices
        label={t('style')}
        value={chosen}
        options={styles.data.map((style) => style.id)}
        onChange={(caption_style) => changeLook(t('styleChanged'), { caption_style })}
        className={css.gallery}
        cardClass={css.style}
      >
        {(id) => {
          const style = styles.data.find((one) => one.id === id);
          return style ? <Sample style={branded(style, brand)} /> : id;
        }}
      </Choices>
    </section>
  );
}

/** The style with the brand's colours and font, as it is burned in. */
function branded(style: CaptionStyle, brand: ReturnType<typeof useBench>['brand']): CaptionStyle {
  if (!brand) return style;
  const { text, highlight, emphasis, outline } = brand.caption_colours;
  return {
    ...style,
    font: brand.font ?? style.font,
    colour: text ?? style.colour,
    highlight_colour: highlight ?? style.highlight_colour,
    emphasis_colour: emphasis ?? style.emphasis_colour,
    outline_colour: outline ?? style.outline_colour,
  };
}

/** Height of the frame a sample is drawn for, pixels. */
const FRAME = 400;

function Sample({ style }: { style: CaptionStyle }) {
  const { t } = useTranslation('captions');
  return (
    <>
      <span className={css.picture}>
        <CaptionSample style={style} words={t('sample').split(' ')} spoken={1} height={FRAME} />
      </span>
      <span className={css.name}>{style.name}</span>
    </>
  );
}
