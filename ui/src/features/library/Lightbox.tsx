/** The large preview: what is selected, as large as the window allows, with what is known of it beside. */
import { ChevronLeft, ChevronRight, X } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../app/commands/commands';
import { IconButton } from '../../components/Button';
import { Dialog } from '../../components/Dialog';
import css from './Lightbox.module.css';
import { Player, type PlayerHandle } from './media/Player';

export interface Shown {
  id: string;
  name: string;
  src: string;
  still: string | null;
  durationMs: number;
  width: number;
  height: number;
  missing?: boolean;
  /** The still may have another shape. */
  fill?: boolean;
}

export function Lightbox(props: {
  /** `null` closes it. */
  shown: Shown | null;
  onClose: () => void;
  /** Goes to the one before (-1) or after (1); without it there is only this one. */
  onStep?: (by: number) => void;
  /** Below the picture. */
  bar?: ReactNode;
  /** Beside the picture. */
  aside?: ReactNode;
}) {
  const { t } = useTranslation('library');
  const { shown, onStep } = props;
  return (
    <Dialog
      open={shown !== null}
      onClose={props.onClose}
      title={t('lightbox.title', { name: shown?.name })}
      bare
      arrowsPass={onStep !== undefined}
      size="full"
    >
      {shown && (
        <div className={css.box} data-aside={props.aside !== undefined || undefined}>
          <Stage key={shown.id} shown={shown} />
          <div className={css.bar}>
            {onStep && (
              <IconButton label={t('lightbox.before')} onClick={() => onStep(-1)}>
                <ChevronLeft />
              </IconButton>
            )}
            <span className={css.name} dir="auto">
              {shown.name}
            </span>
            {props.bar}
            {onStep && (
              <IconButton label={t('lightbox.after')} onClick={() => onStep(1)}>
                <ChevronRight />
              </IconButton>
            )}
            <IconButton label={t('lightbox.close')} shortcut="Esc" onClick={props.onClose}>
              <X />
            </IconButton>
          </div>
          {props.aside && <div className={css.aside}>{props.aside}</div>}
        </div>
      )}
    </Dialog>
  );
}

/** Mounted anew for each one shown, so that nothing of the one before is heard or seen. */
function Stage({ shown }: { shown: Shown }) {
  const { t } = useTranslation('library');
  const player = useRef<PlayerHandle>(null);
  const stage = useRef<HTMLDivElement>(null);
  useCommand({
    id: 'library.play',
    group: t('group'),
    title: t('lightbox.play'),
    key: 'Space',
    run: () => player.current?.toggle(),
  });
  // Keys belong to what is shown, not to the first button beside it.
  useEffect(() => stage.current?.focus({ preventScroll: true }), []);
  return (
    <div ref={stage} tabIndex={-1} className={css.stage}>
      <Player
        ref={player}
        src={shown.src}
        still={shown.still}
        durationMs={shown.durationMs}
        shape={shown}
        label={t('player.of', { name: shown.name })}
        missing={shown.missing}
        fill={shown.fill}
        autoPlay
      />
    </div>
  );
}
