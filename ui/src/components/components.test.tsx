import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { describe, expect, it, vi } from 'vitest';
import { failure } from '../backend/fake';
import { expectAccessible } from '../testing/renderApp';
import { Avatar, initial } from './Avatar';
import { Button, IconButton } from './Button';
import { ColourInput } from './ColourInput';
import { Dialog } from './Dialog';
import { Field, SearchInput, Select, Slider, Switch, TextInput } from './Fields';
import { Kbd } from './Kbd';
import { Menu } from './Menu';
import { FailureView, Progress } from './States';
import { TabPanel, Tabs } from './Tabs';

describe('buttons', () => {
  it('that_are_busy_say_so_and_cannot_be_pressed', async () => {
    const press = vi.fn();
    render(
      <Button busy onClick={press}>
        Make 5 variants
      </Button>,
    );
    const button = screen.getByRole('button', { name: 'Make 5 variants' });
    expect(button).toHaveAttribute('aria-busy', 'true');
    await userEvent.click(button);
    expect(press).not.toHaveBeenCalled();
  });

  it('with_a_picture_say_what_they_do', async () => {
    render(
      <IconButton label="Rename">
        <svg />
      </IconButton>,
    );
    expect(screen.getByRole('button', { name: 'Rename' })).toBeVisible();
    await expectAccessible();
  });
});

describe('fields', () => {
  it('have_their_label_and_say_what_is_wrong', async () => {
    render(
      <Field label="Name" error="It is taken.">
        {(id) => <TextInput id={id} defaultValue="A" />}
      </Field>,
    );
    expect(screen.getByRole('textbox', { name: 'Name' })).toHaveValue('A');
    expect(screen.getByRole('alert')).toHaveTextContent('It is taken.');
    await expectAccessible();
  });

  it('a_search_can_be_cleared', async () => {
    function Searching() {
      const [text, setText] = useState('oven');
      return <SearchInput label="Search" value={text} onChange={setText} />;
    }
    render(<Searching />);
    await userEvent.click(screen.getByRole('button', { name: 'Clear' }));
    expect(screen.getByRole('searchbox')).toHaveValue('');
    expect(screen.queryByRole('button', { name: 'Clear' })).toBeNull();
  });

  it('one_of_a_few_is_chosen_by_keyboard', async () => {
    const chosen = vi.fn();
    const options = [
      { value: 'a', label: 'TikTok' },
      { value: 'b', label: 'Shorts' },
    ] as const;
    render(<Select label="Platform" value="a" options={options} onChange={chosen} />);
    const person = userEvent.setup();
    await person.tab();
    await person.keyboard('{Enter}');
    await screen.findByRole('option', { name: 'Shorts' });
    await person.keyboard('{ArrowDown}{Enter}');
    await waitFor(() => expect(chosen).toHaveBeenCalledWith('b'));
  });

  it('a_switch_and_a_slider_work_by_keyboard', async () => {
    const [on, moved, done] = [vi.fn(), vi.fn(), vi.fn()];
    render(
      <>
        <Switch label="Captions" checked={false} onChange={on} />
        <Slider
          label="Width"
          value={10}
          min={0}
          max={100}
          step={1}
          show={(value) => `${value}%`}
          onChange={moved}
          onDone={done}
        />
      </>,
    );
    const person = userEvent.setup();
    await person.tab();
    await person.keyboard(' ');
    expect(on).toHaveBeenCalledWith(true);
    await person.tab();
    await person.keyboard('{ArrowRight}');
    expect(moved).toHaveBeenCalledWith(11);
    expect(done).toHaveBeenCalledWith(11);
    expect(screen.getByRole('slider', { name: 'Width' })).toHaveAttribute('aria-valuetext', '10%');
    await expectAccessible();
  });

  it('a_colour_can_be_written_and_what_is_none_is_not_taken', async () => {
    const done = vi.fn();
    render(<ColourInput label="Outline" value={null} otherwise="#0a0a0a" onDone={done} />);
    const person = userEvent.setup();
    const code = screen.getByRole('textbox', { name: 'Outline: code' });
    await person.clear(code);
    await person.type(code, 'nothing{Enter}');
    expect(done).not.toHaveBeenCalled();
    expect(code).toHaveValue('#0a0a0a');
    await person.clear(code);
    await person.type(code, 'FF8800{Enter}');
    expect(done).toHaveBeenCalledWith('#ff8800');
  });
});

describe('what opens over the page', () => {
  it('a_menu_runs_what_is_chosen_and_leaves_out_what_cannot_be', async () => {
    const [rename, never] = [vi.fn(), vi.fn()];
    render(
      <Menu
        trigger={<Button>More</Button>}
        entries={[
          { id: 'cannot', label: 'Cannot', disabled: true, run: never },
          null,
          { id: 'rename', label: 'Rename', run: rename },
        ]}
      />,
    );
    const person = userEvent.setup();
    await person.click(screen.getByRole('button', { name: 'More' }));
    await person.click(await screen.findByRole('menuitem', { name: 'Cannot' }));
    expect(never).not.toHaveBeenCalled();
    await person.click(screen.getByRole('menuitem', { name: 'Rename' }));
    expect(rename).toHaveBeenCalledOnce();
    await waitFor(() => expect(screen.queryByRole('menu')).toBeNull());
  });

  it('a_panel_takes_the_focus_and_gives_it_back', async () => {
    function Opening() {
      const [open, setOpen] = useState(false);
      return (
        <>
          <Button onClick={() => setOpen(true)}>Open</Button>
          <Dialog open={open} onClose={() => setOpen(false)} title="Rename">
            <TextInput aria-label="Name" />
          </Dialog>
        </>
      );
    }
    render(<Opening />);
    const person = userEvent.setup();
    await person.click(screen.getByRole('button', { name: 'Open' }));
    await screen.findByRole('dialog', { name: 'Rename' });
    await waitFor(() => expect(screen.getByRole('textbox', { name: 'Name' })).toHaveFocus());
    await expectAccessible();
    await person.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    await waitFor(() => expect(screen.getByRole('button', { name: 'Open' })).toHaveFocus());
  });
});

describe('what says how things are', () => {
  it('a_failure_is_copied_whole', async () => {
    const person = userEvent.setup();
    const retry = vi.fn();
    render(<FailureView failure={failure('disk_full', 'The disk is full.')} onRetry={retry} />);
    expect(screen.getByRole('alert')).toHaveTextContent('The disk is full.');
    await person.click(screen.getByRole('button', { name: 'Try again' }));
    expect(retry).toHaveBeenCalledOnce();
    await person.click(screen.getByRole('button', { name: 'Copy details' }));
    expect(await screen.findByRole('button', { name: 'Copied' })).toBeVisible();
    expect(JSON.parse(await navigator.clipboard.readText())).toMatchObject({ code: 'disk_full' });
  });

  it('progress_is_read_aloud_and_nothing_when_it_is_not_known', () => {
    render(
      <>
        <Progress label="One" value={0.456} />
        <Progress label="Two" value={null} />
      </>,
    );
    expect(screen.getByRole('progressbar', { name: 'One' })).toHaveAttribute('aria-valuenow', '46');
    expect(screen.getByRole('progressbar', { name: 'Two' })).not.toHaveAttribute('aria-valuenow');
  });

  it('tabs_are_walked_through_with_the_arrows', async () => {
    function Tabbed() {
      const [tab, setTab] = useState<'a' | 'b'>('a');
      return (
        <Tabs
          label="Library"
          value={tab}
          onChange={setTab}
          tabs={[
            { value: 'a', label: 'Footage', count: 3 },
            { value: 'b', label: 'Clips' },
          ]}
        >
          <TabPanel value="a">All footage</TabPanel>
          <TabPanel value="b">All clips</TabPanel>
        </Tabs>
      );
    }
    render(<Tabbed />);
    const person = userEvent.setup();
    await person.tab();
    await person.keyboard('{ArrowRight}{Enter}');
    expect(await screen.findByText('All clips')).toBeVisible();
    await expectAccessible();
  });

  it('keys_are_shown_as_they_are_printed', () => {
    const { container } = render(<Kbd>Ctrl+Left</Kbd>);
    expect(container).toHaveTextContent('Ctrl←');
  });

  it('an_initial_is_the_first_letter_a_person_sees', () => {
    expect(initial('  "crumb"')).toBe('C');
    expect(initial('ștefan')).toBe('Ș');
    expect(initial('استوديو')).toBe('ا');
    expect(initial('🥐 bakery')).toBe('🥐');
    expect(initial('...')).toBe('·');
    const { container } = render(<Avatar name="Brand A" colour="teal" />);
    expect(container).toHaveTextContent('B');
  });
});
