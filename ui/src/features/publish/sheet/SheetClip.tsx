/** One clip of the sheet: when it goes, what is written with it, what was found wrong, how new it is. */
import { CopyMinus, CopyPlus, X } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Originality, PlannedPost } from '../../../backend/bindings/calls';
import { Button, IconButton } from '../../../components/Button';
import { accountTitle } from '../../../lib/platforms';
import { dayText, minuteText, type Zone } from '../../../lib/zone';
import { ClipStill, stillOf } from '../ClipStill';
import { useSettingsText } from '../settingsText';
import { CaptionField } from './CaptionField';
import { Findings } from './Findings';
import { OriginalityMeter } from './OriginalityMeter';
import css from './Sheet.module.css';
import { type Captions, captionKey } from './order';

export function SheetClip(props: {
  clip: string;
  posts: readonly PlannedPost[];
  originality: Originality | null;
  freshDays: number;
  zone: Zone;
  /** They become drafts: no time is theirs. */
  draft: boolean;
  captions: Captions;
  onCaption: (account: string | null, text: string | null) => void;
  /** `null` where it is the only one. */
  onRemove: (() => void) | null;
}) {
  const { clip, posts, captions, zone } = props;
  const { t, i18n } = useTranslation('publish');
  const settings = useSettingsText();
  const different = posts.some((post) => captions.has(captionKey(clip, post.account.id)));
  const [apart, setApart] = useState(different);
  const [first] = posts;
  if (!first) return null;
  const byHand = (account: string | null) => captions.get(captionKey(clip, account))?.text ?? null;
  const when = () => {
    if (first.publish_at === null) return t(props.draft ? 'how.draft' : 'atOnce');
    const { day, minute } = zone.wall(first.publish_at);
    const date = dayText(day, i18n.language, { weekday: 'short', day: 'numeric', month: 'short' });
    return `${date}, ${minuteText(minute)}`;
  };
  const together = () => {
    for (const { account } of posts) props.onCaption(account.id, null);
    setApart(false);
  };
  const separately = apart && posts.length > 1;
  return (
    <article className={css.clip} aria-label={first.clip_name}>
      <ClipStill path={stillOf(clip)} />
      <div className={css.clipBody}>
        <header className={css.clipHead}>
          <h4 dir="auto">{first.clip_name}</h4>
          <span className={css.clipTime}>{when()}</span>
          {props.onRemove && (
            <IconButton label={t('leaveOut', { name: first.clip_name })} onClick={props.onRemove}>
              <X />
            </IconButton>
          )}
        </header>
        <Findings posts={posts} clip={clip} />
        {separately ? (
          posts.map((post) => (
            <CaptionField
              key={post.account.id}
              label={t('captionFor', { account: accountTitle(post.account, post.account.platform) })}
              text={byHand(post.account.id) ?? byHand(null) ?? post.caption}
              byHand={byHand(post.account.id) !== null}
              onChange={(text) => props.onCaption(post.account.id, text)}
            />
          ))
        ) : (
          <CaptionField
            label={t('captionOf', { name: first.clip_name })}
            text={byHand(null) ?? first.caption}
            byHand={byHand(null) !== null}
            onChange={(text) => props.onCaption(null, text)}
          />
        )}
        {posts.length > 1 && (
          <div>
            <Button
              tone="plain"
              icon={separately ? <CopyMinus /> : <CopyPlus />}
              onClick={separately ? together : () => setApart(true)}
            >
              {t(separately ? 'oneCaption' : 'captionEach')}
            </Button>
          </div>
        )}
        <ul className={css.settings}>
          {posts.map((post) => (
            <li key={post.account.id}>
              <span>{accountTitle(post.account, post.account.platform)}</span>
              <span className={css.muted}>{settings(post.settings)}</span>
            </li>
          ))}
        </ul>
        {props.originality && <OriginalityMeter originality={props.originality} days={props.freshDays} />}
      </div>
    </article>
  );
}
