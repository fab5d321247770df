/** The row below the picture: play, time, loop, volume, safe zone. */
import {
  ArrowRightFromLine,
  ArrowRightToLine,
  FastForward,
  Pause,
  Play,
  Rewind,
  SquareDashed,
  Volume1,
  Volume2,
  VolumeX,
  X,
} from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../components/Button';
import { Slider } from '../components/Fields';
import { Popover } from '../components/Popover';
import { duration } from '../lib/format';
import css from './Transport.module.css';
import { type Player, usePlayerValue } from './player';

const readRate = (player: Player) => player.state().rate;
const readLoop = (player: Player) => player.state().loop;
/** As often as what is shown changes. */
const readTenths = (player: Player) => Math.round(player.time() / 100);
const readVolume = (player: Player) => player.state().volume;

export function Transport(props: {
  player: Player;
  safeZone: boolean;
  onSafeZone: (shown: boolean) => void;
}) {
  const { player, safeZone, onSafeZone } = props;
  const { t } = useTranslation('preview');
  const rate = usePlayerValue(player, readRate);
  return (
    <div className={css.row} role="toolbar" aria-label={t('transport')}>
      <div className={css.group}>
        <LoopMarks player={player} />
      </div>
      <div className={css.middle}>
        <IconButton
          label={t('command.backwards')}
          shortcut="J"
          onClick={() => player.slower()}
          aria-pressed={rate < 0}
        >
          <Rewind />
        </IconButton>
        <IconButton
          label={rate === 0 ? t('play') : t('pause')}
          shortcut="Space"
          tone="quiet"
          className={css.play}
          onClick={() => player.toggle()}
        >
          {rate === 0 ? <Play /> : <Pause />}
        </IconButton>
        <IconButton
          label={t('command.forwards')}
          shortcut="L"
          onClick={() => player.faster()}
          aria-pressed={rate > 1}
        >
          <FastForward />
        </IconButton>
        <Time player={player} />
        {rate !== 0 && rate !== 1 && (
          <span className={css.rate} aria-live="polite">
            {rate < 0 ? '−' : ''}
            {Math.abs(rate)}×
          </span>
        )}
      </div>
      <div className={css.group} data-end>
        <Volume player={player} />
        <IconButton
          label={t('command.safeZone')}
          shortcut="Shift+S"
          aria-pressed={safeZone}
          onClick={() => onSafeZone(!safeZone)}
        >
          <SquareDashed />
        </IconButton>
      </div>
    </div>
  );
}

function Time({ player }: { player: Player }) {
  const { t } = useTranslation('preview');
  const tenths = usePlayerValue(player, readTenths);
  return (
    <span className={css.time} role="timer" aria-label={t('time')}>
      <b>{duration(tenths * 100)}</b> / {duration(player.length)}
    </span>
  );
}

function LoopMarks({ player }: { player: Player }) {
  const { t } = useTranslation('preview');
  const { inMs, outMs } = usePlayerValue(player, readLoop);
  const set = inMs !== null || outMs !== null;
  return (
    <>
      <IconButton
        label={inMs === null ? t('command.in') : t('inAt', { time: duration(inMs) })}
        shortcut="I"
        aria-pressed={inMs !== null}
        onClick={() => player.markIn()}
      >
        <ArrowRightFromLine />
      </IconButton>
      <IconButton
        label={outMs === null ? t('command.out') : t('outAt', { time: duration(outMs) })}
        shortcut="O"
        aria-pressed={outMs !== null}
        onClick={() => player.markOut()}
      >
        <ArrowRightToLine />
      </IconButton>
      {set && (
        <IconButton label={t('command.noLoop')} shortcut="Alt+X" onClick={() => player.clearLoop()}>
          <X />
        </IconButton>
      )}
    </>
  );
}

function Volume({ player }: { player: Player }) {
  const { t, i18n } = useTranslation('preview');
  const volume = usePlayerValue(player, readVolume);
  const percent = (share: number) =>
    new Intl.NumberFormat(i18n.language, { style: 'percent', maximumFractionDigits: 0 }).format(share);
  const Picture = volume === 0 ? VolumeX : volume < 0.5 ? Volume1 : Volume2;
  return (
    <Popover
      label={t('volume')}
      trigger={
        <IconButton label={t('volumeIs', { volume: percent(volume) })}>
          <Picture />
        </IconButton>
      }
    >
      <div className={css.volume}>
        <Slider
          label={t('volume')}
          value={volume}
          min={0}
          max={1}
          step={0.05}
          show={percent}
          onChange={(next) => player.setVolume(next)}
        />
      </div>
    </Popover>
  );
}
