import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { failure } from '../../backend/fake';
import { aProject } from '../../testing/project';
import { expectAccessible, renderApp } from '../../testing/renderApp';
import { aWorkshop } from '../../testing/workshop';

const three = () => [
  aProject({ id: 'project-1', name: 'Bakery' }),
  aProject({ id: 'project-2', name: 'Autumn menu' }),
  aProject({ id: 'project-3', name: 'Opening day' }),
];

test('an empty profile says what a project is and opens the demo in one click', async () => {
  const shop = aWorkshop();
  const handlers = { ...shop.handlers, project_list: () => [], demo_project: () => shop.detail.project };
  const { person, backend } = await renderApp({ at: '/projects', handlers });
  expect(await screen.findByText('No project yet')).toBeVisible();
  await expectAccessible();
  await person.click(screen.getByRole('button', { name: 'Try it with ours' }));
  expect(await screen.findByRole('textbox', { name: 'Script text' })).toBeVisible();
  expect(backend.count('demo_project')).toBe(1);
});

test('a project is made with the keyboard and opened', async () => {
  const shop = aWorkshop();
  const handlers = { ...shop.handlers, project_list: three, project_create: () => shop.detail.project };
  const { person, backend } = await renderApp({ at: '/projects', handlers });
  await screen.findByText('Bakery');
  await expectAccessible();
  await person.keyboard('n');
  const name = await screen.findByRole('textbox', { name: 'Name' });
  await waitFor(() => expect(name).toHaveFocus());
  await person.clear(name);
  // The button stands outside the form and belongs to it by its name: browsers submit with it on Enter, jsdom does not.
  const enter = () => fireEvent.submit((name as HTMLInputElement).form as HTMLFormElement);
  enter();
  expect(await screen.findByRole('alert')).toHaveTextContent('Give the project a name.');
  await person.type(name, 'Spring');
  enter();
  expect(await screen.findByRole('textbox', { name: 'Script text' })).toBeVisible();
  expect(backend.last('project_create')).toMatchObject({ name: 'Spring', look: { platform: 'tiktok' } });
});

test('a project is removed and comes back with undo', async () => {
  const shop = aWorkshop();
  let list = three();
  const { person, backend } = await renderApp({
    at: '/projects',
    handlers: {
      ...shop.handlers,
      project_list: () => list,
      project_remove: ({ id }) => {
        list = list.filter((one) => one.id !== id);
        return aProject({ id });
      },
      project_restore: ({ id }) => {
        list = three();
        return aProject({ id });
      },
    },
  });
  (await screen.findByRole('link', { name: /Autumn menu/ })).focus();
  await person.keyboard('{Delete}');
  await waitFor(() => expect(screen.queryByRole('link', { name: /Autumn menu/ })).toBeNull());
  const messages = screen.getByRole('region', { name: 'Messages' });
  expect(messages).toHaveTextContent('“Autumn menu” is removed. Its videos stay in the library.');
  await person.click(within(messages).getByRole('button', { name: 'Undo' }));
  expect(await screen.findByRole('link', { name: /Autumn menu/ })).toBeVisible();
  expect(backend.last('project_restore')).toEqual({ id: 'project-2' });
});

test('a project gets another name and its look stays', async () => {
  const shop = aWorkshop();
  const { person, backend } = await renderApp({
    at: '/projects',
    handlers: { ...shop.handlers, project_list: three },
  });
  await person.click(await screen.findByRole('button', { name: 'More for Bakery' }));
  await person.click(await screen.findByRole('menuitem', { name: /Rename project/ }));
  const name = await screen.findByRole('textbox', { name: 'Name' });
  await person.clear(name);
  await person.type(name, 'Bread{Enter}');
  await waitFor(() =>
    expect(backend.last('project_update')).toMatchObject({ id: 'project-1', name: 'Bread' }),
  );
  expect(backend.last('project_update')?.look).toEqual(shop.detail.project.look);
});

test('a list that cannot be read says why and can be tried again', async () => {
  let broken = true;
  const { person } = await renderApp({
    at: '/projects',
    handlers: {
      project_list: () => {
        if (broken) throw failure('damaged_database', 'The database of this profile is damaged.');
        return [];
      },
    },
  });
  expect(await screen.findByRole('alert')).toHaveTextContent('The database of this profile is damaged.');
  broken = false;
  await person.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await screen.findByText('No project yet')).toBeVisible();
});
