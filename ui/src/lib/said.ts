/**
 * What the program behind the window says, in the window's language. Core writes English sentences, and they are stored
 * with timelines, receipts and jobs; this is the one place that knows them. A sentence nobody has words for is shown as
 * it is. Pure but for the hook.
 */
import type { TFunction } from 'i18next';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure, Job } from '../backend/bindings/calls';
import { exactly } from './format';
import { noteText } from './saidNotes';
import { reasonText } from './saidReasons';

export type Words = TFunction<'said'>;

/** What happened, in a few words, by the failure's code. */
export function failureLead({ code }: Pick<Failure, 'code'>, t: Words): string {
  // A code of a newer core than these words is told as any other failure.
  return t(`failure.${code}`, { defaultValue: t('failure.internal') });
}

/** All of a failure in one line, for where there is no room for two. Core's own sentence alone is enough in English. */
export function failureLine(failure: Failure, t: Words, language: string): string {
  return language.startsWith('en') ? failure.message : `${failureLead(failure, t)} (${failure.message})`;
}

type Step =
  | 'encoding'
  | 'mixing'
  | 'joining'
  | 'checking'
  | 'plan'
  | 'proxy'
  | 'looking'
  | 'speaking'
  | 'planning'
  | 'uploading'
  | 'making'
  | 'searching'
  | 'takingOut'
  | 'waiting';

/** Steps as the program names them, with what they name. */
const STEPS: readonly [RegExp, Step][] = [
  [/^encoding shot (?<number>\d+) of (?<all>\d+)$/, 'encoding'],
  [/^mixing the sound$/, 'mixing'],
  [/^joining$/, 'joining'],
  [/^checking the video$/, 'checking'],
  [/^reading the plan$/, 'plan'],
  [/^making a proxy of (?<name>.+)$/, 'proxy'],
  [/^looking at (?<name>.+)$/, 'looking'],
  [/^speaking "(?<name>.+)"$/, 'speaking'],
  [/^planning "(?<name>.+)"$/, 'planning'],
  [/^uploading "(?<name>.+)"$/, 'uploading'],
  [/^making the posts?$/, 'making'],
  [/^looking whether it is there$/, 'searching'],
  [/^taking the post out of its old place$/, 'takingOut'],
  [/^waiting for Postiz until (?<until>\S+)$/, 'waiting'],
];

/** What a job is doing. */
export function stepText(step: string, t: Words, language = 'en'): string {
  for (const [pattern, key] of STEPS) {
    const found = pattern.exec(step);
    if (!found) continue;
    const { number = '', all = '', name = '', until } = found.groups ?? {};
    const time = until ? exactly(Date.parse(until), language) : '';
    return t(`step.${key}`, { number, all, name, time });
  }
  return step;
}

/** What a person calls a job. Names of projects, scripts and files are theirs and stay. */
export function jobTitle({ title, kind }: Pick<Job, 'title' | 'kind'>, t: Words): string {
  if (kind.kind === 'publish') return t('job.publish');
  const video = kind.kind === 'render' ? /^(?<project>.+) – video (?<number>\d+)$/s.exec(title) : null;
  if (!video) return title;
  const { project = '', number = '' } = video.groups ?? {};
  return t('job.video', { project, number });
}

/** The same, in the language of the window. */
export function useSaid() {
  const { t, i18n } = useTranslation('said');
  const { language } = i18n;
  return useMemo(
    () => ({
      lead: (failure: Failure) => failureLead(failure, t),
      line: (failure: Failure) => failureLine(failure, t, language),
      step: (step: string) => stepText(step, t, language),
      title: (job: Pick<Job, 'title' | 'kind'>) => jobTitle(job, t),
      reason: (reason: string) => reasonText(reason, t),
      note: (note: string) => noteText(note, t, language),
    }),
    [t, language],
  );
}
