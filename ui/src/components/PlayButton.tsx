import { CirclePlay, Square } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useScope } from '../app/scope';
import { useToasts } from '../app/toasts';
import { asFailure } from '../backend/backend';
import { useSaid } from '../lib/said';
import { IconButton } from './Button';

/** Plays a sound of the profile that is made or found when it is first asked for. */
export function PlayButton(props: {
  label: string;
  /** Where the sound lies in the profile. */
  load: () => Promise<string>;
  disabled?: boolean;
}) {
  const { t } = useTranslation();
  const said = useSaid();
  const scope = useScope();
  const toasts = useToasts();
  const audio = useRef<HTMLAudioElement | null>(null);
  const [state, setState] = useState<'still' | 'loading' | 'playing'>('still');

  useEffect(() => () => audio.current?.pause(), []);

  const play = async () => {
    setState('loading');
    try {
      const playing = new Audio(scope.media.file(await props.load()));
      audio.current?.pause();
      audio.current = playing;
      playing.onended = () => setState('still');
      await playing.play();
      setState('playing');
    } catch (thrown) {
      setState('still');
      const failure = asFailure(thrown);
      toasts.show({ tone: 'bad', text: t('notPlayed', { why: said.lead(failure) }), failure });
    }
  };
  const stop = () => {
    audio.current?.pause();
    setState('still');
  };
  return state === 'playing' ? (
    <IconButton label={t('stop')} onClick={stop}>
      <Square />
    </IconButton>
  ) : (
    <IconButton
      label={props.label}
      busy={state === 'loading'}
      disabled={props.disabled}
      onClick={() => void play()}
    >
      <CirclePlay />
    </IconButton>
  );
}
