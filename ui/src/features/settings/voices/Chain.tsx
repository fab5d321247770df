/** The order in which voices are asked: the first that can speak a script speaks all of it. */
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '../../../app/queries';
import { FailureView, Loading, Skeleton } from '../../../components/States';
import { providerTitle } from '../../../lib/voices';
import { Link } from './Link';
import css from './Voices.module.css';
import { moved, useChain } from './chain';
import { useReorder } from './useReorder';

export function Chain() {
  const { t } = useTranslation('voices');
  const { shown, change } = useChain();
  const voices = useCall('voice_list', {});
  const keys = useCall('credential_list', {});
  const list = useRef<HTMLOListElement>(null);
  const [said, setSaid] = useState('');
  const links = shown.data?.links ?? [];

  const move = (from: number, to: number) => {
    const link = links[from];
    if (!link || to < 0 || to >= links.length || to === from) return;
    change(t('chain.moved'), moved(links, from, to));
    setSaid(t('chain.nowAt', { name: providerTitle(link.provider), place: to + 1, count: links.length }));
  };
  const drag = useReorder(list, move);

  if (shown.error) return <FailureView failure={shown.error} onRetry={() => void shown.refetch()} />;
  return (
    <section aria-label={t('chain.title')}>
      <h3 className={css.title}>{t('chain.title')}</h3>
      <p className={css.help}>{t('chain.help')}</p>
      {shown.data ? (
        <ol ref={list} className={css.chain}>
          {links.map((link, index) => (
            <Link
              key={link.provider}
              link={link}
              place={index}
              count={links.length}
              voices={voices.data ?? null}
              keySet={keys.data?.find((key) => key.provider === link.provider)?.set ?? null}
              shift={shiftOf(index, drag.dragged)}
              dragged={drag.dragged?.from === index}
              onGrip={drag.begin(index)}
              onMove={(by) => move(index, index + by)}
              onChange={(label, next) =>
                change(
                  label,
                  links.map((one) => (one.provider === next.provider ? next : one)),
                )
              }
            />
          ))}
        </ol>
      ) : (
        <Loading>
          <Skeleton height={280} radius={10} />
        </Loading>
      )}
      {voices.error && <FailureView compact failure={voices.error} onRetry={() => void voices.refetch()} />}
      <p role="status" className="visually-hidden">
        {said}
      </p>
    </section>
  );
}

/** How far a row stands from its place while another one is dragged over it: pixels for the dragged one, rows for others. */
function shiftOf(
  index: number,
  dragged: { from: number; to: number; by: number } | null,
): string | undefined {
  if (!dragged) return undefined;
  const { from, to, by } = dragged;
  if (index === from) return `translateY(${by}px)`;
  if (from < index && index <= to) return 'translateY(-100%)';
  if (to <= index && index < from) return 'translateY(100%)';
  return undefined;
}
