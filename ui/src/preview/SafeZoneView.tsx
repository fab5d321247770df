import { useTranslation } from 'react-i18next';
import type { Platform } from '../backend/bindings/calls';
import css from './SafeZoneView.module.css';

/** What a platform covers with its own buttons and text, over the picture. */
export function SafeZoneView({ platform }: { platform: Platform }) {
  const { t } = useTranslation('preview');
  const percent = (share: number) => `${share * 100}%`;
  const { left, right, top, bottom } = platform.safe;
  return (
    <div
      className={css.zone}
      data-testid="safe-zone"
      role="img"
      aria-label={t('safeZoneOf', { platform: platform.title })}
    >
      <span className={css.covered} style={{ left: 0, right: 0, top: 0, height: percent(top) }} />
      <span className={css.covered} style={{ left: 0, right: 0, bottom: 0, height: percent(bottom) }} />
      <span
        className={css.covered}
        style={{ left: 0, width: percent(left), top: percent(top), bottom: percent(bottom) }}
      />
      <span
        className={css.covered}
        style={{ right: 0, width: percent(right), top: percent(top), bottom: percent(bottom) }}
      />
      <span
        className={css.free}
        style={{ inset: `${percent(top)} ${percent(right)} ${percent(bottom)} ${percent(left)}` }}
      />
      <span className={css.name} style={{ height: percent(bottom) }}>
        {t('covered', { platform: platform.title })}
      </span>
    </div>
  );
}
