import { ImagePlus, Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useScope } from '../../app/scope';
import { Button, IconButton } from '../../components/Button';
import { Slider } from '../../components/Fields';
import css from './Brand.module.css';
import type { BrandPartProps } from './BrandSection';
import { Group, Setting } from '../../components/Setting';

const CORNERS = ['top_left', 'top_centre', 'top_right', 'bottom_left', 'bottom_right'] as const;
const PICTURES = ['png', 'webp', 'jpg', 'jpeg'];

/** The picture over every video: which, where, how large, how solid. */
export function LogoSettings({ brand, change, trying }: BrandPartProps) {
  const { t } = useTranslation('settings');
  const { backend, media } = useScope();
  const { logo } = brand;

  const choose = async () => {
    const [path] = await backend.chooseFiles(t('chooseLogo'), [
      { name: t('pictures'), extensions: PICTURES },
    ]);
    if (path) change(t('didLogo'), { logo: { set: path } });
  };
  const tryOut = (part: Partial<NonNullable<typeof logo>>) =>
    logo && trying({ ...brand, logo: { ...logo, ...part } });

  return (
    <Group title={t('logo')}>
      <Setting label={t('picture')} help={t('logoHelp')}>
        {logo && <img src={media.file(logo.file.path)} alt={t('logo')} className={css.logo} />}
        <Button icon={<ImagePlus />} onClick={() => void choose()}>
          {logo ? t('replace') : t('choosePicture')}
        </Button>
        {logo && (
          <IconButton
            tone="danger"
            label={t('removeLogo')}
            onClick={() => change(t('didNoLogo'), { logo: 'clear' })}
          >
            <Trash2 />
          </IconButton>
        )}
      </Setting>
      {logo && (
        <>
          <Setting label={t('corner')}>
            <div role="radiogroup" aria-label={t('corner')} className={css.corners}>
              {CORNERS.map((corner) => (
                <label
                  key={corner}
                  className={css.corner}
                  data-corner={corner}
                  title={t(`corners.${corner}`)}
                >
                  <input
                    type="radio"
                    name="corner"
                    className="visually-hidden"
                    aria-label={t(`corners.${corner}`)}
                    checked={logo.corner === corner}
                    onChange={() => change(t('didCorner'), { logo_corner: corner })}
                  />
                  <span aria-hidden />
                </label>
              ))}
            </div>
          </Setting>
          <Setting tall label={t('sizeOpacity')}>
            <div>
              <Slider
                label={t('width')}
                value={Math.round(logo.width * 100)}
                min={2}
                max={50}
                step={1}
                show={(value) => `${value}%`}
                onChange={(value) => tryOut({ width: value / 100 })}
                onDone={(value) => change(t('didLogoWidth'), { logo_width: value / 100 })}
              />
              <Slider
                label={t('opacity')}
                value={Math.round(logo.opacity * 100)}
                min={5}
                max={100}
                step={5}
                show={(value) => `${value}%`}
                onChange={(value) => tryOut({ opacity: value / 100 })}
                onDone={(value) => change(t('didLogoOpacity'), { logo_opacity: value / 100 })}
              />
            </div>
          </Setting>
        </>
      )}
    </Group>
  );
}
