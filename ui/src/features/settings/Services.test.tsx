import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { type Handlers, failure } from '../../backend/fake';
import { type Purse, aPurse } from '../../testing/money';
import { expectAccessible, renderApp } from '../../testing/renderApp';

/** Planted: it must be seen nowhere once it was sent. */
const KEY = 'sk_planted_0123456789abcdef_x9Kd';

const open = async (over: Partial<Omit<Purse, 'handlers'>> = {}, more: Handlers = {}) => {
  const purse = aPurse(over);
  const handlers = { ...purse.handlers, voice_list: () => [], ...more };
  const app = await renderApp({ at: '/settings?section=services', handlers });
  await screen.findByRole('region', { name: 'Keys of services' });
  return { ...app, purse };
};
const SET = [{ provider: 'elevenlabs', set: true, ends_in: 'x9Kd', kept_in: 'keyring' as const }];

describe('keys of services', () => {
  it('a key is tested when it is set and shown only by its end', async () => {
    const { backend, person } = await open();
    const field = await screen.findByLabelText('Key for ElevenLabs');
    expect(field).toHaveAttribute('type', 'password');
    expect(screen.getByRole('button', { name: 'Save and test' })).toBeDisabled();
    await person.type(field, KEY);
    await person.click(screen.getByRole('button', { name: 'Save and test' }));
    expect(await screen.findByText('Works: Creator plan, 83,120 characters left.')).toBeVisible();
    expect(backend.last('credential_set')).toEqual({ provider: 'elevenlabs', secret: KEY });
    expect(screen.getByText(/Ends in …x9Kd\./)).toBeVisible();
    expect(screen.getByText(/Kept in the keyring of the system/)).toBeVisible();
    // Neither in what is shown nor in a field.
    expect(document.documentElement.outerHTML).not.toContain(KEY);
    for (const input of document.querySelectorAll('input')) expect(input.value).not.toContain(KEY);
    await expectAccessible();
  });

  it('the field is empty while the key is on its way and when it was refused', async () => {
    const { person } = await open(
      {},
      {
        credential_set: () => Promise.reject(failure('invalid_input', 'That is no key. Nothing was stored.')),
      },
    );
    const field = await screen.findByLabelText('Key for ElevenLabs');
    await person.type(field, `${KEY}{Enter}`);
    expect(field).toHaveValue('');
    expect(await screen.findByText('That is no key. Nothing was stored.')).toBeVisible();
  });

  it('a key that does not work says why', async () => {
    const { person } = await open(
      { keys: SET },
      {
        credential_test: () => ({
          works: false,
          says: 'The key was not seen to work: the provider did not let this program in: Invalid API key.',
          plan: null,
          characters_left: null,
        }),
      },
    );
    await person.click(await screen.findByRole('button', { name: 'Test' }));
    expect(
      await screen.findByText(
        'The key was not seen to work: the provider did not let this program in: Invalid API key.',
      ),
    ).toBeVisible();
  });

  it('is removed after a plain word, because it cannot be put back', async () => {
    const { backend, person } = await open({ keys: SET });
    await person.click(await screen.findByRole('button', { name: 'Remove' }));
    const sure = await screen.findByRole('group', { name: 'Remove' });
    expect(sure).toHaveTextContent('It cannot be put back from here.');
    await person.click(within(sure).getByRole('button', { name: 'Keep it' }));
    expect(backend.count('credential_remove')).toBe(0);
    await person.click(await screen.findByRole('button', { name: 'Remove' }));
    await person.click(await screen.findByRole('button', { name: 'Remove it' }));
    expect(await screen.findByLabelText('Key for ElevenLabs')).toBeVisible();
  });

  it('is replaced by another', async () => {
    const { backend, person } = await open({ keys: SET });
    expect(screen.queryByLabelText('Key for ElevenLabs')).toBeNull();
    await person.click(await screen.findByRole('button', { name: 'Replace' }));
    await person.type(await screen.findByLabelText('Key for ElevenLabs'), 'sk_another_key_0000aBcD{Enter}');
    expect(await screen.findByText(/Ends in …aBcD\./)).toBeVisible();
    expect(backend.count('credential_test')).toBe(1);
  });

  it('says that a service with a key is turned off, and where to turn it on', async () => {
    await open({ keys: SET });
    expect(await screen.findByText(/ElevenLabs is turned off, so nothing is sent to it yet/)).toBeVisible();
    expect(screen.getByRole('link', { name: 'Turn it on under Voices' })).toBeVisible();
  });

  it('without a keyring says what to install and takes a file with a passphrase', async () => {
    let unlocked = false;
    const { backend, person } = await open(
      {},
      {
        credential_set: ({ provider }) => {
          if (!unlocked) throw failure('keyring', "The system's keyring did not answer (no service).");
          return { provider, set: true, ends_in: 'x9Kd', kept_in: 'file' };
        },
        secret_file_unlock: () => {
          unlocked = true;
          return { there: true, unlocked };
        },
      },
    );
    await person.type(await screen.findByLabelText('Key for ElevenLabs'), `${KEY}{Enter}`);
    expect(await screen.findByText(/install gnome-keyring or KWallet/)).toBeVisible();
    await person.click(screen.getByRole('button', { name: 'Use a file' }));
    await person.type(await screen.findByLabelText('Passphrase'), 'correct horse{Enter}');
    expect(await screen.findByText('The file with the keys is unlocked')).toBeVisible();
    expect(backend.last('secret_file_unlock')).toEqual({ passphrase: 'correct horse' });
    expect(document.documentElement.outerHTML).not.toContain('correct horse');
    await person.type(screen.getByLabelText('Key for ElevenLabs'), `${KEY}{Enter}`);
    await waitFor(() => expect(backend.count('credential_test')).toBe(1));
    await expectAccessible();
  });

  it('a wrong passphrase stays locked and says so', async () => {
    const { person } = await open(
      { file: { there: true, unlocked: false } },
      {
        secret_file_unlock: () =>
          Promise.reject(
            failure('keyring', 'That is not the passphrase of the file with the keys. Nothing was changed.'),
          ),
      },
    );
    expect(await screen.findByText('The file with the keys is locked')).toBeVisible();
    await person.type(screen.getByLabelText('Passphrase'), 'guess{Enter}');
    expect(await screen.findByRole('alert')).toHaveTextContent('That is not the passphrase');
    expect(screen.getByLabelText('Passphrase')).toHaveValue('');
  });
});
