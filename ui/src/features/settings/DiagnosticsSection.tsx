/** Is everything there that a video needs, and a file to send to whoever helps. */
import { CircleAlert, CircleCheck, CircleX, FileArchive, RefreshCw } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useCall, useChange } from '../../app/queries';
import { useScope } from '../../app/scope';
import { useSay, useToasts } from '../../app/toasts';
import type { Reply } from '../../backend/backend';
import { Button } from '../../components/Button';
import { FailureView, Loading, Skeleton } from '../../components/States';
import css from './Diagnostics.module.css';
import { Group, Section, Setting } from '../../components/Setting';

type Line = Reply<'doctor'>[number];

export function DiagnosticsSection() {
  const { t } = useTranslation('settings');
  const { backend, session } = useScope();
  const toasts = useToasts();
  const say = useSay();
  const doctor = useCall('doctor', { profile: session.profile.id });
  const bundle = useChange('diagnostics');

  const save = async () => {
    const to = await backend.chooseGoal(t('saveBundle'), 'edit-factory-diagnostics.zip');
    if (to === null) return;
    const path = await bundle.mutateAsync({ to });
    toasts.show({
      tone: 'good',
      text: t('bundleSaved'),
      action: { label: t('show'), run: () => say.failing(backend.reveal(path)) },
    });
  };

  return (
    <Section title={t('section.diagnostics')} text={t('diagnosticsText')}>
      <Group>
        <Setting label={t('bundle')} help={t('bundleHelp')}>
          <Button icon={<FileArchive />} busy={bundle.isPending} onClick={() => say.failing(save())}>
            {t('saveBundleButton')}
          </Button>
        </Setting>
      </Group>
      <div>
        <div className={css.head}>
          <h3>{t('doctor')}</h3>
          <Button
            tone="plain"
            icon={<RefreshCw />}
            busy={doctor.isFetching}
            onClick={() => void doctor.refetch()}
          >
            {t('again')}
          </Button>
        </div>
        {doctor.error && <FailureView compact failure={doctor.error} />}
        {doctor.isPending && (
          <Loading>
            <Skeleton height={320} radius={10} />
          </Loading>
        )}
        {doctor.data && (
          <ul className={css.lines}>
            {doctor.data.map((line, index) => (
              <DoctorLine key={`${line.name} ${index}`} line={line} />
            ))}
          </ul>
        )}
      </div>
    </Section>
  );
}

function DoctorLine({ line }: { line: Line }) {
  const { t } = useTranslation('settings');
  const state = !line.ok ? 'bad' : line.todo ? 'warn' : 'good';
  const Icon = { bad: CircleX, warn: CircleAlert, good: CircleCheck }[state];
  return (
    <li className={css.line} data-state={state}>
      <Icon aria-label={t(`state.${state}`)} role="img" />
      <span className={css.name}>{line.name}</span>
      <div data-selectable>
        <p>{line.says}</p>
        {line.todo && <p className={css.todo}>{line.todo}</p>}
      </div>
    </li>
  );
}
