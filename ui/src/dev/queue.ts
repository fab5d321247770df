/** A queue with a job in every state. */
import type { Job, JobState } from '../backend/bindings/calls';
import type { Handlers } from '../backend/fake';
import { aJobOf } from '../testing/project';
import { named } from './names';

const MINUTE = 60_000;

export function devQueue(long: boolean): Handlers {
  const now = Date.now();
  const order = { variants: 5, seed: 7 } as Extract<Job['kind'], { kind: 'generate' }>['order'];
  const job = (number: number, kind: Job['kind'], title: string, over: Partial<Job>): Job =>
    aJobOf(kind, {
      id: `job-${number}`,
      batch: 'batch-1',
      position: number,
      title: named(title, number, long),
      created_at: now - number * MINUTE,
      ...over,
    });
  const render = (number: number) => ({ kind: 'render' as const, variant: `variant-${number}` });
  const running = { state: 'running' as const, started_at: now - 2 * MINUTE };
  const jobs: Job[] = [
    job(1, render(1), 'Bakery, video 1', {
      ...running,
      step: 'encoding shot 4 of 9',
      progress: 0.46,
      eta_ms: 74_000,
    }),
    job(2, render(2), 'Bakery, video 2', {
      ...running,
      step: 'mixing the sound',
      progress: 0.88,
      eta_ms: 9000,
    }),
    job(3, render(3), 'Bakery, video 3', {}),
    job(4, render(4), 'Bakery, video 4', {}),
    job(5, { kind: 'analyse', source: 'source-6' }, 'oven-door-slow.mov', {}),
    job(6, { kind: 'proxy', source: 'source-7' }, 'IMG_4471.MOV', {}),
    job(7, { kind: 'generate', project: 'project-1', order }, 'Small world', {
      state: 'paused',
      progress: 0.3,
    }),
    job(8, render(8), 'Harbour, video 2', {
      state: 'failed',
      progress: 0.61,
      attempts: 2,
      finished_at: now - 6 * MINUTE,
      failure: {
        code: 'disk_full',
        message:
          'There is no room left on the disk, so the video was not finished. Free some space, then retry.',
        details: { free_bytes: 12_288, path: 'clips/part' },
      },
    }),
    ...Array.from({ length: 9 }, (_, at) =>
      job(20 + at, render(20 + at), `Harbour, video ${at + 3}`, {
        state: 'done',
        progress: 1,
        started_at: now - (20 + at) * MINUTE,
        finished_at: now - (19 + at) * MINUTE,
        result: { clip: `clip-${at + 1}` },
      }),
    ),
  ];
  const inState = (state: JobState) => jobs.filter((one) => one.state === state).length;

  return {
    job_list: ({ states }) =>
      states && states.length > 0 ? jobs.filter((one) => states.includes(one.state)) : jobs,
    job_counts: () => ({
      queued: inState('queued'),
      running: inState('running'),
      paused: inState('paused'),
      interrupted: inState('interrupted'),
      done: inState('done'),
      failed: inState('failed'),
      cancelled: inState('cancelled'),
    }),
    job_commands: () => [
      {
        at: now - 2 * MINUTE,
        command:
          'ffmpeg -v error -ss 3.2 -i media/rabbit.mp4 -frames:v 90 -vf scale=1080:1920 -c:v libx264 part.mp4',
        stderr_tail: '',
      },
      {
        at: now - MINUTE,
        command: 'ffmpeg -v error -f concat -i list.txt -c copy whole.mp4',
        stderr_tail: 'whole.mp4: No space left on device',
      },
    ],
  };
}
