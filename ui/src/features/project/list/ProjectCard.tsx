import { Clapperboard, EllipsisVertical, Pencil, Trash2 } from 'lucide-react';
import { Link } from '@tanstack/react-router';
import type { Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '../../../app/queries';
import { useScope } from '../../../app/scope';
import type { Project } from '../../../backend/bindings/calls';
import { IconButton } from '../../../components/Button';
import { Menu } from '../../../components/Menu';
import { ago, exactly } from '../../../lib/format';
import { msOfFrame } from '../model/lines';
import { ShotStill } from '../shots/ShotStill';
import css from './Projects.module.css';

const STILLS = 4;

/** A project: pictures of its videos, its name, what it is for. */
export function ProjectCard({
  project,
  platform,
  now,
  onRename,
  onRemove,
  onFocus,
  ref,
}: {
  project: Project;
  platform: string;
  now: number;
  onRename: () => void;
  onRemove: () => void;
  onFocus: () => void;
  ref?: Ref<HTMLAnchorElement>;
}) {
  const { t, i18n } = useTranslation('project');
  const detail = useCall('project_show', { id: project.id });
  const clips = useCall('clip_page', {
    filter: { project: project.id },
    sort: 'newest',
    limit: STILLS,
    offset: 0,
  });
  const scripts = detail.data?.scripts.length ?? 0;
  return (
    <article className={css.card}>
      <Link
        ref={ref}
        to="/projects/$id"
        params={{ id: project.id }}
        className={css.open}
        onFocus={onFocus}
        data-project={project.id}
      >
        <Stills project={project.id} clips={clips.data?.clips.map((clip) => clip.thumb) ?? null} />
        <span className={css.words}>
          <strong title={project.name} dir="auto">
            {project.name}
          </strong>
          <span>
            {[
              platform,
              t('projects.scripts', { count: scripts }),
              clips.data && clips.data.total > 0 ? t('projects.videos', { count: clips.data.total }) : null,
            ]
              .filter(Boolean)
              .join(' · ')}
          </span>
          <time title={exactly(project.created_at, i18n.language)}>
            {ago(project.created_at, now, i18n.language)}
          </time>
        </span>
      </Link>
      <span className={css.more}>
        <Menu
          trigger={
            <IconButton label={t('projects.more', { name: project.name })}>
              <EllipsisVertical />
            </IconButton>
          }
          entries={[
            {
              id: 'rename',
              label: t('projects.rename'),
              icon: <Pencil />,
              shortcut: 'F2',
              run: onRename,
            },
            {
              id: 'remove',
              label: t('projects.remove'),
              icon: <Trash2 />,
              shortcut: 'Delete',
              danger: true,
              run: onRemove,
            },
          ]}
        />
      </span>
    </article>
  );
}

/** Of its newest videos; before there are any, the shots that are planned. */
function Stills({ project, clips }: { project: string; clips: (string | null)[] | null }) {
  const scope = useScope();
  const made = clips?.filter((thumb): thumb is string => thumb !== null) ?? [];
  const planned = useCall('project_variants', { project }, { enabled: clips !== null && made.length === 0 });
  const timeline = planned.data?.batches[0]?.variants[0]?.timeline;
  const shots = timeline?.segments.slice(0, STILLS) ?? [];
  return (
    <span className={css.stills}>
      {made.map((thumb) => (
        <img key={thumb} src={scope.media.file(thumb)} alt="" loading="lazy" />
      ))}
      {made.length === 0 &&
        timeline &&
        shots.map((segment, index) => (
          <ShotStill
            key={index}
            source={segment.pick.source}
            shot={segment.pick.shot}
            inMs={segment.pick.in_ms}
            lengthMs={msOfFrame(segment.frames, timeline.fps)}
            framing={segment.framing}
            frame={timeline}
          />
        ))}
      {made.length === 0 && shots.length === 0 && <Clapperboard aria-hidden />}
    </span>
  );
}
