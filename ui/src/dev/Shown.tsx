import { FolderInput } from 'lucide-react';
import { useState } from 'react';
import { useScope } from '../app/scope';
import { Avatar } from '../components/Avatar';
import { Button } from '../components/Button';
import { CaptionSample } from '../components/CaptionSample';
import { COLOURS } from '../components/ColourPicker';
import { Kbd } from '../components/Kbd';
import { Meter } from '../components/Meter';
import { PlayButton } from '../components/PlayButton';
import { Badge, Empty, FailureView, Loading, Progress, Skeleton } from '../components/States';
import { TabPanel, Tabs } from '../components/Tabs';
import { useFonts } from '../lib/fonts';
import { aStyle } from '../testing/project';
import { Kind } from './Gallery';
import css from './Gallery.module.css';

const FAILURE = {
  code: 'tool_missing' as const,
  message: 'ffmpeg is not installed, so no video can be made. Install it, then look again.',
  details: {},
};
const STYLES = [
  aStyle(),
  aStyle({ highlight: 'box', highlight_colour: '#6b38fb', on_box_colour: '#ffffff', capitals: false }),
  aStyle({ font: 'Anton', highlight: 'word' }),
  aStyle({ font: 'Nunito ExtraBold', highlight: 'fill', capitals: false }),
  aStyle({
    font: 'Inter',
    highlight: 'none',
    background: ['#ffffff', 0.9],
    colour: '#111111',
    outline: 0,
    capitals: false,
  }),
];

/** What says how things are. */
export function Shown() {
  const { media } = useScope();
  const [tab, setTab] = useState<'footage' | 'clips' | 'trash'>('footage');
  useFonts(
    media,
    STYLES.map((style) => style.font),
  );
  return (
    <>
      <Kind name="Avatar, Badge, Kbd">
        {COLOURS.map((colour) => (
          <Avatar key={colour} name={colour} colour={colour} size={32} />
        ))}
        <Avatar name="استوديو" colour="amber" size={32} />
        {(['plain', 'good', 'warn', 'bad', 'action'] as const).map((tone) => (
          <Badge key={tone} tone={tone}>
            used 3×
          </Badge>
        ))}
        <Kbd>Ctrl+Shift+K</Kbd>
        <Kbd>Left</Kbd>
      </Kind>
      <Kind name="Progress">
        {([0, 0.4, 1, null] as const).map((value) => (
          <div key={String(value)} className={css.box}>
            <Progress label="Making" value={value} tone={value === 1 ? 'good' : 'plain'} />
          </div>
        ))}
        <div className={css.box}>
          <Progress label="Failed" value={0.6} tone="bad" />
        </div>
      </Kind>
      <Kind name="Meter">
        {(
          [
            [0.3, 0.1],
            [0.7, 0.14],
            [1, 0],
            [null, 0],
          ] as const
        ).map(([used, held]) => (
          <div key={String(used)} className={css.box}>
            <Meter label="Used of the limit" says="41% of the limit" used={used} held={held} mark={0.8} />
          </div>
        ))}
      </Kind>
      <Kind name="Play">
        <PlayButton label="Hear Emma" load={() => Promise.resolve('media/voice.wav')} />
        <PlayButton label="Hear nobody" disabled load={() => Promise.resolve('media/voice.wav')} />
      </Kind>
      <Kind name="Tabs">
        <Tabs
          label="Library"
          value={tab}
          onChange={setTab}
          tabs={[
            { value: 'footage', label: 'Footage', count: 240 },
            { value: 'clips', label: 'Clips', count: 120 },
            { value: 'trash', label: 'Trash' },
          ]}
        >
          <TabPanel value={tab}>What is in it.</TabPanel>
        </Tabs>
      </Kind>
      <Kind name="Loading, empty, failed">
        <div className={css.box}>
          <Loading>
            <Skeleton height={120} />
            <br />
            <Skeleton width="60%" />
          </Loading>
        </div>
        <div className={css.box}>
          <Empty icon={<FolderInput />} title="No footage yet" text="Drop files or whole folders here.">
            <Button tone="primary">Choose footage</Button>
          </Empty>
        </div>
        <div className={css.box}>
          <FailureView failure={FAILURE} onRetry={() => undefined} />
        </div>
        <FailureView compact failure={FAILURE} onRetry={() => undefined} />
      </Kind>
      <Kind name="Caption samples">
        {STYLES.map((style, number) => (
          <div key={number} className={css.dark}>
            <CaptionSample style={style} words={['Pâine', 'proaspătă', 'mâine']} spoken={1} height={560} />
          </div>
        ))}
      </Kind>
    </>
  );
}
