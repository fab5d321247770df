/** Who speaks: one of the voices there are, or a recording of one's own. */
import { FileAudio, TriangleAlert, Upload, X } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '../../../app/queries';
import { useScope } from '../../../app/scope';
import { useToasts } from '../../../app/toasts';
import { asFailure } from '../../../backend/backend';
import type { VoiceId, VoiceInfo, VoiceTrack } from '../../../backend/bindings/calls';
import { Button, IconButton } from '../../../components/Button';
import { SearchInput } from '../../../components/Fields';
import { PlayButton } from '../../../components/PlayButton';
import { useSaid } from '../../../lib/said';
import { FailureView, Loading, Skeleton } from '../../../components/States';
import { useBench } from '../model/bench';
import { usePerform } from '../model/changes';
import { LevelSlider } from './LevelSlider';
import { originalName } from '../../../lib/media';
import { baseOf, languageName, providerTitle, REMOTE, speaks } from '../../../lib/voices';
import css from './Panels.module.css';
import { useLook } from './useLook';

export const SOUND_FILES = ['wav', 'mp3', 'm4a', 'aac', 'flac', 'ogg', 'opus'];
/** Voices over the network. Those that are turned off are no choice here: nothing could be installed to change that. */
const offered = ({ id, installed }: VoiceInfo) => installed || !REMOTE.includes(id.provider);
const same = (a: VoiceId | null, b: VoiceId) => a?.provider === b.provider && a.voice === b.voice;

export function VoicePanel() {
  const { t } = useTranslation('project');
  const said = useSaid();
  const { script, timeline } = useBench();
  const [look, changeLook] = useLook();
  const recording = script?.recording ?? null;
  /** Who did not speak, and why; a plan of an older version only says why. */
  const reasons = ({ steps = [], reasons: plain }: VoiceTrack) =>
    steps.length > 0
      ? steps.map((step) => `${providerTitle(step.voice.provider)}: ${said.note(step.says)}`)
      : plain.map(said.note);

  return (
    <>
      {timeline && timeline.voice.reasons.length > 0 && (
        <p className={css.warn}>
          <TriangleAlert aria-hidden />
          {t('voice.another', { reasons: reasons(timeline.voice).join('; ') })}
        </p>
      )}
      <Recording />
      <LevelSlider
        label={t('voice.level')}
        value={look.voice_gain_db}
        onDone={(value) => changeLook(t('voice.levelChanged'), { voice_gain_db: value })}
      />
      {!recording && <Voices />}
    </>
  );
}

function Recording() {
  const { t } = useTranslation('project');
  const scope = useScope();
  const toasts = useToasts();
  const { script, store } = useBench();
  const perform = usePerform();
  const [busy, setBusy] = useState(false);
  if (!script) return <p className={css.help}>{t('voice.noScript')}</p>;
  const { id, recording } = script;

  const choose = async () => {
    setBusy(true);
    try {
      const [path] = await scope.backend.chooseFiles(t('voice.recordingChoose'), [
        { name: t('sound.files'), extensions: SOUND_FILES },
      ]);
      if (path === undefined) return;
      const file = await scope.call('sound_add', { path, what_for: 'narration' });
      perform(
        t('voice.recordingChanged'),
        () => store.recording(id, file),
        () => store.recording(id, recording ?? null),
      );
    } catch (thrown) {
      const failure = asFailure(thrown);
      toasts.show({ tone: 'bad', text: failure.message, failure });
    } finally {
      setBusy(false);
    }
  };

  return (
    <section className={css.group} aria-label={t('voice.recording')}>
      {recording ? (
        <>
          <div className={css.file}>
            <FileAudio size={16} aria-hidden />
            <span dir="auto" title={t('voice.recording')}>
              {originalName(recording.path) ?? t('voice.recording')}
            </span>
            <PlayButton label={t('voice.recordingPlay')} load={() => Promise.resolve(recording.path)} />
            <IconButton
              label={t('voice.recordingRemove')}
              onClick={() =>
                perform(
                  t('voice.recordingRemoved'),
                  () => store.recording(id, null),
                  () => store.recording(id, recording),
                )
              }
            >
              <X />
            </IconButton>
          </div>
          <p className={css.help}>{t('voice.recordingHelp')}</p>
        </>
      ) : (
        <Button icon={<Upload />} busy={busy} onClick={() => void choose()}>
          {t('voice.recordingUse')}
        </Button>
      )}
    </section>
  );
}

function Voices() {
  const { t, i18n } = useTranslation('project');
  const { spoken } = useBench();
  const scope = useScope();
  const [look, changeLook] = useLook();
  const voices = useCall('voice_list', {});
  const [text, setText] = useState('');
  const [everything, setEverything] = useState(false);
  const language = spoken?.language ?? look.voice?.voice.slice(0, 2) ?? i18n.language;

  if (voices.error) return <FailureView failure={voices.error} onRetry={() => void voices.refetch()} />;
  if (!voices.data) {
    return (
      <Loading>
        {[1, 2, 3, 4].map((one) => (
          <Skeleton key={one} height={36} />
        ))}
      </Loading>
    );
  }
  const named = (code: string) => languageName(code, i18n.language);
  const wanted = text.trim().toLowerCase();
  const fits = (voice: VoiceInfo) => speaks(voice, language);
  const all = voices.data.filter(offered);
  const found = all.filter((voice) =>
    wanted === ''
      ? everything || fits(voice) || same(look.voice, voice.id)
      : `${voice.name} ${voice.language} ${named(voice.language)} ${voice.id.provider} ${providerTitle(voice.id.provider)}`
          .toLowerCase()
          .includes(wanted),
  );
  const groups = new Map<string, VoiceInfo[]>();
  for (const voice of [...found].sort((a, b) => Number(fits(b)) - Number(fits(a)))) {
    const name = named(voice.language);
    groups.set(name, [...(groups.get(name) ?? []), voice]);
  }
  const sentence = spoken?.sentences[0]?.text;
  const choose = (voice: VoiceId | null) => changeLook(t('voice.changed'), { voice });
  const say = (voice: VoiceInfo | null) => async () => {
    const fitting = voice === null || fits(voice);
    const said = await scope.call('voice_say', {
      text: fitting && sentence ? sentence : t('voice.sample'),
      language: fitting && sentence ? language : voice ? baseOf(voice.language) : null,
      voice: voice?.id ?? null,
    });
    return said.voiceover.file.path;
  };

  return (
    <section className={css.group} aria-label={t('voice.list')}>
      <div className={css.search}>
        <SearchInput label={t('voice.search')} value={text} onChange={setText} />
      </div>
      <div role="radiogroup" aria-label={t('voice.list')} className={css.voices}>
        {wanted === '' && (
          <Voice
            name={t('voice.auto')}
            note={t('voice.autoNote', { language: named(language) })}
            chosen={look.voice === null}
            onChoose={() => choose(null)}
            say={say(null)}
          />
        )}
        {[...groups].map(([name, list]) => (
          <div key={name}>
            <p className={css.language}>{name}</p>
            {list.map((voice) => (
              <Voice
                key={`${voice.id.provider}:${voice.id.voice}`}
                name={voice.name}
                note={
                  voice.installed
                    ? voice.paid
                      ? t('voice.paid', { provider: providerTitle(voice.id.provider) })
                      : providerTitle(voice.id.provider)
                    : t('voice.missing', { provider: providerTitle(voice.id.provider) })
                }
                chosen={same(look.voice, voice.id)}
                disabled={!voice.installed}
                onChoose={() => choose(voice.id)}
                say={say(voice)}
              />
            ))}
          </div>
        ))}
      </div>
      {found.length === 0 && <p className={css.help}>{wanted ? t('voice.notFound') : t('voice.none')}</p>}
      {wanted === '' && !everything && found.length < all.length && (
        <Button tone="plain" onClick={() => setEverything(true)}>
          {t('voice.all', { count: all.length })}
        </Button>
      )}
    </section>
  );
}

function Voice(props: {
  name: string;
  note: string;
  chosen: boolean;
  disabled?: boolean;
  onChoose: () => void;
  say: () => Promise<string>;
}) {
  const { t } = useTranslation('project');
  return (
    <div className={css.voice} data-chosen={props.chosen || undefined}>
      <label>
        <input
          type="radio"
          name="voice"
          checked={props.chosen}
          disabled={props.disabled}
          onChange={props.onChoose}
        />
        <span>
          <span>{props.name}</span>
          <small>{props.note}</small>
        </span>
      </label>
      {!props.disabled && <PlayButton label={t('voice.hear', { name: props.name })} load={props.say} />}
    </div>
  );
}
