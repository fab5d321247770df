/** The brand kit: what every video of this profile carries, and how that looks. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSay } from '../../app/toasts';
import { FailureView, Loading, Skeleton } from '../../components/States';
import { BrandCaptions } from './BrandCaptions';
import css from './Brand.module.css';
import { BrandPreview } from './BrandPreview';
import { BrandVideos } from './BrandVideos';
import { HookTitleSettings } from './HookTitleSettings';
import { LogoSettings } from './LogoSettings';
import { Section } from '../../components/Setting';
import { type Brand, type BrandPatch, useBrand } from './brand';

/** What a part of the kit is given. */
export interface BrandPartProps {
  /** As it is stored, or as it is being tried. */
  brand: Brand;
  /** Changes the kit and says when that fails. */
  change: (label: string, patch: BrandPatch) => void;
  /** Shows a value while it is being chosen; it is stored with `change`. */
  trying: (brand: Brand) => void;
}

export function BrandSection() {
  const { t } = useTranslation('settings');
  const { brand, failure, again, change } = useBrand();
  const [tried, setTried] = useState<Brand | null>(null);
  const say = useSay();

  if (failure) return <FailureView failure={failure} onRetry={() => void again()} />;
  const shown = tried ?? brand;
  const store = (label: string, patch: BrandPatch) =>
    say.failing(change(label, patch).finally(() => setTried(null)));
  const parts: BrandPartProps | null = shown ? { brand: shown, change: store, trying: setTried } : null;
  return (
    <Section wide title={t('section.brand')} text={t('brandText')}>
      {brand && parts ? (
        <div className={css.columns}>
          <div className={css.parts}>
            <LogoSettings {...parts} />
            <BrandVideos {...parts} />
            <HookTitleSettings brand={brand} change={change} />
            <BrandCaptions {...parts} />
          </div>
          <BrandPreview brand={parts.brand} />
        </div>
      ) : (
        <Loading>
          <Skeleton height={200} radius={10} />
          <Skeleton height={140} radius={10} />
        </Loading>
      )}
    </Section>
  );
}
