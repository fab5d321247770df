import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { FakeBackend, failure, fakeProfile } from '../backend/fake';
import { aProject } from '../testing/project';
import { expectAccessible } from '../testing/renderApp';
import { WithSession } from '../testing/WithSession';
import { FirstRun, useFirstRun } from './FirstRun';

const only = () => new FakeBackend([fakeProfile('My brand')]);

async function shown(backend = only()) {
  const onChoose = vi.fn();
  render(
    <WithSession backend={backend}>
      <FirstRun onChoose={onChoose} />
    </WithSession>,
  );
  await screen.findByRole('textbox', { name: 'Your brand' });
  return { backend, onChoose, person: userEvent.setup() };
}

describe('the first run', () => {
  it('has_the_name_of_the_profile_selected_for_typing', async () => {
    const { backend, person } = await shown();
    const field = screen.getByRole<HTMLInputElement>('textbox', { name: 'Your brand' });
    expect(field).toHaveFocus();
    expect(field.value.slice(field.selectionStart ?? 0, field.selectionEnd ?? 0)).toBe('My brand');
    await person.keyboard('Crumb{Enter}');
    await waitFor(() => expect(backend.profiles[0]?.name).toBe('Crumb'));
    await expectAccessible();
  });

  it('opens_the_demo_project_in_one_click', async () => {
    const { backend, person } = await shown();
    backend.handlers.demo_project = () => aProject({ id: 'demo' });
    await person.click(screen.getByRole('button', { name: 'Open the demo project' }));
    await waitFor(() => expect(screen.getByTestId('path')).toHaveTextContent('/projects/demo'));
  });

  it('says_why_the_demo_does_not_open', async () => {
    const { backend, person } = await shown();
    backend.handlers.demo_project = () =>
      Promise.reject(failure('not_found', 'The demo footage is not installed.'));
    await person.click(screen.getByRole('button', { name: 'Open the demo project' }));
    expect(await screen.findByText('The demo footage is not installed.')).toBeVisible();
  });

  it('leads_to_choosing_footage', async () => {
    const { onChoose, person } = await shown();
    await person.click(screen.getByRole('button', { name: 'Choose footage' }));
    expect(onChoose).toHaveBeenCalledOnce();
  });

  it('is_only_while_there_is_one_profile_and_nothing_in_it', async () => {
    function Is() {
      return <output>{String(useFirstRun())}</output>;
    }
    const says = async (backend: FakeBackend) => {
      const view = render(
        <WithSession backend={backend}>
          <Is />
        </WithSession>,
      );
      await waitFor(() => expect(screen.getByText(/true|false/)).toBeVisible());
      const said = screen.getByText(/true|false/).textContent;
      view.unmount();
      return said;
    };
    expect(await says(only())).toBe('true');
    expect(await says(new FakeBackend([fakeProfile('A'), fakeProfile('B')]))).toBe('false');
    const used = only();
    used.handlers.project_list = () => [aProject()];
    expect(await says(used)).toBe('false');
  });
});
