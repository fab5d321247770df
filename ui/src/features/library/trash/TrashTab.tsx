/** What was taken away: it comes back with one click, and finished videos can be erased for good. */
import { ArchiveRestore, Eraser, Trash2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '../../../app/queries';
import { useScope } from '../../../app/scope';
import { Button } from '../../../components/Button';
import { Empty, FailureView, Loading, Skeleton } from '../../../components/States';
import { duration, size } from '../../../lib/format';
import css from '../LibraryPage.module.css';
import { Toolbar } from '../Toolbar';
import { Still } from '../media/Still';
import { useUndoable } from '../../../app/undoable';
import list from './Trash.module.css';
import { useErase } from './useErase';

export function TrashTab() {
  const { t, i18n } = useTranslation('library');
  const scope = useScope();
  const undoable = useUndoable();
  const sources = useCall('source_trash', {});
  const clips = useCall('clip_trash', {});
  const { erase, waiting } = useErase();
  const gone = clips.data?.filter((clip) => !waiting.has(clip.id));

  const restoreSource = (row: { id: string; name: string }) =>
    void undoable({
      label: t('trash.restored', { name: row.name }),
      redo: () => scope.call('source_restore', { id: row.id }),
      undo: () => scope.call('source_remove', { id: row.id }),
    });
  const restoreClip = (row: { id: string; name: string }) =>
    void undoable({
      label: t('trash.restored', { name: row.name }),
      redo: () => scope.call('clip_restore', { id: row.id }),
      undo: () => scope.call('clip_remove', { id: row.id }),
    });

  const failure = sources.error ?? clips.error;
  const retry = () => {
    void sources.refetch();
    void clips.refetch();
  };
  const about = (row: { duration_ms: number; bytes: number }) =>
    `${duration(row.duration_ms)} · ${size(row.bytes, i18n.language)}`;
  const nothing = sources.data?.length === 0 && gone?.length === 0;

  return (
    <>
      <Toolbar
        actions={
          gone &&
          gone.length > 0 && (
            <Button tone="danger" icon={<Eraser />} onClick={() => erase(gone)}>
              {t('trash.eraseAll', { count: gone.length })}
            </Button>
          )
        }
      >
        <p className={css.count}>{t('trash.hint')}</p>
      </Toolbar>
      <div className={list.page}>
        {failure && (
          <FailureView failure={failure} compact={!!sources.data || !!clips.data} onRetry={retry} />
        )}
        {!failure && (!sources.data || !gone) && (
          <Loading>
            <Skeleton height={48} />
            <Skeleton height={48} />
            <Skeleton height={48} />
          </Loading>
        )}
        {nothing && <Empty icon={<Trash2 />} title={t('trash.empty')} text={t('trash.emptyText')} />}
        {gone && gone.length > 0 && (
          <Group title={t('tabs.clips')} count={gone.length}>
            {gone.map((row) => (
              <Row key={row.id} name={row.name} about={about(row)} thumb={row.thumb}>
                <Button icon={<ArchiveRestore />} onClick={() => restoreClip(row)}>
                  {t('trash.restore')}
                </Button>
                <Button tone="danger" icon={<Eraser />} onClick={() => erase([row])}>
                  {t('trash.erase')}
                </Button>
              </Row>
            ))}
          </Group>
        )}
        {sources.data && sources.data.length > 0 && (
          <Group title={t('tabs.footage')} count={sources.data.length} note={t('trash.footageNote')}>
            {sources.data.map((row) => (
              <Row key={row.id} name={row.name} about={about(row)} thumb={row.thumb}>
                <Button icon={<ArchiveRestore />} onClick={() => restoreSource(row)}>
                  {t('trash.restore')}
                </Button>
              </Row>
            ))}
          </Group>
        )}
      </div>
    </>
  );
}

function Group(props: { title: string; count: number; note?: string; children: ReactNode }) {
  return (
    <section className={list.group} aria-label={props.title}>
      <header>
        <h2>{props.title}</h2>
        <span>{props.count}</span>
        {props.note && <p>{props.note}</p>}
      </header>
      <ul>{props.children}</ul>
    </section>
  );
}

function Row(props: { name: string; about: string; thumb: string | null; children: ReactNode }) {
  const scope = useScope();
  return (
    <li className={list.row}>
      <span className={list.still}>
        <Still src={props.thumb ? scope.media.file(props.thumb) : null} />
      </span>
      <span className={list.words}>
        <strong dir="auto" title={props.name}>
          {props.name}
        </strong>
        <span>{props.about}</span>
      </span>
      <span className={list.actions}>{props.children}</span>
    </li>
  );
}
