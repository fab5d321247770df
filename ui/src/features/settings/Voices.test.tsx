import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { type Handlers, failure } from '../../backend/fake';
import { type Purse, STEPPED, aPurse } from '../../testing/money';
import { aVoice } from '../../testing/project';
import { expectAccessible, renderApp } from '../../testing/renderApp';

const VOICES = [
  aVoice('edge', 'en-US-EmmaNeural', { name: 'Emma, US (Female)' }),
  aVoice('edge', 'en-GB-RyanNeural', { name: 'Ryan, GB (Male)' }),
  aVoice('edge', 'ro-RO-AlinaNeural', { name: 'Alina, RO (Female)', language: 'ro' }),
  aVoice('edge', 'de-DE-KatjaNeural', { name: 'Katja, DE (Female)', language: 'de' }),
  aVoice('flite', 'slt', { name: 'Susan, American' }),
  aVoice('espeak-ng', 'ro', { name: 'Romanian', language: 'ro' }),
];

const order = (purse: Purse) => purse.chain.links.map((link) => link.provider);

const said = (voice: { provider: string; voice: string }, over: object = {}) => ({
  voiceover: {
    id: 'voiceover-1',
    file: { path: 'cache/voice/sample.wav', hash: 'aa'.repeat(32) },
    narration: {
      language: 'en',
      asked: voice,
      used: voice,
      reasons: [],
      steps: [],
      cost: null,
      sentences: [],
      words: [],
      samples: 48_000,
      ...over,
    },
  },
  file: '/profile/cache/voice/sample.wav',
  steps: [],
});

const open = async (over: Partial<Omit<Purse, 'handlers'>> = {}, more: Handlers = {}) => {
  const purse = aPurse(over);
  purse.chain = {
    links: purse.chain.links.map((link) => ({ ...link, on: link.on || link.provider === 'edge' })),
  };
  const handlers = { ...purse.handlers, voice_list: () => VOICES, ...more };
  const app = await renderApp({ at: '/settings?section=voices', handlers });
  await screen.findByRole('switch', { name: 'Edge may be asked' });
  return { ...app, purse };
};

const played: string[] = [];
beforeEach(() => {
  played.length = 0;
  vi.spyOn(HTMLMediaElement.prototype, 'play').mockImplementation(function play(this: HTMLMediaElement) {
    played.push(this.src);
    return Promise.resolve();
  });
  vi.spyOn(HTMLMediaElement.prototype, 'pause').mockReturnValue(undefined);
});

describe('the chain of voices', () => {
  it('says who is asked in which order and what each promises', async () => {
    await open();
    const rows = screen.getAllByRole('button', { name: /: place \d of 5/ });
    expect(rows.map((row) => row.getAttribute('aria-label')?.split(':')[0])).toEqual([
      'ElevenLabs',
      'Edge',
      'Piper',
      'flite',
      'eSpeak NG',
    ]);
    expect(screen.getByText(/Microsoft promises nothing/)).toBeVisible();
    expect(screen.getByText(/It has no key, so it is passed over/)).toBeVisible();
    expect(screen.getByRole('link', { name: 'Set a key' })).toHaveAttribute(
      'href',
      '/settings?section=services',
    );
    await expectAccessible();
  });

  it('is put in order with the arrow keys and that can be undone', async () => {
    const { person, purse } = await open();
    screen.getByRole('button', { name: /^Edge: place 2 of 5/ }).focus();
    await person.keyboard('{ArrowUp}');
    await waitFor(() => expect(order(purse).slice(0, 2)).toEqual(['edge', 'elevenlabs']));
    // The focus goes with the row.
    expect(await screen.findByRole('button', { name: /^Edge: place 1 of 5/ })).toHaveFocus();
    expect(screen.getByText('Edge is asked as number 1 of 5')).toBeInTheDocument();
    await person.keyboard('{ArrowUp}');
    await person.keyboard('{Control>}z{/Control}');
    await waitFor(() => expect(order(purse)[0]).toBe('elevenlabs'));
  });

  it('is put in order by dragging', async () => {
    const { person, purse } = await open();
    const grip = screen.getByRole('button', { name: /^eSpeak NG: place 5 of 5/ });
    const rows = Array.from(document.querySelectorAll('ol > li'));
    rows.forEach((row, at) =>
      vi.spyOn(row, 'getBoundingClientRect').mockReturnValue({ top: at * 60, height: 60 } as DOMRect),
    );
    grip.setPointerCapture = () => undefined;
    await person.pointer([
      { keys: '[MouseLeft>]', target: grip, coords: { clientX: 5, clientY: 270 } },
      { target: grip, coords: { clientX: 5, clientY: 90 } },
      { keys: '[/MouseLeft]', target: grip, coords: { clientX: 5, clientY: 90 } },
    ]);
    await waitFor(() => expect(order(purse)[1]).toBe('espeak-ng'));
  });

  it('turns a provider on and off', async () => {
    const { person, purse } = await open();
    await person.click(screen.getByRole('switch', { name: 'Edge may be asked' }));
    await waitFor(() => expect(purse.chain.links.find((link) => link.provider === 'edge')?.on).toBe(false));
  });

  it('takes back what could not be stored and says why', async () => {
    const { person } = await open(
      {},
      {
        voice_chain_set: () => Promise.reject(failure('disk_full', 'The disk is full.')),
      },
    );
    await person.click(screen.getByRole('switch', { name: 'Edge may be asked' }));
    expect(await screen.findByText('The disk is full.')).toBeVisible();
    await waitFor(() => expect(screen.getByRole('switch', { name: 'Edge may be asked' })).toBeChecked());
  });

  it('has a voice for each language that is chosen and heard', async () => {
    const { backend, person, purse } = await open({}, { voice_say: ({ voice }) => said(voice as never) });
    await person.click(screen.getByRole('button', { name: 'Voices of Edge' }));
    expect(await screen.findByRole('combobox', { name: 'Voice for Romanian' })).toHaveTextContent(
      'The usual voice (Alina, RO (Female))',
    );
    await person.click(screen.getByRole('combobox', { name: 'Voice for English' }));
    await person.click(await screen.findByRole('option', { name: 'Ryan, GB (Male)' }));
    await waitFor(() =>
      expect(purse.chain.links.find((link) => link.provider === 'edge')?.voices).toEqual({
        en: 'en-GB-RyanNeural',
      }),
    );
    await person.click(screen.getByRole('button', { name: 'Hear Ryan, GB (Male) in English' }));
    await waitFor(() => expect(played[0]).toContain('/token-1/'));
    expect(backend.last('voice_say')).toEqual({
      text: 'This is how I sound when I tell your story.',
      language: 'en',
      voice: { provider: 'edge', voice: 'en-GB-RyanNeural' },
    });
    await person.click(screen.getByRole('combobox', { name: 'Add a language' }));
    await person.click(await screen.findByRole('option', { name: 'German' }));
    expect(await screen.findByRole('combobox', { name: 'Voice for German' })).toBeVisible();
    await expectAccessible();
  });

  it('says when another voice was heard than was asked for', async () => {
    const { person } = await open({}, { voice_say: ({ voice }) => said(voice as never, STEPPED) });
    await person.click(screen.getByRole('button', { name: 'Voices of flite' }));
    await person.click(await screen.findByRole('button', { name: 'Hear Susan, American in English' }));
    expect(
      await screen.findByText('You heard another voice: Edge (ElevenLabs: quota reached)'),
    ).toBeVisible();
  });

  it('a voice that cannot be heard says why', async () => {
    const { person } = await open(
      {},
      {
        voice_say: () => Promise.reject(failure('bad_speech', 'Edge could not be reached.')),
      },
    );
    await person.click(screen.getByRole('button', { name: 'Voices of flite' }));
    await person.click(await screen.findByRole('button', { name: 'Hear Susan, American in English' }));
    expect(await screen.findByText(/It could not be heard\./)).toBeVisible();
  });
});

describe('the dictionary', () => {
  const WORDS = [
    { language: 'en', written: 'Xynthi', spoken: 'Zin thee' },
    { language: 'ro', written: 'Cheesecake', spoken: 'cizcheic' },
  ];
  const list = () => screen.findByRole('list', { name: 'How names are said' });

  it('holds names by language that are added and heard', async () => {
    const { backend, person, purse } = await open(
      { dictionary: WORDS },
      { voice_say: () => said({ provider: 'flite', voice: 'slt' }) },
    );
    expect(await screen.findByDisplayValue('Zin thee')).toBeVisible();
    expect(screen.queryByDisplayValue('cizcheic')).toBeNull();
    await person.type(screen.getByRole('textbox', { name: 'Written' }), 'Qode');
    await person.type(screen.getByRole('textbox', { name: 'Spoken' }), 'Code{Enter}');
    await waitFor(() =>
      expect(purse.dictionary).toContainEqual({ language: 'en', written: 'Qode', spoken: 'Code' }),
    );
    expect(screen.getByRole('textbox', { name: 'Written' })).toHaveFocus();
    await person.click(await within(await list()).findByRole('button', { name: 'Hear Qode' }));
    await waitFor(() =>
      expect(backend.last('voice_say')).toEqual({ text: 'Qode', language: 'en', voice: null }),
    );
    await expectAccessible();
  });

  it('an entry is changed in place and removed with a way back', async () => {
    const { person, purse } = await open({ dictionary: WORDS });
    const spoken = await screen.findByRole('textbox', { name: 'Spoken: Xynthi' });
    await person.clear(spoken);
    await person.type(spoken, 'Zynthee{Enter}');
    await waitFor(() => expect(purse.dictionary[0]?.spoken).toBe('Zynthee'));
    await person.click(screen.getByRole('button', { name: 'Remove Xynthi' }));
    await waitFor(() => expect(purse.dictionary.map((one) => one.written)).toEqual(['Cheesecake']));
    await person.click(await screen.findByRole('button', { name: 'Undo' }));
    await waitFor(() => expect(purse.dictionary.map((one) => one.written)).toEqual(['Xynthi', 'Cheesecake']));
  });

  it('nothing is added twice or without a letter', async () => {
    const { backend, person } = await open({ dictionary: WORDS });
    await person.type(await screen.findByRole('textbox', { name: 'Written' }), 'xynthi');
    await person.click(screen.getByRole('button', { name: 'Add' }));
    expect(await screen.findByRole('alert')).toHaveTextContent('Both fields need at least one letter');
    await person.type(screen.getByRole('textbox', { name: 'Spoken' }), 'Sin{Enter}');
    expect(await screen.findByRole('alert')).toHaveTextContent('“xynthi” is in the list already.');
    expect(backend.count('pronunciation_set')).toBe(0);
  });
});
