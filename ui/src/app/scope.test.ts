import { describe, expect, it, vi } from 'vitest';
import { FakeBackend, failure, fakeProfile } from '../backend/fake';
import { Scope } from './scope';

async function scope(handlers = {}) {
  const backend = new FakeBackend([fakeProfile('Brand A'), fakeProfile('Brand B')], handlers);
  return { backend, scope: new Scope(backend, await backend.session()) };
}

/** Whether a promise is settled by now. */
async function settled(promise: Promise<unknown>): Promise<boolean> {
  let done = false;
  promise.then(
    () => (done = true),
    () => (done = true),
  );
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
  return done;
}

describe('a session', () => {
  it('asks_with_its_epoch', async () => {
    const { backend, scope: here } = await scope();
    await here.call('profile_list', {});
    expect(backend.made).toEqual([{ epoch: 1, name: 'profile_list', args: {} }]);
  });

  it('that_ended_never_hears_the_answer_good_or_bad', async () => {
    const { backend, scope: here } = await scope();
    const release = backend.hold('profile_list');
    const good = here.call('profile_list', {});
    backend.handlers.font_list = () => Promise.reject(failure('internal', 'No.'));
    const bad = here.call('font_list', {});
    here.end();
    release();
    expect(await settled(good)).toBe(false);
    expect(await settled(bad)).toBe(false);
  });

  it('stores_what_is_unsaved_before_it_is_left', async () => {
    const { backend, scope: here } = await scope();
    const order: string[] = [];
    here.beforeLeave(async () => void order.push('stored'));
    backend.onSwitched(() => order.push('switched'));
    await here.switchTo('id-of-Brand B');
    expect(order).toEqual(['stored', 'switched']);
  });

  it('is_not_left_while_something_cannot_be_stored', async () => {
    const { backend, scope: here } = await scope();
    const heard = vi.fn();
    await backend.onSwitched(heard);
    const forget = here.beforeLeave(() => Promise.reject(failure('disk_full', 'Full.')));
    await expect(here.switchTo('id-of-Brand B')).rejects.toMatchObject({ code: 'disk_full' });
    expect(heard).not.toHaveBeenCalled();
    forget();
    await here.switchTo('id-of-Brand B');
    expect(heard).toHaveBeenCalledOnce();
  });
});
