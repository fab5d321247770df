import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDraft } from '../../app/draft';
import { useSay } from '../../app/toasts';
import { Slider, TextInput } from '../../components/Fields';
import { useSaid } from '../../lib/said';
import { number } from '../../lib/format';
import type { Brand, BrandPatch } from './brand';
import { Group, Setting } from '../../components/Setting';
import css from './Settings.module.css';

/** A title over the first seconds of every video that has none of its own. */
export function HookTitleSettings(props: {
  brand: Brand;
  /** Changes the kit; rejects when it was not changed. */
  change: (label: string, patch: BrandPatch) => Promise<void>;
}) {
  const { t, i18n } = useTranslation('settings');
  const said = useSaid();
  const say = useSay();
  const { brand, change } = props;
  const title = brand.hook_title;
  const [time, setTime] = useState<number | null>(null);
  const draft = useDraft(title?.text ?? '', (text) =>
    change(t('didTitle'), { hook_title: text.trim() === '' ? 'clear' : { set: text.trim() } }),
  );
  const seconds = (ms: number) => `${number(ms / 1000, i18n.language, 1)} s`;

  return (
    <Group title={t('hookTitle')}>
      <Setting
        label={t('titleText')}
        htmlFor="hook-title"
        help={t('titleHelp')}
        error={draft.failure && said.line(draft.failure)}
      >
        <TextInput
          id="hook-title"
          dir="auto"
          maxLength={120}
          className={css.input}
          placeholder={t('titlePlaceholder')}
          {...draft.field}
        />
      </Setting>
      {title && (
        <Setting tall label={t('titleTime')}>
          <Slider
            label={t('shownFor')}
            value={time ?? title.show_ms}
            min={500}
            max={10_000}
            step={100}
            show={seconds}
            onChange={setTime}
            onDone={(ms) =>
              say.failing(change(t('didTitleTime'), { hook_title_ms: ms }).finally(() => setTime(null)))
            }
          />
        </Setting>
      )}
    </Group>
  );
}
