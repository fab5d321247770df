/** Piper's voices on this machine: what can be had, what is here, what is on its way. They serve every profile. */
import { FolderOpen, PackageOpen } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useCall, useChange } from '../../app/queries';
import { useScope } from '../../app/scope';
import { useSay, useToasts } from '../../app/toasts';
import type { Reply } from '../../backend/backend';
import { Button } from '../../components/Button';
import { FailureView, Loading, Skeleton } from '../../components/States';
import { size } from '../../lib/format';
import { ArrivingVoice } from './installed/ArrivingVoice';
import { InstalledVoice } from './installed/InstalledVoice';
import { Group, Setting } from '../../components/Setting';

type Catalog = Reply<'voice_catalog_show'>;

const PACKAGES = ['whl', 'zip', 'tgz', 'gz', 'onnx'];

export function InstalledVoices() {
  const { t, i18n } = useTranslation(['installed', 'common']);
  const { backend } = useScope();
  const say = useSay();
  const toasts = useToasts();
  const catalog = useCall('voice_catalog_show', {});
  const take = useChange('voice_import');
  const arriving = catalog.data?.arriving ?? null;

  const taken = async (path: string | null | undefined) => {
    if (!path) return;
    const ids = await take.mutateAsync({ path });
    toasts.show({ tone: 'good', text: t('taken', { names: ids.join(', ') }) });
  };
  const fromFolder = async () => taken(await backend.chooseFolder(t('chooseFolder')));
  const fromPackage = async () => {
    const kinds = [{ name: t('packages'), extensions: PACKAGES }];
    return taken((await backend.chooseFiles(t('choosePackage'), kinds))[0]);
  };

  if (catalog.error) return <FailureView failure={catalog.error} onRetry={() => void catalog.refetch()} />;
  if (!catalog.data) {
    return (
      <Loading>
        <Skeleton height={180} radius={10} />
      </Loading>
    );
  }
  const busy = arriving !== null || take.isPending;
  return (
    <Group title={t('title')}>
      <Setting label={t('runtime')} help={runtimeText(catalog.data, t, i18n.language)} />
      {catalog.data.voices.map((voice) => (
        <InstalledVoice key={voice.id} voice={voice} catalog={catalog.data} busy={busy} />
      ))}
      {arriving && <ArrivingVoice arriving={arriving} />}
      <Setting label={t('own')} help={t('ownHelp')}>
        <Button icon={<FolderOpen />} disabled={busy} onClick={() => say.failing(fromFolder())}>
          {t('fromFolder')}
        </Button>
        <Button icon={<PackageOpen />} disabled={busy} onClick={() => say.failing(fromPackage())}>
          {t('fromPackage')}
        </Button>
      </Setting>
    </Group>
  );
}

type Words = ReturnType<typeof useTranslation<['installed', 'common']>>['t'];

/** What runs the voices: its version when it is here, else what would come along with the first voice. */
function runtimeText({ runtime }: Catalog, t: Words, language: string): string {
  if (runtime.installed) {
    const bytes = runtime.installed_bytes;
    return t('runtimeHere', {
      version: runtime.installed,
      size: bytes === null ? '?' : size(bytes, language),
    });
  }
  if (!runtime.offered) return t('runtimeNone');
  return t('runtimeComes', {
    version: runtime.offered,
    size: runtime.bytes === null ? t('sizeUnknown') : size(runtime.bytes, language),
    licence: runtime.licence ?? t('licenceUnknown'),
  });
}
