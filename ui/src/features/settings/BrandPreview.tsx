/** A still of a video with the brand on it: logo, title and captions, in the fonts of the render. */
import { useTranslation } from 'react-i18next';
import { useCall } from '../../app/queries';
import { useScope } from '../../app/scope';
import { CaptionSample } from '../../components/CaptionSample';
import { cssFamily, useFonts } from '../../lib/fonts';
import css from './Brand.module.css';
import { branded, styleOf } from './captionStyle';
import type { Brand } from './brand';

const WIDTH = 252;
const HEIGHT = 448;

export function BrandPreview({ brand }: { brand: Brand }) {
  const { t } = useTranslation('settings');
  const { media } = useScope();
  const styles = useCall('style_list', {});
  const still = useCall('source_page', { filter: {}, sort: 'newest', limit: 1, offset: 0 }).data?.sources[0]
    ?.thumb;
  const plain = styleOf(styles.data, brand.caption_style);
  const style = plain && branded(plain, brand);
  useFonts(media, style ? [style.font] : []);
  const { logo, hook_title: title } = brand;
  const words = t('sample').split(' ');

  return (
    <figure className={css.preview}>
      <div className={css.frame} style={{ width: WIDTH, height: HEIGHT }}>
        {still && <img src={media.file(still)} alt="" className={css.still} />}
        <div className={css.shade} />
        {logo && (
          <img
            src={media.file(logo.file.path)}
            alt={t('logo')}
            className={css.placed}
            data-corner={logo.corner}
            style={{ width: logo.width * WIDTH, opacity: logo.opacity }}
          />
        )}
        {style && title && (
          <p className={css.hook} dir="auto" style={{ fontFamily: cssFamily(style.font) }}>
            {title.text}
          </p>
        )}
        {style && (
          <div className={css.captions} style={{ top: `${style.height_in_safe_zone * 84 + 6}%` }}>
            <CaptionSample style={style} words={words.slice(0, style.max_words)} spoken={1} height={HEIGHT} />
          </div>
        )}
      </div>
      <figcaption className={css.under}>{t('previewHelp')}</figcaption>
    </figure>
  );
}
