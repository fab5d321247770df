/** A variant as it will look and sound, before anything is rendered. */
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useScope } from '../app/scope';
import { storedFor } from '../lib/stored';
import css from './Preview.module.css';
import { Stage } from './Stage';
import { Transport } from './Transport';
import { type Player, usePlayerValue } from './player';
import { usePreviewCommands } from './usePreviewCommands';

const SAFE_ZONE = 'preview.safeZone';
const readUnheard = (player: Player) => player.state().unheard;

export interface PreviewProps {
  player: Player;
  /** Whose captions are painted. */
  variant: string;
  /** Whether the safe zone shows until the person chooses; see `onSafeZone`. */
  safeZone?: boolean;
  /** Given, the owner keeps `safeZone`; else the preview remembers it for the profile. */
  onSafeZone?: (shown: boolean) => void;
  /** Drawn over the picture, inside the frame. */
  children?: ReactNode;
}

export function Preview({ player, variant, safeZone = false, onSafeZone, children }: PreviewProps) {
  const { t } = useTranslation('preview');
  const { session } = useScope();
  const [own, setOwn] = useState<boolean>(() => storedFor(session.profile.id).read(SAFE_ZONE, safeZone));
  const unheard = usePlayerValue(player, readUnheard);
  const shown = onSafeZone ? safeZone : own;
  const show = (next: boolean) => {
    if (onSafeZone) return onSafeZone(next);
    setOwn(next);
    storedFor(session.profile.id).write(SAFE_ZONE, next);
  };
  usePreviewCommands(player, () => show(!shown));
  return (
    <section className={css.preview} aria-label={t('preview')}>
      <Stage player={player} variant={variant} safeZone={shown}>
        {children}
      </Stage>
      {unheard && (
        <p role="alert" className={css.unheard}>
          {t(unheard === 'voice' ? 'voiceFails' : 'musicFails')}
        </p>
      )}
      <Transport player={player} safeZone={shown} onSafeZone={show} />
    </section>
  );
}
