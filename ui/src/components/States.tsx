import { Check, Copy, TriangleAlert } from 'lucide-react';
import { type CSSProperties, type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../backend/backend';
import { useSaid } from '../lib/said';
import { Button } from './Button';
import css from './States.module.css';

/** A grey shape where something is about to be; appears after a moment, so that what is quick does not flash. */
export function Skeleton(props: {
  width?: CSSProperties['width'];
  height?: CSSProperties['height'];
  radius?: number;
}) {
  return (
    <span
      aria-hidden
      className={css.skeleton}
      style={{ width: props.width ?? '100%', height: props.height ?? 16, borderRadius: props.radius ?? 6 }}
    />
  );
}

/** Skeletons for a list, announced once. */
export function Loading({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <div role="status" aria-label={t('loading')} className={css.loading} data-loading>
      {children}
    </div>
  );
}

/** Nothing is here yet: one sentence and what to do. */
export function Empty(props: { icon?: ReactNode; title: string; text?: string; children?: ReactNode }) {
  return (
    <div className={css.empty}>
      {props.icon && <div className={css.picture}>{props.icon}</div>}
      <h2>{props.title}</h2>
      {props.text && <p>{props.text}</p>}
      {props.children && <div className={css.actions}>{props.children}</div>}
    </div>
  );
}

/** What happened, why, what now, and the details for whoever helps. */
export function FailureView(props: {
  failure: Failure;
  onRetry?: () => void;
  compact?: boolean;
  children?: ReactNode;
}) {
  const { t } = useTranslation();
  const said = useSaid();
  return (
    <div role="alert" className={props.compact ? css.compact : css.failure}>
      <TriangleAlert aria-hidden />
      <div className={css.told} data-selectable>
        <p className={css.lead}>{said.lead(props.failure)}</p>
        <p>{props.failure.message}</p>
      </div>
      <div className={css.actions}>
        {props.children}
        {props.onRetry && <Button onClick={props.onRetry}>{t('retry')}</Button>}
        <CopyDetails failure={props.failure} />
      </div>
    </div>
  );
}

/** Copies code, message and details of a failure. */
export function CopyDetails({ failure }: { failure: Failure }) {
  const { t } = useTranslation();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = async () => {
    await navigator.clipboard.writeText(JSON.stringify(failure, null, 2));
    setCopied(true);
  };
  return (
    <Button tone="plain" icon={copied ? <Check /> : <Copy />} onClick={() => void copy()}>
      {copied ? t('copied') : t('copyDetails')}
    </Button>
  );
}

/** How much of something is done. Without `value` it is not known. */
export function Progress({
  value,
  label,
  tone,
}: {
  value: number | null;
  label: string;
  tone?: 'plain' | 'good' | 'bad';
}) {
  const percent = value === null ? null : Math.round(Math.min(1, Math.max(0, value)) * 100);
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent ?? undefined}
      className={css.progress}
      data-tone={tone ?? 'plain'}
    >
      <span
        style={{ transform: `scaleX(${(percent ?? 100) / 100})` }}
        data-unknown={percent === null || undefined}
      />
    </div>
  );
}

/** A word about something: "proxy", "used 3x". */
export function Badge(props: {
  tone?: 'plain' | 'good' | 'warn' | 'bad' | 'action';
  children: ReactNode;
  title?: string;
}) {
  return (
    <span className={css.badge} data-tone={props.tone ?? 'plain'} title={props.title}>
      {props.children}
    </span>
  );
}
