/** What a post is set to: the fields its platform has. */
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { PostSettings } from '../../../backend/bindings/calls';
import { Field, Select, Switch, TextInput } from '../../../components/Fields';
import css from '../Publish.module.css';

type Of<P extends PostSettings['platform']> = Extract<PostSettings, { platform: P }>;

const METHODS = ['direct_post', 'inbox'] as const;
const PRIVACY = ['everyone', 'friends', 'followers', 'only_me'] as const;
const AI = ['auto', 'yes', 'no'] as const;
const VISIBILITY = ['public', 'unlisted', 'private'] as const;
const KINDS = ['reel', 'story'] as const;

interface Props<P extends PostSettings['platform']> {
  value: Of<P>;
  disabled: boolean;
  onChange: (value: PostSettings) => void;
}

export function PostSettingsForm(props: {
  value: PostSettings;
  disabled?: boolean;
  onChange: (value: PostSettings) => void;
}) {
  const { value, onChange } = props;
  const { t } = useTranslation('publish');
  const disabled = props.disabled ?? false;
  switch (value.platform) {
    case 'tiktok':
      return <Tiktok value={value} disabled={disabled} onChange={onChange} />;
    case 'youtube':
      return <Youtube value={value} disabled={disabled} onChange={onChange} />;
    case 'instagram':
      return <Instagram value={value} disabled={disabled} onChange={onChange} />;
    default:
      return <p className={css.muted}>{t('noSettings')}</p>;
  }
}

function Tiktok({ value, disabled, onChange }: Props<'tiktok'>) {
  const { t } = useTranslation('publish');
  const change = (part: Partial<Of<'tiktok'>>) => onChange({ ...value, ...part });
  return (
    <>
      <Field label={t('tiktok.methodLabel')} help={t(`tiktok.methodHelp.${value.method}`)}>
        {(id) => (
          <Select
            id={id}
            label={t('tiktok.methodLabel')}
            value={value.method}
            disabled={disabled}
            options={METHODS.map((one) => ({ value: one, label: t(`tiktok.method.${one}`) }))}
            onChange={(method) => change({ method })}
          />
        )}
      </Field>
      <Field label={t('tiktok.titleLabel')} help={t('tiktok.titleHelp')}>
        {(id) => (
          <TextInput
            id={id}
            dir="auto"
            maxLength={90}
            disabled={disabled}
            value={value.title}
            onChange={(event) => change({ title: event.target.value })}
          />
        )}
      </Field>
      <Field label={t('tiktok.privacyLabel')}>
        {(id) => (
          <Select
            id={id}
            label={t('tiktok.privacyLabel')}
            value={value.privacy}
            disabled={disabled}
            options={PRIVACY.map((one) => ({ value: one, label: t(`tiktok.privacy.${one}`) }))}
            onChange={(privacy) => change({ privacy })}
          />
        )}
      </Field>
      <Toggle
        label={t('tiktok.commentLabel')}
        on={value.comment}
        disabled={disabled}
        set={(comment) => change({ comment })}
      />
      <Toggle
        label={t('tiktok.duetLabel')}
        on={value.duet}
        disabled={disabled}
        set={(duet) => change({ duet })}
      />
      <Toggle
        label={t('tiktok.stitchLabel')}
        on={value.stitch}
        disabled={disabled}
        set={(stitch) => change({ stitch })}
      />
      <Field label={t('tiktok.aiLabel')} help={t(`tiktok.aiHelp.${value.made_with_ai}`)}>
        {(id) => (
          <Select
            id={id}
            label={t('tiktok.aiLabel')}
            value={value.made_with_ai}
            disabled={disabled}
            options={AI.map((one) => ({ value: one, label: t(`tiktok.ai.${one}`) }))}
            onChange={(made_with_ai) => change({ made_with_ai })}
          />
        )}
      </Field>
      <Toggle
        label={t('tiktok.brandOrganicLabel')}
        on={value.brand_organic}
        disabled={disabled}
        set={(brand_organic) => change({ brand_organic })}
      />
      <Toggle
        label={t('tiktok.brandContentLabel')}
        on={value.brand_content}
        disabled={disabled}
        set={(brand_content) => change({ brand_content })}
      />
    </>
  );
}

function Youtube({ value, disabled, onChange }: Props<'youtube'>) {
  const { t } = useTranslation('publish');
  const change = (part: Partial<Of<'youtube'>>) => onChange({ ...value, ...part });
  return (
    <>
      <Field label={t('youtube.titleLabel')} help={t('youtube.titleHelp')}>
        {(id) => (
          <TextInput
            id={id}
            dir="auto"
            maxLength={200}
            disabled={disabled}
            value={value.title}
            onChange={(event) => change({ title: event.target.value })}
          />
        )}
      </Field>
      <Field label={t('youtube.visibilityLabel')}>
        {(id) => (
          <Select
            id={id}
            label={t('youtube.visibilityLabel')}
            value={value.visibility}
            disabled={disabled}
            options={VISIBILITY.map((one) => ({ value: one, label: t(`youtube.visibility.${one}`) }))}
            onChange={(visibility) => change({ visibility })}
          />
        )}
      </Field>
      <Toggle
        label={t('youtube.kidsLabel')}
        help={t('youtube.kidsHelp')}
        on={value.made_for_kids}
        disabled={disabled}
        set={(made_for_kids) => change({ made_for_kids })}
      />
      <Tags tags={value.tags} disabled={disabled} onChange={(tags) => change({ tags })} />
    </>
  );
}

/** Words with a comma between them. */
function Tags(props: { tags: readonly string[]; disabled: boolean; onChange: (tags: string[]) => void }) {
  const { t } = useTranslation('publish');
  return (
    <Field label={t('youtube.tagsLabel')} help={t('youtube.tagsHelp')}>
      {(id) => (
        <TextInput
          id={id}
          dir="auto"
          disabled={props.disabled}
          defaultValue={props.tags.join(', ')}
          onChange={(event) =>
            props.onChange(
              event.target.value
                .split(',')
                .map((tag) => tag.trim())
                .filter((tag) => tag !== ''),
            )
          }
        />
      )}
    </Field>
  );
}

function Instagram({ value, disabled, onChange }: Props<'instagram'>) {
  const { t } = useTranslation('publish');
  return (
    <>
      <Field label={t('instagram.kindLabel')}>
        {(id) => (
          <Select
            id={id}
            label={t('instagram.kindLabel')}
            value={value.kind}
            disabled={disabled}
            options={KINDS.map((one) => ({ value: one, label: t(`instagram.kind.${one}`) }))}
            onChange={(kind) => onChange({ ...value, kind, trial: value.trial && kind === 'reel' })}
          />
        )}
      </Field>
      <Toggle
        label={t('instagram.trialLabel')}
        help={t('instagram.trialHelp')}
        on={value.trial}
        disabled={disabled || value.kind === 'story'}
        set={(trial) => onChange({ ...value, trial })}
      />
    </>
  );
}

function Toggle(props: {
  label: string;
  help?: ReactNode;
  on: boolean;
  disabled: boolean;
  set: (on: boolean) => void;
}) {
  return (
    <div className={css.toggle}>
      <span>
        {props.label}
        {props.help && <span className={css.toggleHelp}>{props.help}</span>}
      </span>
      <Switch label={props.label} checked={props.on} disabled={props.disabled} onChange={props.set} />
    </div>
  );
}
