/** The page of one project: reads it, and says what is wrong when it cannot be read. */
import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useCall } from '../../app/queries';
import { FailureView, Loading, Skeleton } from '../../components/States';
import { Workbench } from './Workbench';
import css from './Workbench.module.css';

export function ProjectPage() {
  const { id } = useParams({ from: '/projects/$id' });
  const { t } = useTranslation('project');
  const project = useCall('project_show', { id });

  if (project.data) return <Workbench key={id} detail={project.data} />;
  if (project.error) {
    return (
      <FailureView failure={project.error} onRetry={() => void project.refetch()}>
        <Link to="/projects">{t('page.all')}</Link>
      </FailureView>
    );
  }
  return (
    <Loading>
      <div className={css.loading}>
        <div>
          <Skeleton height={32} />
          <Skeleton height={120} />
          <Skeleton height={90} />
          <Skeleton height={90} />
        </div>
        <Skeleton width={280} height={498} radius={10} />
        <div>
          <Skeleton height={32} />
          <Skeleton height={240} />
        </div>
      </div>
    </Loading>
  );
}
