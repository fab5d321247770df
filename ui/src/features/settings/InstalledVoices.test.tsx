import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import type { Reply } from '../../backend/backend';
import { FakeBackend, failure, fakeProfile } from '../../backend/fake';
import { aVoiceCatalog, anOffer } from '../../testing/installed';
import { expectAccessible } from '../../testing/renderApp';
import { WithSession } from '../../testing/WithSession';
import { InstalledVoices } from './InstalledVoices';

type Catalog = Reply<'voice_catalog_show'>;

const joe = anOffer();

async function shown(catalog: Catalog) {
  const backend = new FakeBackend([fakeProfile('My brand')], { voice_catalog_show: () => catalog });
  render(
    <WithSession backend={backend}>
      <InstalledVoices />
    </WithSession>,
  );
  await screen.findByRole('group', { name: 'Natural voices on this machine' });
  const asked = (name: string) => backend.made.filter((made) => made.name === name).map((made) => made.args);
  return { backend, asked, person: userEvent.setup() };
}

describe('the natural voices', () => {
  it('are_shown_with_size_and_licence_and_one_is_installed_with_a_click', async () => {
    const { backend, asked, person } = await shown(aVoiceCatalog());
    expect(screen.getByText('en_US-joe-medium · 63 MB · CC0')).toBeVisible();
    expect(screen.getByText(/Version 1.22.0 \(7.8 MB, MIT\) is downloaded/)).toBeVisible();
    await expectAccessible();
    backend.handlers.voice_install = () => aVoiceCatalog({ voices: [{ ...joe, state: 'ready' }] });
    await person.click(screen.getByRole('button', { name: 'Install: Joe, English, medium' }));
    expect(await screen.findByText('Joe, English, medium is installed and was heard')).toBeVisible();
    expect(asked('voice_install')).toEqual([{ id: 'en_US-joe-medium', sha256: null }]);
  });

  it('one_whose_hash_nobody_knows_is_installed_only_with_a_hash', async () => {
    const { backend, asked, person } = await shown(aVoiceCatalog());
    backend.handlers.voice_install = () => aVoiceCatalog();
    const button = screen.getByRole('button', { name: 'Install: Mihai, Romanian, medium' });
    expect(button).toBeDisabled();
    const field = screen.getByRole('textbox', { name: 'SHA-256 of the voice' });
    await person.type(field, 'abc');
    expect(screen.getByRole('alert')).toHaveTextContent('64 digits');
    expect(button).toBeDisabled();
    await person.clear(field);
    await person.type(field, 'a'.repeat(64));
    await person.click(button);
    expect(asked('voice_install')).toEqual([{ id: 'ro_RO-mihai-medium', sha256: 'a'.repeat(64) }]);
  });

  it('what_is_on_its_way_shows_how_far_it_is_and_can_be_stopped', async () => {
    const arriving = { id: joe.id, step: 'download', done: 20_000_000, total: 63_206_088 } as const;
    const { backend, asked, person } = await shown(aVoiceCatalog({ arriving }));
    expect(screen.getByText('20 MB of 63 MB')).toBeVisible();
    const bar = screen.getByRole('progressbar', { name: 'Downloading en_US-joe-medium' });
    expect(bar).toHaveAttribute('value', '20000000');
    expect(screen.getByRole('button', { name: 'Install: Joe, English, medium' })).toBeDisabled();
    await expectAccessible();
    backend.handlers.voice_install_stop = () => aVoiceCatalog();
    await person.click(screen.getByRole('button', { name: 'Stop' }));
    await waitFor(() => expect(asked('voice_install_stop')).toHaveLength(1));
  });

  it('one_that_cannot_speak_says_what_it_lacks_and_its_removal_can_be_taken_back', async () => {
    const here = { ...joe, state: 'waiting', lacks: 'espeak-ng is not installed' } as const;
    const { asked, person } = await shown(aVoiceCatalog({ voices: [here] }));
    expect(screen.getByText('Installed, but cannot speak: espeak-ng is not installed')).toBeVisible();
    const button = screen.getByRole('button', { name: 'Remove: Joe, English, medium' });
    await person.click(button);
    expect(button).toBeDisabled();
    await person.click(await screen.findByRole('button', { name: 'Undo' }));
    await waitFor(() => expect(button).toBeEnabled());
    expect(asked('voice_remove')).toEqual([]);
  });

  it('are_taken_from_a_folder_and_a_failure_is_said', async () => {
    const { backend, asked, person } = await shown(aVoiceCatalog());
    backend.folders = ['/home/a/joe', '/home/a/empty'];
    backend.handlers.voice_import = ({ path }) =>
      path === '/home/a/joe'
        ? ['en_US-joe-medium']
        : Promise.reject(failure('not_found', 'There is no voice in /home/a/empty.'));
    await person.click(screen.getByRole('button', { name: 'From a folder' }));
    expect(await screen.findByText('Installed: en_US-joe-medium')).toBeVisible();
    await person.click(screen.getByRole('button', { name: 'From a folder' }));
    expect(await screen.findByText('There is no voice in /home/a/empty.')).toBeVisible();
    expect(asked('voice_import')).toEqual([{ path: '/home/a/joe' }, { path: '/home/a/empty' }]);
  });
});
