/** All about one clip at one time: on each account where it stands, why, and what can be done. */
import { CalendarClock, ExternalLink, RotateCw, Undo2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useScope } from '../../../app/scope';
import { useSay } from '../../../app/toasts';
import type { Publication } from '../../../backend/bindings/calls';
import { Button } from '../../../components/Button';
import { Dialog } from '../../../components/Dialog';
import { exactly } from '../../../lib/format';
import { accountTitle } from '../../../lib/platforms';
import { dayText, minuteText, type Zone } from '../../../lib/zone';
import css from '../Publish.module.css';
import { useSettingsText } from '../settingsText';
import { StandingMark, useStanding } from './EntryCard';
import { type Entry, movable, standingOf } from './entries';
import { type EntryActions, failedOf } from './useEntryActions';

export function EntryDialog(props: {
  entry: Entry;
  zone: Zone;
  actions: EntryActions;
  onMove: () => void;
  onClose: () => void;
}) {
  const { entry, zone, actions } = props;
  const { t, i18n } = useTranslation('publish');
  const { day, minute } = zone.wall(entry.at);
  const can = movable(entry).length > 0;
  const again = failedOf(entry);
  const date = dayText(day, i18n.language, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  });
  const leave = (work: () => void) => () => {
    props.onClose();
    work();
  };
  return (
    <Dialog
      open
      width={620}
      onClose={props.onClose}
      title={entry.name ?? t('clipGone')}
      footer={
        <>
          {again.length > 0 && (
            <Button icon={<RotateCw />} shortcut="R" onClick={leave(() => void actions.retry(again))}>
              {t('retry', { count: again.length })}
            </Button>
          )}
          {can && (
            <>
              <Button
                tone="danger"
                icon={<Undo2 />}
                shortcut="Delete"
                onClick={leave(() => void actions.cancel(entry))}
              >
                {t('takeBack')}
              </Button>
              <Button icon={<CalendarClock />} shortcut="M" onClick={leave(props.onMove)}>
                {t('moveTo')}
              </Button>
            </>
          )}
        </>
      }
    >
      <p className={css.date}>
        {entry.now
          ? t('wentAtOnce', { when: `${date}, ${minuteText(minute)}` })
          : `${date}, ${minuteText(minute)}`}
        <span className={css.muted}> {zone.name}</span>
      </p>
      <ul className={css.posts}>
        {entry.posts.map((post) => (
          <Post key={post.id} post={post} />
        ))}
      </ul>
    </Dialog>
  );
}

function Post({ post }: { post: Publication }) {
  const { t, i18n } = useTranslation('publish');
  const standing = standingOf(post);
  const says = useStanding();
  const { backend } = useScope();
  const say = useSay();
  const see = (url: string) => say.failing(backend.openLink(url));
  const settings = useSettingsText();
  return (
    <li className={css.postRow}>
      <div className={css.postHead}>
        <h3>{accountTitle(post.account, post.platform)}</h3>
        <StandingMark standing={standing}>{says(post)}</StandingMark>
        {post.url && (
          <Button tone="plain" icon={<ExternalLink />} title={post.url} onClick={() => see(post.url ?? '')}>
            {t('seeIt')}
          </Button>
        )}
      </div>
      <p className={css.muted}>
        {t(`stateHelp.${standing}`)}
        {post.ended_at !== null && ` ${exactly(post.ended_at, i18n.language)}`}
      </p>
      {post.elsewhere && <p className={css.muted}>{t('elsewhereHelp')}</p>}
      {post.why && (
        <p className={css.why} data-selectable>
          {post.why}
        </p>
      )}
      <p className={css.caption} dir="auto" data-selectable>
        {post.caption === '' ? <span className={css.muted}>{t('noCaption')}</span> : post.caption}
      </p>
      <p className={css.muted}>{settings(post.settings)}</p>
    </li>
  );
}
