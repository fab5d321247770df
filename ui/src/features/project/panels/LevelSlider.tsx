import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Slider } from '../../../components/Fields';
import { number } from '../../../lib/format';

/** A level in dB; takes effect when it is let go. */
export function LevelSlider(props: {
  label: string;
  value: number;
  min?: number;
  max?: number;
  onDone: (value: number) => void;
}) {
  const { i18n } = useTranslation();
  const [moved, setMoved] = useState<{ from: number; value: number } | null>(null);
  // What is stored wins as soon as it changes (undo, another window).
  const value = moved && moved.from === props.value ? moved.value : props.value;
  return (
    <Slider
      label={props.label}
      value={value}
      min={props.min ?? -24}
      max={props.max ?? 12}
      step={0.5}
      show={(shown) => `${shown > 0 ? '+' : ''}${number(shown, i18n.language, 1)} dB`}
      onChange={(next) => setMoved({ from: props.value, value: next })}
      onDone={(next) => {
        if (next !== props.value) props.onDone(next);
      }}
    />
  );
}
