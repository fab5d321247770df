import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '../../../app/queries';
import { Button } from '../../../components/Button';
import { Dialog } from '../../../components/Dialog';
import { Field, Select, TextInput } from '../../../components/Fields';
import css from './Projects.module.css';

const LONGEST = 300;

/** Names a project; a new one gets its platform, too. */
export function ProjectDialog(props: {
  title: string;
  action: string;
  name: string;
  platform?: string;
  busy?: boolean;
  onClose: () => void;
  onDone: (name: string, platform: string) => void;
}) {
  const { t } = useTranslation(['project', 'common']);
  const platforms = useCall('platform_list', {});
  const [name, setName] = useState(props.name);
  const [platform, setPlatform] = useState(props.platform ?? '');
  const [missing, setMissing] = useState(false);
  const trimmed = name.trim();

  return (
    <Dialog
      open
      onClose={props.onClose}
      title={props.title}
      width={420}
      footer={
        <>
          <Button tone="plain" onClick={props.onClose}>
            {t('common:cancel')}
          </Button>
          <Button tone="primary" type="submit" form="project-form" busy={props.busy ?? false}>
            {props.action}
          </Button>
        </>
      }
    >
      <form
        id="project-form"
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (trimmed === '') setMissing(true);
          else props.onDone(trimmed, platform);
        }}
      >
        <Field
          label={t('projects.name')}
          error={missing && trimmed === '' ? t('projects.nameMissing') : null}
        >
          {(id) => (
            <TextInput
              id={id}
              value={name}
              maxLength={LONGEST}
              dir="auto"
              autoFocus
              onFocus={(event) => event.target.select()}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
        {props.platform !== undefined && (
          <Field label={t('projects.platform')} help={t('projects.platformHelp')}>
            {(id) => (
              <Select
                id={id}
                value={platform}
                options={(platforms.data ?? []).map((one) => ({
                  value: one.name,
                  label: one.title,
                  note: `${one.width} × ${one.height}`,
                }))}
                onChange={setPlatform}
              />
            )}
          </Field>
        )}
      </form>
    </Dialog>
  );
}
