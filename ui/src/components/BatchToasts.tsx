/** Says that videos which were asked for together are finished, wherever one is in the window. */
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useEffectEvent, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Job } from '../backend/bindings/calls';
import { useToasts } from '../app/toasts';
import { type FinishedBatch, finishedBatches, useJobs } from '../lib/jobs';

export function BatchToasts() {
  const { t } = useTranslation('queue');
  const navigate = useNavigate();
  const toasts = useToasts();
  const { jobs } = useJobs();
  const before = useRef<readonly Job[]>([]);

  const say = useEffectEvent((batch: FinishedBatch) => {
    const { made, failed, title } = batch;
    if (failed > 0) {
      const run = () => void navigate({ to: '/queue' });
      const text = t('batchFailed', { title, made, count: failed });
      return toasts.show({ tone: 'plain', text, action: { label: t('show'), run } });
    }
    const run = () => void navigate({ to: '/library', search: { tab: 'clips' } });
    return toasts.show({
      tone: 'good',
      text: t('batchDone', { title, count: made }),
      action: { label: t('show'), run },
    });
  });

  useEffect(() => {
    if (!jobs) return;
    for (const batch of finishedBatches(before.current, jobs)) say(batch);
    before.current = jobs;
  }, [jobs]);
  return null;
}
