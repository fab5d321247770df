import { screen, waitFor } from '@testing-library/react';
import { expect, test } from 'vitest';
import { aPublisher } from '../../testing/publish';
import { renderApp } from '../../testing/renderApp';
import { aWorkshop } from '../../testing/workshop';

test('shots that were published lately are left out when that is asked for', async () => {
  const shop = aWorkshop();
  Object.assign(shop.handlers, {
    publish_show: aPublisher({ settings: { fresh_after_days: 21 } }).handlers.publish_show,
  });
  const { person, backend } = await renderApp({ at: '/projects/project-1', handlers: shop.handlers });
  await screen.findByRole('list', { name: 'Sentences and their shots' });
  await person.click(await screen.findByRole('button', { name: 'More ways to make videos' }));
  await person.click(
    await screen.findByRole('menuitem', { name: 'Choose shots that were not published lately' }),
  );
  await waitFor(() => expect(backend.last('generate')?.order).toMatchObject({ avoid_published_days: 21 }));
  expect(backend.last('generate')?.order).toMatchObject({ render: false, variants: 3 });
  expect(backend.last('generate')?.order.seed).not.toBe(7);
});
