import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, expect, it, vi } from 'vitest';
import { failure } from '../../../backend/fake';
import { aClipDetail, aClipRow, aReceipt } from '../../../testing/clip';
import { aLibrary, manyClips } from '../../../testing/library';
import { STEPPED } from '../../../testing/money';
import { aPlatform, aVoice } from '../../../testing/project';
import { expectAccessible, renderApp } from '../../../testing/renderApp';
import { giveSizes } from '../../../testing/sizes';

beforeEach(() => giveSizes(1200, 800));

const AT = '/library?tab=clips';

async function show(library = aLibrary({ clips: manyClips(4) })) {
  const app = await renderApp({ handlers: library.handlers, at: AT });
  library.announceBy(app.backend);
  return { ...app, library };
}

const tile = (name: string) => screen.findByRole('gridcell', { name });
const triages = (library: ReturnType<typeof aLibrary>) => library.clips.map((clip) => clip.triage).join(' ');
const inspector = () => screen.findByRole('complementary', { name: 'About the clip' });

it('is judged with A, X and R, and each time the next one to review has the focus', async () => {
  const library = aLibrary({ clips: manyClips(5, (n) => ({ triage: n === 1 ? 'accepted' : 'new' })) });
  const { person, backend } = await show(library);
  await person.click(await tile('video 0, New'));
  await person.keyboard('a');
  // The second one is accepted already.
  await waitFor(() =>
    expect(screen.getByRole('gridcell', { name: 'video 2, New' })).toHaveAttribute('aria-selected', 'true'),
  );
  await tile('video 0, Accepted');
  await person.keyboard('x');
  await waitFor(() =>
    expect(screen.getByRole('gridcell', { name: 'video 3, New' })).toHaveAttribute('aria-selected', 'true'),
  );
  await person.keyboard('r');
  await waitFor(() =>
    expect(screen.getByRole('gridcell', { name: 'video 4, New' })).toHaveAttribute('aria-selected', 'true'),
  );
  await waitFor(() => expect(triages(library)).toBe('accepted accepted rejected rejected new'));
  expect(backend.last('clip_regenerate')).toEqual({ id: 'clip-3' });
  expect(await within(await inspector()).findByRole('heading', { level: 2 })).toHaveTextContent('video 4');
});

it('stays in place among those to review while judged ones leave the list', async () => {
  const { person, library } = await show();
  await tile('video 0, New');
  await person.click(screen.getByRole('radio', { name: /To review/ }));
  await person.click(await tile('video 0, New'));
  await person.keyboard('aa');
  await waitFor(() => expect(screen.queryByRole('gridcell', { name: /video 0/ })).toBeNull());
  await waitFor(() => expect(screen.queryByRole('gridcell', { name: /video 1/ })).toBeNull());
  expect(await tile('video 2, New')).toHaveAttribute('aria-selected', 'true');
  expect(triages(library)).toBe('accepted accepted new new');
  await person.keyboard('xx');
  await screen.findByRole('heading', { name: 'Everything is reviewed' });
});

it('undoes a judgement with its message, also when another was made since', async () => {
  const { person, library } = await show();
  await person.click(await tile('video 0, New'));
  await person.keyboard('a');
  await screen.findByText('“video 0” accepted');
  await person.keyboard('{Delete}');
  await screen.findByText('“video 1” moved to the trash');
  const [accepted] = screen.getAllByRole('button', { name: 'Undo' });
  if (accepted) await person.click(accepted);
  await waitFor(() => expect(library.clips[0]?.triage).toBe('new'));
  expect(library.trashed.clips.map((clip) => clip.id)).toEqual(['clip-1']);
});

it('gives each clip its own judgement back when many are undone at once', async () => {
  const library = aLibrary({
    clips: manyClips(3, (n) => ({ triage: (['new', 'accepted', 'rejected'] as const)[n] ?? 'new' })),
  });
  const { person } = await show(library);
  await tile('video 0, New');
  await person.keyboard('{Control>}a{/Control}');
  await screen.findByText('3 clips selected');
  await person.keyboard('a');
  await screen.findByText('3 clips accepted');
  expect(triages(library)).toBe('accepted accepted accepted');
  await person.click(screen.getByRole('button', { name: 'Undo' }));
  await waitFor(() => expect(triages(library)).toBe('new accepted rejected'));
});

it('shows a judgement at once and takes it back when it could not be stored', async () => {
  const library = aLibrary({ clips: manyClips(2) });
  library.handlers.clip_triage = () => {
    throw failure('disk_full', 'The disk is full.');
  };
  const { person } = await show(library);
  await person.click(await tile('video 0, New'));
  await person.keyboard('a');
  await screen.findByText('The disk is full.');
  await tile('video 0, New');
});

it('stops the jobs of another version when that is undone', async () => {
  const library = aLibrary({ clips: manyClips(1) });
  const cancelled: string[] = [];
  library.handlers.job_batch = () => [];
  const { person, backend } = await show(library);
  const job = { id: 'job-9', state: 'queued' } as Awaited<
    ReturnType<NonNullable<typeof library.handlers.job_show>>
  >;
  backend.handlers.job_batch = () => [job, { ...job, id: 'job-8', state: 'done' }];
  backend.handlers.job_cancel = ({ id }) => {
    cancelled.push(id);
    return job;
  };
  await person.click(await tile('video 0, New'));
  await person.keyboard('r');
  await screen.findByText('“video 0” rejected, another one is being made');
  await person.click(screen.getByRole('button', { name: 'Undo' }));
  await waitFor(() => expect(cancelled).toEqual(['job-9']));
  await waitFor(() => expect(library.clips[0]?.triage).toBe('new'));
});

it('moves a clip to the trash with Delete, goes on with the next one, and brings it back', async () => {
  const { person, library } = await show();
  await person.click(await tile('video 1, New'));
  await person.keyboard('{Delete}');
  await screen.findByText('“video 1” moved to the trash');
  await waitFor(() => expect(screen.queryByRole('gridcell', { name: /video 1/ })).toBeNull());
  expect(await tile('video 2, New')).toHaveAttribute('aria-selected', 'true');
  await person.click(screen.getByRole('button', { name: 'Undo' }));
  await tile('video 1, New');
  expect(library.trashed.clips).toEqual([]);
});

it('plays large with Space, where it is judged with the same keys and goes on to the next', async () => {
  const { person, library } = await show();
  await person.click(await tile('video 0, New'));
  await person.keyboard(' ');
  const dialog = await screen.findByRole('dialog', { name: 'Preview: video 0' });
  expect(dialog.querySelector('video')).toHaveAttribute('src', expect.stringContaining('/clip/clip-0'));
  await waitFor(() => expect(dialog).toContainElement(document.activeElement as HTMLElement));
  await person.keyboard('a');
  await screen.findByRole('dialog', { name: 'Preview: video 1' });
  expect(library.clips[0]?.triage).toBe('accepted');
  await person.keyboard('{ArrowRight}');
  await screen.findByRole('dialog', { name: 'Preview: video 2' });
  await person.keyboard('{Escape}');
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
});

it('exports the selected clips to a folder and shows it afterwards', async () => {
  const { person, backend } = await show();
  backend.handlers.clip_export = ({ id, to }) => [`${to}/${id}.mp4`];
  backend.folders = [null, '/out'];
  await tile('video 0, New');
  await person.keyboard('{Control>}a{/Control}');
  await screen.findByText('4 clips selected');
  await person.keyboard('{Control>}e{/Control}');
  expect(backend.count('clip_export')).toBe(0);
  await person.keyboard('{Control>}e{/Control}');
  await screen.findByText('4 videos exported to “out”');
  expect(backend.count('clip_export')).toBe(4);
  expect(backend.last('clip_export')).toMatchObject({ id: 'clip-3', to: '/out' });
  await person.click(screen.getByRole('button', { name: 'Show in folder' }));
  expect(backend.done).toContain('reveal: /out');
});

it('exports what can be exported and says what could not, and why', async () => {
  const { person, backend } = await show(aLibrary({ clips: manyClips(2) }));
  backend.handlers.clip_export = ({ id, to }) => {
    if (id === 'clip-0') throw failure('disk_full', 'There is no room left on the disk.');
    return [`${to}/${id}.mp4`];
  };
  backend.folders = ['/out'];
  await tile('video 0, New');
  await person.keyboard('{Control>}a{/Control}');
  await screen.findByText('2 clips selected');
  await person.keyboard('{Control>}e{/Control}');
  await screen.findByText('1 of 2 were not exported. The disk is full');
  await screen.findByText('“video 1” exported to “out”');
  await person.click(screen.getByRole('button', { name: 'Show in folder' }));
  expect(backend.done).toContain('reveal: /out/clip-1.mp4');
});

it('says how far an export is while it goes on', async () => {
  const { person, backend } = await show(aLibrary({ clips: manyClips(3) }));
  const waits: (() => void)[] = [];
  backend.handlers.clip_export = ({ id, to }) =>
    new Promise((done) => waits.push(() => done([`${to}/${id}.mp4`])));
  backend.folders = ['/home/ana/Videos/'];
  await tile('video 0, New');
  await person.keyboard('{Control>}a{/Control}');
  await screen.findByText('3 clips selected');
  await person.keyboard('{Control>}e{/Control}');
  const bar = await screen.findByRole('progressbar', { name: 'Exporting 3 videos' });
  expect(bar).toHaveAttribute('aria-valuenow', '0');
  waits[0]?.();
  await waitFor(() => expect(bar).toHaveAttribute('aria-valuenow', '33'));
  waits[1]?.();
  await waitFor(() => expect(waits).toHaveLength(3));
  waits[2]?.();
  await screen.findByText('3 videos exported to “Videos”');
  expect(bar).not.toBeInTheDocument();
  await person.click(screen.getByRole('button', { name: 'Show in folder' }));
  expect(backend.done).toContain('reveal: /home/ana/Videos/');
});

it('tells in words what a video was made of', async () => {
  const library = aLibrary({ clips: [aClipRow({ id: 'clip-1', name: 'video 1' })] });
  library.handlers.clip_show = () =>
    aClipDetail(aClipRow({ id: 'clip-1', name: 'video 1' }), {
      voice: {
        asked: { provider: 'elevenlabs', voice: 'Rachel' },
        used: { provider: 'edge', voice: 'Ana' },
        reasons: ['The ElevenLabs quota is used up until 1 December.'],
      },
      notes: ['Only 14 fresh shots are left.'],
      cost: { characters: 1240, micro_usd: 270_000 },
    });
  await show(library);
  const receipt = within(await inspector());
  await receipt.findByText('Ana (Edge) instead of ElevenLabs');
  for (const words of [
    'The ElevenLabs quota is used up until 1 December.',
    'Only 14 fresh shots are left.',
    'tag: oven',
    'Fresh bread, video 1',
    '-14.1 LUFS (goal -14.0)',
    'x264, sound 192 kbit/s',
    '$0.27 for 1,240 characters',
  ]) {
    expect(receipt.getByText(words)).toBeVisible();
  }
});

it('says on its picture who spoke instead of whom', async () => {
  const rows = [
    aClipRow({ id: 'clip-1', name: 'video 1', instead: { ...STEPPED, steps: STEPPED.steps } }),
    aClipRow({ id: 'clip-2', name: 'video 2' }),
  ];
  await show(aLibrary({ clips: rows }));
  const said = 'Edge (ElevenLabs: quota reached)';
  expect(within(await tile(`video 1, New, ${said}`)).getByText(said)).toBeVisible();
  expect(within(await tile('video 2, New')).queryByText(/quota/)).toBeNull();
});

it('calls voices and platforms by their names and says why another voice spoke', async () => {
  const library = aLibrary({ clips: [aClipRow({ id: 'clip-1', name: 'video 1' })] });
  const { timeline } = aReceipt();
  Object.assign(library.handlers, {
    clip_show: () =>
      aClipDetail(aClipRow({ id: 'clip-1', name: 'video 1' }), {
        voice: STEPPED,
        timeline: { ...timeline, voice: { ...timeline.voice, ...STEPPED } },
      }),
    voice_list: () => [aVoice('elevenlabs', STEPPED.asked.voice, { name: 'George' })],
    platform_list: () => [aPlatform()],
  });
  await show(library);
  const receipt = within(await inspector());
  expect(await receipt.findByText('Edge (ElevenLabs: quota reached)')).toBeVisible();
  expect(await receipt.findByText('Emma (Edge) instead of George (ElevenLabs)')).toBeVisible();
  expect(
    receipt.getByText("ElevenLabs: sentence 1: the provider's quota is used up: 3 credits left"),
  ).toBeVisible();
  expect(await receipt.findByText(aPlatform().title)).toBeVisible();
  expect(receipt.queryByText('tiktok')).toBeNull();
});

it('counts what is to review, and asks for what is shown', async () => {
  const library = aLibrary({ clips: manyClips(13, (n) => ({ triage: n === 0 ? 'accepted' : 'new' })) });
  const { person, backend } = await show(library);
  await screen.findByText('12 to review');
  await person.click(screen.getByRole('radio', { name: /Accepted/ }));
  await waitFor(() =>
    expect(backend.last('clip_page')).toMatchObject({ filter: { triage: 'accepted' }, offset: 0 }),
  );
  await person.type(screen.getByRole('searchbox'), '7');
  await waitFor(() =>
    expect(backend.last('clip_page')).toMatchObject({ filter: { triage: 'accepted', text: '7' } }),
  );
});

it('is usable without sight, full and empty', async () => {
  await show();
  await tile('video 0, New');
  await within(await inspector()).findByText('Receipt');
  await expectAccessible();
});

it('says what to do when there are no clips', async () => {
  const { person } = await show(aLibrary());
  await screen.findByText('No clips yet');
  await expectAccessible();
  await person.click(screen.getByRole('button', { name: 'Go to projects' }));
  await waitFor(() => expect(screen.queryByText('No clips yet')).toBeNull());
});

it('says so in its place when a receipt cannot be read, and the list goes on', async () => {
  const { person, backend } = await show();
  const written = aClipDetail(aClipRow());
  // As a later version might have written it.
  backend.handlers.clip_show = () => ({
    ...written,
    receipt: { version: 9 } as unknown as typeof written.receipt,
  });
  // React and jsdom tell of what a boundary caught.
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  await person.click(await tile('video 0, New'));
  expect(await within(await inspector()).findByRole('alert')).toBeVisible();
  expect(within(await inspector()).getByRole('button', { name: /Try again/ })).toBeVisible();
  await tile('video 1, New');
});
