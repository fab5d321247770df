/** What a video was made of and how, in words. */
import { Check, Copy, Info } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from '@tanstack/react-router';
import { useCall } from '../../../app/queries';
import { Badge } from '../../../components/States';
import { ago, duration, exactly, number, size } from '../../../lib/format';
import { money } from '../../../lib/money';
import { useSaid } from '../../../lib/said';
import { providerTitle, useInstead, useVoiceTitle } from '../../../lib/voices';
import css from '../inspector/Inspector.module.css';
import { Facts, Section } from '../inspector/Inspector';
import { useNow } from '../inspector/useNow';
import type { ClipDetail } from '../types';
import { ReceiptShots } from './ReceiptShots';

const HASH_SHOWN = 16;

export function Receipt({ detail }: { detail: ClipDetail }) {
  const { t, i18n } = useTranslation('library');
  const said = useSaid();
  const now = useNow();
  const language = i18n.language;
  const { clip, receipt } = detail;
  const { voice, loudness, encoder, cost } = receipt;
  const title = useVoiceTitle(voice.asked, voice.used);
  const platforms = useCall('platform_list', {});
  const platform = platforms.data?.find((one) => one.name === receipt.platform)?.title ?? receipt.platform;
  const asked = title(voice.asked);
  const used = title(voice.used);
  const steps = receipt.timeline.voice.steps ?? [];
  const insteadOf = useInstead();
  const instead = steps.length > 0 ? insteadOf({ ...voice, steps }) : null;
  const reasons =
    steps.length > 0
      ? steps.map((step) => `${providerTitle(step.voice.provider)}: ${said.note(step.says)}`)
      : voice.reasons.map(said.note);
  const level = (value: number) => number(value, language, 1);

  return (
    <>
      {receipt.notes.length > 0 && (
        <Section title={t('receipt.notes')}>
          <ul className={css.notes}>
            {receipt.notes.map((note) => (
              <li key={note}>
                <Info aria-hidden />
                <span data-selectable>{said.note(note)}</span>
              </li>
            ))}
          </ul>
        </Section>
      )}
      <Section title={t('receipt.shots')} note={t('receipt.shotCount', { count: receipt.shots.length })}>
        <ReceiptShots receipt={receipt} />
      </Section>
      <Section title={t('receipt.voice')}>
        {instead && (
          <p>
            <Badge tone="warn">{instead}</Badge>
          </p>
        )}
        <p data-selectable>{asked === used ? used : t('receipt.voiceInstead', { asked, used })}</p>
        {reasons.map((reason) => (
          <p key={reason} className={css.hint} data-selectable>
            {reason}
          </p>
        ))}
      </Section>
      <Section title={t('receipt.title')}>
        <Facts
          facts={[
            {
              name: t('receipt.project'),
              value: (
                <Link to="/projects/$id" params={{ id: receipt.project.id }}>
                  {receipt.project.name}
                </Link>
              ),
            },
            {
              name: t('receipt.script'),
              value: t('receipt.version', { script: receipt.script.name, number: receipt.number + 1 }),
            },
            { name: t('receipt.platform'), value: platform },
            { name: t('facts.length'), value: duration(receipt.duration_ms) },
            { name: t('facts.picture'), value: t('facts.pixels', receipt.timeline) },
            { name: t('facts.size'), value: size(receipt.bytes, language) },
            {
              name: t('receipt.made'),
              value: ago(clip.created_at, now, language),
              title: exactly(clip.created_at, language),
            },
            {
              name: t('receipt.loudness'),
              value: t('receipt.lufs', {
                is: level(loudness.measured.lufs),
                goal: level(loudness.target.lufs),
              }),
            },
            {
              name: t('receipt.peak'),
              value: t('receipt.dbtp', {
                is: level(loudness.measured.peak_dbtp),
                most: level(loudness.target.peak_dbtp),
              }),
            },
            {
              name: t('receipt.encoder'),
              value: t('receipt.encoded', {
                encoder: ENCODERS[encoder.encoder] ?? encoder.encoder,
                kbps: encoder.audio_kbps,
              }),
              title: encoder.settings.join(' '),
            },
            cost.micro_usd > 0 || cost.characters > 0
              ? {
                  name: t('receipt.cost'),
                  value: t('receipt.paid', {
                    money: money(cost.micro_usd, language),
                    count: cost.characters,
                  }),
                }
              : { name: t('receipt.cost'), value: t('receipt.free') },
            {
              name: t('receipt.programs'),
              value: `Edit Factory ${receipt.programs.edit_factory}, FFmpeg ${receipt.programs.ffmpeg}`,
            },
            { name: t('receipt.hash'), value: <Hash value={clip.hash} />, title: clip.hash },
          ]}
        />
      </Section>
    </>
  );
}

const ENCODERS: Record<string, string> = {
  x264: 'x264',
  nvenc: 'NVIDIA NVENC',
  qsv: 'Intel Quick Sync',
  vaapi: 'VA-API',
  videotoolbox: 'Apple VideoToolbox',
  amf: 'AMD AMF',
};

/** The beginning of a hash; a click copies all of it. */
function Hash({ value }: { value: string }) {
  const { t } = useTranslation('library');
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(value);
    setCopied(true);
  };
  return (
    <button type="button" className={css.copy} aria-label={t('receipt.copyHash')} onClick={() => void copy()}>
      {value.slice(0, HASH_SHOWN)}… {copied ? <Check aria-hidden /> : <Copy aria-hidden />}
    </button>
  );
}
