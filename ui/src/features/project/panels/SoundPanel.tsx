/** Music under everything, and the footage's own sound. */
import { FileMusic, Plus, X } from 'lucide-react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useScope } from '../../../app/scope';
import { useToasts } from '../../../app/toasts';
import { asFailure } from '../../../backend/backend';
import type { MusicTrack } from '../../../backend/bindings/calls';
import { Button, IconButton } from '../../../components/Button';
import { Slider, Switch } from '../../../components/Fields';
import { PlayButton } from '../../../components/PlayButton';
import { number } from '../../../lib/format';
import { originalName } from '../../../lib/media';
import { LevelSlider } from './LevelSlider';
import css from './Panels.module.css';
import { useLook } from './useLook';
import { SOUND_FILES } from './VoicePanel';

/** What a new piece of music begins with: well below the voice. */
const USUAL = { gain_db: -14, duck: true, fade_ms: 1500 } as const;
const SOURCE_DB = -12;

export function SoundPanel() {
  const { t } = useTranslation('project');
  const [look, changeLook] = useLook();
  const id = useId();
  return (
    <>
      <section className={css.group} aria-label={t('sound.music')}>
        <h3>{t('sound.music')}</h3>
        <Music />
      </section>
      <section className={css.group} aria-label={t('sound.source')}>
        <h3>{t('sound.source')}</h3>
        <div className={css.row}>
          <label htmlFor={id}>{t('sound.sourceOn')}</label>
          <Switch
            id={id}
            checked={look.source_sound_db !== null}
            onChange={(on) =>
              changeLook(t('sound.sourceChanged'), { source_sound_db: on ? SOURCE_DB : null })
            }
          />
        </div>
        {look.source_sound_db !== null && (
          <LevelSlider
            label={t('sound.level')}
            value={look.source_sound_db}
            min={-40}
            onDone={(value) => changeLook(t('sound.sourceChanged'), { source_sound_db: value })}
          />
        )}
      </section>
    </>
  );
}

function Music() {
  const { t, i18n } = useTranslation('project');
  const scope = useScope();
  const toasts = useToasts();
  const [look, changeLook] = useLook();
  const [busy, setBusy] = useState(false);
  const [fade, setFade] = useState<number | null>(null);
  const id = useId();
  const { music } = look;

  const choose = async () => {
    setBusy(true);
    try {
      const [path] = await scope.backend.chooseFiles(t('sound.choose'), [
        { name: t('sound.files'), extensions: SOUND_FILES },
      ]);
      if (path === undefined) return;
      const file = await scope.call('sound_add', { path, what_for: 'music' });
      changeLook(t('sound.musicChanged'), { music: { ...USUAL, ...music, file } });
    } catch (thrown) {
      const failure = asFailure(thrown);
      toasts.show({ tone: 'bad', text: failure.message, failure });
    } finally {
      setBusy(false);
    }
  };
  if (!music) {
    return (
      <>
        <p className={css.help}>{t('sound.none')}</p>
        <Button icon={<Plus />} busy={busy} onClick={() => void choose()}>
          {t('sound.add')}
        </Button>
      </>
    );
  }
  const change = (patch: Partial<MusicTrack>) =>
    changeLook(t('sound.musicChanged'), { music: { ...music, ...patch } });
  return (
    <>
      <div className={css.file}>
        <FileMusic size={16} aria-hidden />
        <span dir="auto" title={t('sound.file')}>
          {originalName(music.file.path) ?? t('sound.file')}
        </span>
        <PlayButton label={t('sound.hear')} load={() => Promise.resolve(music.file.path)} />
        <IconButton label={t('sound.remove')} onClick={() => changeLook(t('sound.removed'), { music: null })}>
          <X />
        </IconButton>
      </div>
      <Button busy={busy} onClick={() => void choose()}>
        {t('sound.another')}
      </Button>
      <LevelSlider
        label={t('sound.level')}
        value={music.gain_db}
        min={-40}
        onDone={(value) => change({ gain_db: value })}
      />
      <Slider
        label={t('sound.fade')}
        value={fade ?? music.fade_ms}
        min={0}
        max={5000}
        step={100}
        show={(value) => t('seconds', { value: number(value / 1000, i18n.language, 1) })}
        onChange={setFade}
        onDone={(value) => {
          setFade(null);
          if (value !== music.fade_ms) change({ fade_ms: value });
        }}
      />
      <div className={css.row}>
        <label htmlFor={id}>{t('sound.duck')}</label>
        <Switch id={id} checked={music.duck} onChange={(duck) => change({ duck })} />
      </div>
    </>
  );
}
