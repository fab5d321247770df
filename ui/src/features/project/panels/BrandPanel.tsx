/** What the brand kit adds to every video of the profile. */
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useScope } from '../../../app/scope';
import { Loading, Skeleton } from '../../../components/States';
import { duration } from '../../../lib/format';
import { useBench } from '../model/bench';
import css from './Panels.module.css';

export function BrandPanel() {
  const { t } = useTranslation('project');
  const scope = useScope();
  const { brand } = useBench();
  if (!brand) {
    return (
      <Loading>
        <Skeleton height={36} />
        <Skeleton height={36} />
      </Loading>
    );
  }
  const colours = Object.values(brand.caption_colours).filter(
    (colour): colour is string => typeof colour === 'string',
  );
  const rows: ({ name: string; shown: ReactNode } | null)[] = [
    brand.logo && {
      name: t('brand.logo'),
      shown: <img src={scope.media.file(brand.logo.file.path)} alt={t('brand.logo')} />,
    },
    brand.intro && { name: t('brand.intro'), shown: duration(brand.intro.duration_ms) },
    brand.outro && { name: t('brand.outro'), shown: duration(brand.outro.duration_ms) },
    brand.hook_title && { name: t('brand.title'), shown: brand.hook_title.text },
    brand.font === null ? null : { name: t('brand.font'), shown: brand.font },
    colours.length === 0
      ? null
      : {
          name: t('brand.colours'),
          shown: colours.map((colour) => (
            <span key={colour} className={css.swatch} style={{ background: colour }} title={colour} />
          )),
        },
  ];
  const shown = rows.filter((row) => row !== null);

  return (
    <>
      <p className={css.help}>
        {shown.length === 0
          ? t('brand.none', { profile: scope.session.profile.name })
          : t('brand.help', { profile: scope.session.profile.name })}
      </p>
      {shown.length > 0 && (
        <dl className={css.brand}>
          {shown.map((row) => (
            <div key={row.name}>
              <dt>{row.name}</dt>
              <dd>{row.shown}</dd>
            </div>
          ))}
        </dl>
      )}
      <Link to="/settings" search={{ section: 'brand' }}>
        {t('brand.go')}
      </Link>
    </>
  );
}
