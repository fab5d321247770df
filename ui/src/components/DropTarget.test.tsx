import { act, render, screen } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { FakeBackend, fakeProfile } from '../backend/fake';
import { WithSession } from '../testing/WithSession';
import { DropOverlay, type Dropped, useDropped } from './DropTarget';

function Takes({ label, take }: { label: string; take: (dropped: Dropped) => void }) {
  useDropped(label, take);
  return <p>{label} here</p>;
}

async function shown(takes: { label: string; take: (dropped: Dropped) => void }[]) {
  const backend = new FakeBackend([fakeProfile('A')]);
  render(
    <WithSession backend={backend}>
      <p>Page</p>
      {takes.map((one) => (
        <Takes key={one.label} {...one} />
      ))}
      <DropOverlay />
    </WithSession>,
  );
  await screen.findByText('Page');
  return backend;
}

describe('files dragged over the window', () => {
  it('the_page_says_what_it_does_with_them_and_takes_them', async () => {
    const take = vi.fn();
    const backend = await shown([{ label: 'Add to the library', take }]);
    act(() => backend.emitDrag({ kind: 'over' }));
    expect(screen.getByText('Add to the library')).toBeVisible();
    act(() => backend.emitDrag({ kind: 'dropped', paths: ['/a.mp4'], x: 10, y: 20 }));
    expect(take.mock.calls).toEqual([[{ paths: ['/a.mp4'], x: 10, y: 20 }]]);
    expect(screen.queryByText('Add to the library')).toBeNull();
  });

  it('a_page_that_takes_none_says_so', async () => {
    const backend = await shown([]);
    act(() => backend.emitDrag({ kind: 'over' }));
    expect(screen.getByText('Nothing on this page takes files. Drop them in the library.')).toBeVisible();
    act(() => backend.emitDrag({ kind: 'left' }));
    expect(screen.queryByText(/Nothing on this page/)).toBeNull();
  });

  it('what_is_on_top_takes_them', async () => {
    const [page, panel] = [vi.fn(), vi.fn()];
    const backend = await shown([
      { label: 'Page', take: page },
      { label: 'Panel', take: panel },
    ]);
    act(() => backend.emitDrag({ kind: 'dropped', paths: ['/a.mp4'], x: 0, y: 0 }));
    expect([page.mock.calls.length, panel.mock.calls.length]).toEqual([0, 1]);
  });
});
