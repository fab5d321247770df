import { fireEvent, render, screen } from '@testing-library/react';
import { type ReactNode, useState } from 'react';
import { describe, expect, it, vi } from 'vitest';
import { CommandProvider, useCommand, useCommands } from './commands';

function Can(props: { id: string; on: string; run: () => void; enabled?: boolean }) {
  useCommand({
    id: props.id,
    group: 'Page',
    title: props.id,
    key: props.on,
    enabled: props.enabled,
    run: props.run,
  });
  return null;
}

const shown = (children: ReactNode, keys: Record<string, string> = {}) =>
  render(<CommandProvider keys={keys}>{children}</CommandProvider>);
const press = (key: string, over: KeyboardEventInit = {}, on: Element | Window = window) =>
  fireEvent.keyDown(on, { key, ...over });

describe('commands', () => {
  it('run_by_their_key_with_what_they_are_now', () => {
    function Counter() {
      const [count, setCount] = useState(0);
      useCommand({ id: 'add', group: 'Page', title: 'Add', key: 'A', run: () => setCount(count + 1) });
      return <output>{count}</output>;
    }
    shown(<Counter />);
    press('a');
    press('a');
    expect(screen.getByRole('status')).toHaveTextContent('2');
  });

  it('the_one_registered_last_wins_and_one_that_cannot_run_lets_the_other', () => {
    const [first, last] = [vi.fn(), vi.fn()];
    const both = (enabled: boolean) => (
      <CommandProvider keys={{}}>
        <Can id="a" on="A" run={first} />
        <Can id="b" on="A" run={last} enabled={enabled} />
      </CommandProvider>
    );
    const { rerender } = render(both(true));
    press('a');
    expect([first.mock.calls.length, last.mock.calls.length]).toEqual([0, 1]);
    rerender(both(false));
    press('a');
    expect([first.mock.calls.length, last.mock.calls.length]).toEqual([1, 1]);
  });

  it('have_the_key_the_person_chose_and_none_when_it_was_given_away', () => {
    const [moved, given] = [vi.fn(), vi.fn()];
    shown(
      <>
        <Can id="moved" on="A" run={moved} />
        <Can id="given" on="B" run={given} />
      </>,
      { moved: 'F2', given: '' },
    );
    press('a');
    press('b');
    expect([moved.mock.calls.length, given.mock.calls.length]).toEqual([0, 0]);
    press('F2');
    expect(moved).toHaveBeenCalledOnce();
  });

  it('leave_letters_to_the_text_that_is_written', () => {
    const run = vi.fn();
    shown(
      <>
        <Can id="letter" on="A" run={run} />
        <Can id="undo" on="Ctrl+Z" run={run} />
        <Can id="palette" on="Ctrl+K" run={run} />
        <input />
      </>,
    );
    const field = screen.getByRole('textbox');
    press('a', {}, field);
    press('z', { ctrlKey: true }, field);
    expect(run).not.toHaveBeenCalled();
    press('k', { ctrlKey: true }, field);
    expect(run).toHaveBeenCalledOnce();
    press('z', { ctrlKey: true });
    expect(run).toHaveBeenCalledTimes(2);
  });

  it('do_nothing_behind_an_open_panel', () => {
    const run = vi.fn();
    const { rerender } = shown(
      <>
        <Can id="letter" on="A" run={run} />
        <div role="dialog">
          <button type="button">Inside</button>
        </div>
      </>,
    );
    press('a');
    expect(run).not.toHaveBeenCalled();
    press('a', {}, screen.getByRole('button'));
    expect(run).toHaveBeenCalledOnce();
    rerender(
      <CommandProvider keys={{}}>
        <Can id="letter" on="A" run={run} />
      </CommandProvider>,
    );
    press('a');
    expect(run).toHaveBeenCalledTimes(2);
  });

  it('of_a_page_that_was_left_stay_in_the_list_of_keys_but_do_nothing', () => {
    const run = vi.fn();
    function Known() {
      const { list, known } = useCommands();
      return <output>{`${list.length} of ${known.length}`}</output>;
    }
    const { rerender } = shown(
      <>
        <Can id="page" on="A" run={run} />
        <Known />
      </>,
    );
    rerender(
      <CommandProvider keys={{}}>
        <Known />
      </CommandProvider>,
    );
    expect(screen.getByRole('status')).toHaveTextContent('0 of 1');
    press('a');
    expect(run).not.toHaveBeenCalled();
  });
});
