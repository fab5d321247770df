import { Ellipsis, FolderInput, Pencil, Play, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Button, IconButton } from '../components/Button';
import { ColourInput } from '../components/ColourInput';
import { type Colour, ColourPicker } from '../components/ColourPicker';
import { Dialog } from '../components/Dialog';
import { Field, SearchInput, Select, Slider, Switch, TextInput } from '../components/Fields';
import { Menu } from '../components/Menu';
import { Popover } from '../components/Popover';
import { Segmented } from '../components/Segmented';
import { Kind } from './Gallery';
import css from './Gallery.module.css';

const TONES = ['primary', 'quiet', 'plain', 'danger'] as const;
const nothing = () => undefined;

/** What is pressed, written into and chosen from. */
export function Controls() {
  const [text, setText] = useState('oven');
  const [choice, setChoice] = useState<'a' | 'b' | 'c'>('a');
  const [on, setOn] = useState(true);
  const [amount, setAmount] = useState(40);
  const [colour, setColour] = useState<Colour>('teal');
  const [own, setOwn] = useState<string | null>('#ffb35c');
  const [open, setOpen] = useState(false);
  return (
    <>
      <Kind name="Button">
        {TONES.map((tone) => (
          <Button key={tone} tone={tone} icon={<Play />} shortcut="Ctrl+Enter">
            Make 5 variants
          </Button>
        ))}
        {TONES.map((tone) => (
          <Button key={tone} tone={tone} disabled>
            Cannot now
          </Button>
        ))}
        <Button tone="primary" busy>
          Making
        </Button>
        <IconButton label="Rename">
          <Pencil />
        </IconButton>
        <IconButton label="Delete" tone="danger">
          <Trash2 />
        </IconButton>
        <IconButton label="Cannot now" disabled>
          <Pencil />
        </IconButton>
      </Kind>
      <Kind name="Fields">
        <div className={css.box}>
          <Field label="Name" help="Shown in the title of the window.">
            {(id) => <TextInput id={id} defaultValue="Brand A" />}
          </Field>
        </div>
        <div className={css.box}>
          <Field label="Name" error='There is already a profile named "Brand A". Choose another name.'>
            {(id) => <TextInput id={id} defaultValue="Brand A" aria-invalid />}
          </Field>
        </div>
        <div className={css.box}>
          <Field label="Name">{(id) => <TextInput id={id} placeholder="Name of the brand" disabled />}</Field>
        </div>
        <SearchInput label="Search footage" value={text} onChange={setText} />
        <SearchInput label="Search footage" value="" onChange={nothing} />
      </Kind>
      <Kind name="Select, Segmented, Switch">
        <Select
          label="Platform"
          value={choice}
          onChange={setChoice}
          options={[
            { value: 'a', label: 'TikTok', note: '1080 × 1920' },
            { value: 'b', label: 'YouTube Shorts' },
            { value: 'c', label: 'A platform with a name that is longer than anybody would think' },
          ]}
        />
        <Select
          label="Platform"
          value="a"
          disabled
          onChange={nothing}
          options={[{ value: 'a', label: 'TikTok' }]}
        />
        <Segmented
          label="Panel"
          value={choice}
          onChange={setChoice}
          segments={[
            { value: 'a', label: 'Voice' },
            { value: 'b', label: 'Captions', count: 3 },
            { value: 'c', label: 'Sound' },
          ]}
        />
        <Switch label="Captions" checked={on} onChange={setOn} />
        <Switch label="Captions" checked={false} onChange={nothing} />
        <Switch label="Captions" checked disabled onChange={nothing} />
      </Kind>
      <Kind name="Slider, colours">
        <div className={css.box}>
          <Slider
            label="Width"
            value={amount}
            min={0}
            max={100}
            step={1}
            show={(value) => `${value}%`}
            onChange={setAmount}
          />
          <Slider
            label="Off"
            value={20}
            min={0}
            max={100}
            step={1}
            show={(value) => `${value}%`}
            onChange={nothing}
            disabled
          />
        </div>
        <ColourPicker label="Colour" value={colour} onChange={setColour} />
        <ColourInput label="Spoken word" value={own} otherwise="#ffd91a" onDone={setOwn} />
        <ColourInput label="Outline" value={null} otherwise="#0a0a0a" onDone={nothing} />
      </Kind>
      <Kind name="Menu, Popover, Dialog">
        <Menu
          trigger={
            <IconButton label="More">
              <Ellipsis />
            </IconButton>
          }
          entries={[
            { id: 'rename', label: 'Rename', icon: <Pencil />, shortcut: 'F2', run: nothing },
            { id: 'cannot', label: 'Cannot now', disabled: true, run: nothing },
            null,
            { id: 'delete', label: 'Delete', icon: <Trash2 />, danger: true, run: nothing },
          ]}
        />
        <Popover label="A popover" trigger={<Button icon={<FolderInput />}>Open a popover</Button>}>
          <p>What is in it.</p>
        </Popover>
        <Button onClick={() => setOpen(true)}>Open a dialog</Button>
        <Dialog
          open={open}
          onClose={() => setOpen(false)}
          title="Relink the footage"
          footer={
            <>
              <Button onClick={() => setOpen(false)}>Cancel</Button>
              <Button tone="primary" onClick={() => setOpen(false)}>
                Relink
              </Button>
            </>
          }
        >
          <p>Choose the file where it lies now.</p>
        </Dialog>
      </Kind>
    </>
  );
}
