/** Several variants side by side, playing together. */
import { Pause, Play } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../../app/commands/commands';
import type { VariantRow } from '../../../backend/bindings/calls';
import { Button, IconButton } from '../../../components/Button';
import { Dialog } from '../../../components/Dialog';
import { duration } from '../../../lib/format';
import { type Player, usePlayer, usePlayerTime, usePlayerValue } from '../../../preview/player';
import { Stage } from '../../../preview/Stage';
import { useBench } from '../model/bench';
import css from './Variants.module.css';

/** More than these are too small to be compared. */
const MOST = 5;
const FIRST = 3;

export function CompareDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('project');
  const { variants, player } = useBench();
  const [picked, setPicked] = useState(() => variants.slice(0, FIRST).map((row) => row.id));
  const shown = variants.filter((row) => picked.includes(row.id));
  const players = useRef(new Map<string, Player>());
  const [lead, setLead] = useState<Player | null>(null);

  // What plays behind the dialog would be heard twice.
  useEffect(() => player?.pause(), [player]);

  const leader = shown[0]?.id ?? null;
  const [register] = useState(() => (id: string, made: Player | null) => {
    if (made) players.current.set(id, made);
    else players.current.delete(id);
  });

  return (
    <Dialog open onClose={onClose} title={t('compare.title')} width={1080}>
      <div className={css.compare}>
        <div className={css.picks} role="group" aria-label={t('compare.which')}>
          {variants.map((row) => {
            const on = picked.includes(row.id);
            return (
              <Button
                key={row.id}
                aria-pressed={on}
                disabled={on ? picked.length <= 2 : picked.length >= MOST}
                onClick={() => setPicked(on ? picked.filter((id) => id !== row.id) : [...picked, row.id])}
              >
                {t('variant.name', { number: row.number + 1 })}
              </Button>
            );
          })}
        </div>
        <div className={css.grid}>
          {shown.map((row) => (
            <Cell
              key={`${row.id}-${row.id === leader}`}
              row={row}
              lead={row.id === leader}
              onPlayer={register}
              onLead={setLead}
            />
          ))}
        </div>
        {lead && <Controls lead={lead} all={() => [...players.current.values()]} />}
      </div>
    </Dialog>
  );
}

function Cell(props: {
  row: VariantRow;
  /** The one that is heard. */
  lead: boolean;
  onPlayer: (id: string, player: Player | null) => void;
  onLead: (player: Player) => void;
}) {
  const { t } = useTranslation('project');
  const { row, lead, onPlayer, onLead } = props;
  const player = usePlayer(row.timeline, { silent: !lead });
  useEffect(() => {
    if (!player) return;
    onPlayer(row.id, player);
    return () => onPlayer(row.id, null);
  }, [player, row.id, onPlayer]);
  useEffect(() => {
    if (player && lead) onLead(player);
  }, [player, lead, onLead]);
  return (
    <figure className={css.cell}>
      {player && <Stage player={player} variant={row.id} safeZone={false} />}
      <figcaption>{t('variant.name', { number: row.number + 1 })}</figcaption>
    </figure>
  );
}

const readPlaying = (player: Player) => player.playing();

function Controls({ lead, all }: { lead: Player; all: () => Player[] }) {
  const { t } = useTranslation('project');
  const time = usePlayerTime(lead);
  const playing = usePlayerValue(lead, readPlaying);
  const seek = (ms: number) => all().forEach((player) => player.seek(ms));
  const toggle = () => {
    if (playing) return all().forEach((player) => player.pause());
    // Together from the same moment, whatever each did before.
    seek(time >= lead.length - 50 ? 0 : time);
    all().forEach((player) => player.play());
  };
  useCommand({
    id: 'compare.toggle',
    group: t('commands'),
    title: t('compare.play'),
    key: 'Space',
    run: toggle,
  });
  return (
    <div className={css.controls}>
      <IconButton label={playing ? t('compare.pause') : t('compare.play')} shortcut="Space" onClick={toggle}>
        {playing ? <Pause /> : <Play />}
      </IconButton>
      <input
        type="range"
        min={0}
        max={Math.round(lead.length)}
        step={100}
        value={Math.round(time)}
        aria-label={t('compare.time')}
        aria-valuetext={duration(time)}
        onChange={(event) => seek(Number(event.target.value))}
      />
      <output>
        {duration(time)} / {duration(lead.length)}
      </output>
    </div>
  );
}
