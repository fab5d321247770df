/** All projects of the profile. */
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Clapperboard, Plus, Sparkles } from 'lucide-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../app/commands/commands';
import { keyOf, useCall, useChange } from '../../app/queries';
import { useScope } from '../../app/scope';
import { useToasts } from '../../app/toasts';
import type { Failure } from '../../backend/backend';
import type { Project } from '../../backend/bindings/calls';
import { Button } from '../../components/Button';
import { SearchInput } from '../../components/Fields';
import { Empty, FailureView, Loading, Skeleton } from '../../components/States';
import { ProjectCard } from './list/ProjectCard';
import { ProjectDialog } from './list/ProjectDialog';
import css from './list/Projects.module.css';
import { usePerform, useRemoval } from './model/changes';

const PLATFORM = 'tiktok';
/** From this many on it is worth searching. */
const MANY = 8;

export function ProjectsPage() {
  const { t } = useTranslation('project');
  const scope = useScope();
  const client = useQueryClient();
  const navigate = useNavigate();
  const toasts = useToasts();
  const perform = usePerform();
  const removal = useRemoval();
  const projects = useCall('project_list', {});
  const platforms = useCall('platform_list', {});
  const create = useChange('project_create');
  const demo = useChange('demo_project');
  const [dialog, setDialog] = useState<'new' | Project | null>(null);
  const [focused, setFocused] = useState<string | null>(null);
  const [text, setText] = useState('');
  const [now] = useState(() => Date.now());
  const grid = useRef<HTMLDivElement>(null);

  const wanted = text.trim().toLowerCase();
  const list = (projects.data ?? []).filter((one) => one.name.toLowerCase().includes(wanted));
  const chosen = list.find((one) => one.id === focused) ?? null;
  const titles = new Map(platforms.data?.map((one) => [one.name, one.title]));

  const again = () => client.invalidateQueries({ queryKey: keyOf('project_list', {}) });
  const fail = (failure: Failure) => toasts.show({ tone: 'bad', text: failure.message, failure });
  const open = (id: string) => void navigate({ to: '/projects/$id', params: { id } });

  const make = (name: string, platform: string) => {
    const usual = { caption_style: null, captions: true, voice: null, voice_gain_db: 0, music: null };
    const look = { ...usual, platform, source_sound_db: null, framing: null };
    create.mutate(
      { name, look },
      {
        onSuccess: (project) => {
          setDialog(null);
          void again();
          open(project.id);
        },
        onError: fail,
      },
    );
  };
  const rename = (project: Project, name: string) => {
    setDialog(null);
    if (name === project.name) return;
    const put = (next: string) => async () => {
      const { look } = (await scope.call('project_show', { id: project.id })).project;
      await scope.call('project_update', { id: project.id, name: next, look });
      await again();
    };
    perform(t('projects.renamed'), put(name), put(project.name));
  };
  const remove = (project: Project) =>
    void removal({
      label: t('projects.removedStep'),
      text: t('projects.removed', { name: project.name }),
      remove: async () => {
        await scope.call('project_remove', { id: project.id });
        await again();
      },
      restore: async () => {
        await scope.call('project_restore', { id: project.id });
        await again();
      },
    });
  const tryOurs = () => demo.mutate({}, { onSuccess: (project) => open(project.id), onError: fail });

  /** Cards are a grid to the arrow keys. */
  const move = (event: React.KeyboardEvent) => {
    const links = [...(grid.current?.querySelectorAll<HTMLElement>('[data-project]') ?? [])];
    const at = links.indexOf(document.activeElement as HTMLElement);
    if (at < 0) return;
    const top = links[0]?.offsetTop;
    const across = Math.max(
      1,
      links.filter(
        (link) =>
          link.closest('article')?.offsetTop === links[0]?.closest('article')?.offsetTop &&
          link.offsetTop === top,
      ).length,
    );
    const by = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -across, ArrowDown: across }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    links[Math.min(links.length - 1, Math.max(0, at + by))]?.focus();
  };

  const group = t('commandsList');
  useCommand({ id: 'projects.new', group, title: t('projects.new'), key: 'N', run: () => setDialog('new') });
  useCommand({
    id: 'projects.rename',
    group,
    title: t('projects.rename'),
    key: 'F2',
    enabled: chosen !== null,
    run: () => chosen && setDialog(chosen),
  });
  useCommand({
    id: 'projects.remove',
    group,
    title: t('projects.remove'),
    key: 'Delete',
    enabled: chosen !== null,
    run: () => chosen && remove(chosen),
  });

  const ours = (
    <Button icon={<Sparkles />} busy={demo.isPending} onClick={tryOurs}>
      {t('projects.demo')}
    </Button>
  );
  return (
    <div className={css.page}>
      <header className={css.head}>
        <h1>{t('projects.title')}</h1>
        {(projects.data?.length ?? 0) >= MANY && (
          <SearchInput label={t('projects.search')} value={text} onChange={setText} />
        )}
        {(projects.data?.length ?? 0) > 0 && (
          <Button tone="primary" icon={<Plus />} shortcut="N" onClick={() => setDialog('new')}>
            {t('projects.new')}
          </Button>
        )}
      </header>
      <div className={css.scroll}>
        {projects.isPending && (
          <Loading>
            <div className={css.grid}>
              {[1, 2, 3].map((one) => (
                <Skeleton key={one} height={210} radius={10} />
              ))}
            </div>
          </Loading>
        )}
        {projects.error && <FailureView failure={projects.error} onRetry={() => void projects.refetch()} />}
        {projects.data?.length === 0 && (
          <Empty icon={<Clapperboard />} title={t('projects.none')} text={t('projects.noneText')}>
            <Button tone="primary" icon={<Plus />} shortcut="N" onClick={() => setDialog('new')}>
              {t('projects.new')}
            </Button>
            {ours}
          </Empty>
        )}
        {projects.data && projects.data.length > 0 && list.length === 0 && (
          <Empty title={t('projects.notFound', { text })}>
            <Button onClick={() => setText('')}>{t('projects.showAll')}</Button>
          </Empty>
        )}
        <div ref={grid} className={css.grid} onKeyDown={move}>
          {list.map((project) => (
            <ProjectCard
              key={project.id}
              project={project}
              platform={titles.get(project.look.platform) ?? project.look.platform}
              now={now}
              onFocus={() => setFocused(project.id)}
              onRename={() => setDialog(project)}
              onRemove={() => remove(project)}
            />
          ))}
        </div>
      </div>
      {dialog === 'new' && (
        <ProjectDialog
          title={t('projects.new')}
          action={t('projects.create')}
          name={t('projects.newName', { number: (projects.data?.length ?? 0) + 1 })}
          platform={PLATFORM}
          busy={create.isPending}
          onClose={() => setDialog(null)}
          onDone={make}
        />
      )}
      {dialog !== null && dialog !== 'new' && (
        <ProjectDialog
          title={t('projects.rename')}
          action={t('projects.renameDone')}
          name={dialog.name}
          onClose={() => setDialog(null)}
          onDone={(name) => rename(dialog, name)}
        />
      )}
    </div>
  );
}
