import { act, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Job } from '../../backend/bindings/calls';
import { type Handlers, failure } from '../../backend/fake';
import { aJob } from '../../testing/job';
import { expectAccessible, renderApp } from '../../testing/renderApp';
import { giveSizes } from '../../testing/sizes';

const FULL: Job[] = [
  aJob('1', {
    state: 'failed',
    finished_at: Date.now(),
    failure: failure('disk_full', 'The disk is full. Free some space, then try again.'),
  }),
  aJob('2', { state: 'running', step: 'encoding shot 4 of 9', progress: 0.43, eta_ms: 38_000 }),
  aJob('3', { position: 3 }),
  aJob('4', { position: 4 }),
  aJob('5', { state: 'paused', progress: 0.7 }),
  aJob('6', { state: 'done', progress: 1, finished_at: Date.now() - 180_000 }),
];

/** A queue that keeps what is done to it, as the program does, and tells of it. */
const queueOf = async (start: Job[], more: Handlers = {}) => {
  let jobs = start;
  const change = (id: string, over: Partial<Job>) => {
    jobs = jobs.map((job) => (job.id === id ? { ...job, ...over } : job));
    queueMicrotask(() => app.backend.emit({ event: 'job', job: id }));
    return jobs.find((job) => job.id === id) as Job;
  };
  const app = await renderApp({
    at: '/queue',
    handlers: {
      job_list: () => jobs,
      job_pause: ({ id }) => change(id, { state: 'paused' }),
      job_resume: ({ id }) => change(id, { state: 'queued' }),
      job_cancel: ({ id }) => change(id, { state: 'cancelled', finished_at: Date.now() }),
      job_retry: ({ id }) => change(id, { state: 'queued', failure: null }),
      job_first: ({ id }) => change(id, { position: -1 }),
      job_move: ({ id }) => change(id, {}),
      job_retry_failed: () => [change('1', { state: 'queued' })],
      job_commands: () => [],
      batch_show: () => [],
      ...more,
    },
  });
  return { ...app, change };
};

/** By its id: looking for roles in a whole window takes long. */
const row = (id: string) =>
  waitFor(() => {
    const found = document.querySelector<HTMLElement>(`[role="group"][data-job="${id}"]`);
    if (!found) throw new Error(`Job ${id} is not shown.`);
    return found;
  });
const groupOf = async (id: string) => (await row(id)).dataset['group'];

describe('the queue', () => {
  beforeEach(() => {
    giveSizes(1000, 900);
    vi.spyOn(HTMLElement.prototype, 'offsetHeight', 'get').mockReturnValue(56);
  });

  it('says what to do when there is nothing to do', async () => {
    const { container } = await queueOf([]);
    expect(await screen.findByRole('heading', { name: 'Nothing to do' })).toBeVisible();
    expect(screen.getByRole('button', { name: 'Open projects' })).toBeVisible();
    await expectAccessible(container);
  });

  it('shows what needs a person first, with what to do, and each job with what it does', async () => {
    const { container } = await queueOf(FULL);
    const heads = await screen.findAllByRole('heading', { level: 2 });
    expect(heads.map((head) => head.textContent)).toEqual([
      'Needs you 1',
      'Running 1',
      'Waiting 2',
      'Paused 1',
      'Done today 1',
    ]);
    expect(await row('1')).toHaveAccessibleName('Bakery – video 1');
    expect(await row('1')).toHaveTextContent('The disk is full. Free some space, then try again.');
    const running = await row('2');
    expect(running).toHaveTextContent('Encoding shot 4 of 9');
    expect(running).toHaveTextContent('38 s left');
    expect(within(running).getByRole('progressbar')).toHaveAttribute('aria-valuenow', '43');
    expect(await row('6')).toHaveTextContent('3 minutes ago');
    await expectAccessible(container);
  });

  it('says that it could not be read, and reads it again', async () => {
    let broken = true;
    const { person } = await queueOf([], {
      job_list: () => {
        if (broken) throw failure('internal', 'The profile cannot be read.');
        return FULL;
      },
    });
    expect(await screen.findByText('The profile cannot be read.')).toBeVisible();
    broken = false;
    await person.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await row('2')).toBeVisible();
  });

  it('is live: a job that goes on or ends shows it by its event alone', async () => {
    const { change, backend } = await queueOf(FULL);
    await row('2');
    const before = backend.count('job_list');
    act(() => void change('2', { step: 'joining', progress: 0.9 }));
    await waitFor(async () => expect(await row('2')).toHaveTextContent('Joining the shots'));
    act(() => void change('2', { state: 'done', finished_at: Date.now() }));
    await waitFor(async () => expect(await groupOf('2')).toBe('done'));
    expect(backend.count('job_list')).toBeLessThanOrEqual(before + 4);
  });

  it('pauses and goes on', async () => {
    const { person } = await queueOf(FULL);
    await person.click(within(await row('3')).getByRole('button', { name: 'Pause' }));
    await waitFor(async () => expect(await groupOf('3')).toBe('paused'));
    await person.click(within(await row('3')).getByRole('button', { name: 'Go on' }));
    await waitFor(async () => expect(await groupOf('3')).toBe('waiting'));
  });

  it('says that a running job is stopping until it has stopped', async () => {
    const { person } = await queueOf(FULL, { job_pause: () => FULL[1] as Job });
    await person.click(within(await row('2')).getByRole('button', { name: 'Pause' }));
    expect(await row('2')).toHaveTextContent('Pausing');
    expect(within(await row('2')).getByRole('button', { name: 'Go on' })).toBeEnabled();
  });

  it('cancels at once and takes it back', async () => {
    const { person, backend } = await queueOf(FULL);
    await person.click(within(await row('4')).getByRole('button', { name: 'Cancel' }));
    await waitFor(async () => expect(await row('4')).toHaveTextContent('Cancelled'));
    await person.click(await screen.findByRole('button', { name: 'Undo' }));
    await waitFor(async () => expect(await groupOf('4')).toBe('waiting'));
    expect(backend.last('job_retry')).toEqual({ id: '4' });
  });

  it('takes back a cancel that is not carried out yet, as soon as it is', async () => {
    const { person, change, backend } = await queueOf(FULL, {
      job_cancel: () => FULL[1] as Job,
      job_retry: ({ id }) => {
        if (backend.count('job_retry') === 1) throw failure('wrong_state', 'Job 2 is running.');
        return change(id, { state: 'queued' });
      },
    });
    await person.click(within(await row('2')).getByRole('button', { name: 'Cancel' }));
    expect(await row('2')).toHaveTextContent('Cancelling');
    await person.click(await screen.findByRole('button', { name: 'Undo' }));
    act(() => void change('2', { state: 'cancelled', finished_at: Date.now() }));
    await waitFor(async () => expect(await groupOf('2')).toBe('waiting'));
  });

  it('retries one that failed, or all of them', async () => {
    const { person, backend } = await queueOf(FULL);
    await person.click(within(await row('1')).getByRole('button', { name: 'Try again' }));
    await waitFor(async () => expect(await groupOf('1')).toBe('waiting'));
    expect(screen.queryByRole('heading', { name: /Needs you/ })).not.toBeInTheDocument();
    await person.keyboard('{Shift>}r{/Shift}');
    await waitFor(() => expect(backend.count('job_retry_failed')).toBe(1));
  });

  it('says why something could not be done', async () => {
    const { person } = await queueOf(FULL, {
      job_first: () => {
        throw failure('wrong_state', 'Job 3 is done already.');
      },
    });
    await person.click(within(await row('3')).getByRole('button', { name: 'Move first' }));
    expect(await screen.findByText('Job 3 is done already.')).toBeVisible();
  });

  it('moves a waiting job to where it is dragged, among its own kind', async () => {
    const { backend } = await queueOf(FULL);
    HTMLElement.prototype.setPointerCapture = () => undefined;
    const grip = (await row('3')).querySelector('[title="Drag to another place"]') as HTMLElement;
    const drag = (kind: string, clientY: number) =>
      act(() => void grip.dispatchEvent(new MouseEvent(kind, { clientY, bubbles: true, cancelable: true })));
    drag('pointerdown', 100);
    drag('pointermove', 400);
    expect(document.querySelector('[data-dragged] [data-job="3"]')).not.toBeNull();
    drag('pointerup', 400);
    await waitFor(() => expect(backend.last('job_move')).toEqual({ id: '3', before: null }));
    expect(document.querySelector('[data-dragged]')).toBeNull();
    drag('pointerdown', 100);
    drag('pointermove', 110);
    drag('pointerup', 110);
    expect(backend.count('job_move')).toBe(1);
  });

  it('does everything by keyboard', async () => {
    const { person, backend } = await queueOf(FULL);
    await row('1');
    await person.keyboard('{ArrowDown}');
    await waitFor(async () => expect(await row('1')).toHaveFocus());
    await person.keyboard('{ArrowDown}{ArrowDown}');
    await waitFor(async () => expect(await row('3')).toHaveFocus());
    await person.keyboard('{Alt>}{ArrowDown}{/Alt}');
    await waitFor(() => expect(backend.last('job_move')).toEqual({ id: '3', before: null }));
    await person.keyboard('f');
    await waitFor(() => expect(backend.last('job_first')).toEqual({ id: '3' }));
    await person.keyboard('p');
    await waitFor(async () => expect(await groupOf('3')).toBe('paused'));
    await person.keyboard('p');
    await waitFor(async () => expect(await groupOf('3')).toBe('waiting'));
    await person.keyboard('{Delete}');
    await waitFor(async () => expect(await row('3')).toHaveTextContent('Cancelled'));
    await person.keyboard('r');
    await waitFor(async () => expect(await groupOf('3')).toBe('waiting'));
  });

  it('shows the last FFmpeg commands, to be copied', async () => {
    const command = "ffmpeg -i 'a b.mp4' out.mp4";
    const { person } = await queueOf(FULL, {
      job_commands: () => [{ at: 0, command, stderr_tail: 'speed=2x' }] as never,
    });
    await person.click(within(await row('2')).getByRole('button', { name: 'Last FFmpeg commands' }));
    const dialog = await screen.findByRole('dialog', { name: 'FFmpeg commands: Bakery – video 2' });
    expect(await within(dialog).findByText(command)).toBeVisible();
    expect(within(dialog).getByText('speed=2x')).toBeVisible();
    await person.click(within(dialog).getByRole('button', { name: 'Copy command' }));
    expect(await navigator.clipboard.readText()).toBe(command);
    await expectAccessible(dialog);
  });

  it('goes from a finished video to the clips', async () => {
    const { person } = await queueOf(FULL);
    await person.click(within(await row('6')).getByRole('button', { name: 'Bakery – video 6' }));
    expect(await screen.findByRole('tab', { name: /Clips/, selected: true })).toBeVisible();
  });

  it('mounts a few rows of thousands', async () => {
    await queueOf(Array.from({ length: 10_000 }, (_, n) => aJob(String(n), { position: n })));
    await row('0');
    expect(document.querySelectorAll('[data-job]').length).toBeLessThan(60);
  });

  it('says anywhere in the window that a batch is finished, and shows its videos', async () => {
    const batch = [
      aJob('1', { batch: 'b', state: 'running' }),
      aJob('2', { batch: 'b', state: 'done', finished_at: Date.now() }),
    ];
    const { change, person } = await queueOf(batch);
    await row('1');
    act(() => void change('1', { state: 'done', finished_at: Date.now() }));
    expect(await screen.findByText(/2 videos are ready/)).toBeVisible();
    await person.click(screen.getByRole('button', { name: 'Show' }));
    expect(await screen.findByRole('tab', { name: /Clips/, selected: true })).toBeVisible();
  });
});
