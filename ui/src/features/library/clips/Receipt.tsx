/** What a video was made of and how, in words. */
import { Check, Copy, Info } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from '@tanstack/react-router';
import { ago, duration, exactly, number, size } from '../../../lib/format';
import { useSaid } from '../../../lib/said';
import css from '../inspector/Inspector.module.css';
import { Facts, Section } from '../inspector/Inspector';
import { useNow } from '../inspector/useNow';
import type { ClipDetail } from '../types';
import { ReceiptShots } from './ReceiptShots';

const HASH_SHOWN = 16;
const MICRO = 1_000_000;

export function Receipt({ detail }: { detail: ClipDetail }) {
  const { t, i18n } = useTranslation('library');
  const said = useSaid();
  const now = useNow();
  const language = i18n.language;
  const { clip, receipt } = detail;
  const { voice, loudness, encoder, cost } = receipt;
  const asked = voiceName(voice.asked);
  const used = voiceName(voice.used);
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
        <p data-selectable>{asked === used ? used : t('receipt.voiceInstead', { asked, used })}</p>
        {voice.reasons.map((reason) => (
          <p key={reason} className={css.hint} data-selectable>
            {said.note(reason)}
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
            { name: t('receipt.platform'), value: receipt.platform },
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
                    money: new Intl.NumberFormat(language, {
                      style: 'currency',
                      currency: 'USD',
                      minimumFractionDigits: 2,
                    }).format(cost.micro_usd / MICRO),
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

function voiceName(voice: { provider: string; voice: string }): string {
  return voice.voice === '' ? voice.provider : `${voice.provider}, ${voice.voice}`;
}

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
