/** One provider of the chain: its place, whether it may be asked, and what it is. */
import { Link as To } from '@tanstack/react-router';
import { ChevronRight, GripVertical } from 'lucide-react';
import { type KeyboardEvent, type PointerEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChainLink, VoiceInfo } from '../../../backend/bindings/calls';
import { Switch } from '../../../components/Fields';
import { Badge } from '../../../components/States';
import { providerTitle } from '../../../lib/voices';
import { LinkVoices } from './LinkVoices';
import css from './Voices.module.css';

export interface LinkProps {
  link: ChainLink;
  /** From 0. */
  place: number;
  count: number;
  /** All voices there are; `null` until they are known. */
  voices: readonly VoiceInfo[] | null;
  /** It takes a key, and has one or not; `null` where it takes none. */
  keySet: boolean | null;
  shift: string | undefined;
  dragged: boolean;
  onGrip: (event: PointerEvent<HTMLElement>) => void;
  onMove: (by: number) => void;
  onChange: (label: string, link: ChainLink) => void;
}

export function Link(props: LinkProps) {
  const { link, place, count, voices, keySet } = props;
  const { t } = useTranslation('voices');
  const [open, setOpen] = useState(false);
  const about = useId();
  const name = providerTitle(link.provider);
  const there = voices?.some((voice) => voice.id.provider === link.provider && voice.installed) ?? null;
  const paid = link.provider === 'elevenlabs';

  const keys = (event: KeyboardEvent) => {
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (by === undefined || event.altKey || event.ctrlKey) return;
    event.preventDefault();
    event.stopPropagation();
    props.onMove(by);
  };
  return (
    <li className={css.link} style={{ transform: props.shift }} data-dragged={props.dragged || undefined}>
      <div className={css.head}>
        <button
          type="button"
          className={css.grip}
          aria-label={t('chain.place', { name, place: place + 1, count })}
          title={t('chain.drag')}
          onPointerDown={props.onGrip}
          onKeyDown={keys}
        >
          <GripVertical aria-hidden />
          <span aria-hidden>{place + 1}</span>
        </button>
        <div className={css.about} id={about}>
          <p className={css.name}>
            <strong>{name}</strong>
            <Badge tone={paid ? 'warn' : 'good'}>{t(paid ? 'paid' : 'free')}</Badge>
            {link.on && there === false && keySet !== false && <Badge>{t('notThere')}</Badge>}
          </p>
          <p className={css.note}>{t(`note.${link.provider}`)}</p>
          {keySet === false && (
            <p className={css.note}>
              {t('noKey')}{' '}
              <To to="/settings" search={{ section: 'services' }}>
                {t('setKey')}
              </To>
            </p>
          )}
        </div>
        <button
          type="button"
          className={css.more}
          aria-expanded={open}
          aria-label={t('voicesOf', { name })}
          onClick={() => setOpen(!open)}
        >
          {t('voices')}
          <ChevronRight aria-hidden />
        </button>
        <Switch
          label={t('mayAsk', { name })}
          checked={link.on}
          onChange={(on) =>
            props.onChange(on ? t('chain.on', { name }) : t('chain.off', { name }), { ...link, on })
          }
        />
      </div>
      {open && (
        <LinkVoices
          link={link}
          voices={voices}
          onChange={(next) => props.onChange(t('chain.voice', { name }), next)}
        />
      )}
    </li>
  );
}
