/** What goes out, seen before it goes: whose it is, to which accounts, which clips with what was found wrong with them. */
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Send } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../../app/commands/commands';
import { useProfile } from '../../../app/profiles';
import { keyOf } from '../../../app/queries';
import { useScope } from '../../../app/scope';
import { useToasts } from '../../../app/toasts';
import { type Failure, asFailure } from '../../../backend/backend';
import type { PublishOrder, PublishPlan, PublishShown } from '../../../backend/bindings/calls';
import { Avatar } from '../../../components/Avatar';
import { Button } from '../../../components/Button';
import { Dialog } from '../../../components/Dialog';
import { Empty, FailureView, Loading, Skeleton } from '../../../components/States';
import { storedFor } from '../../../lib/stored';
import { zoneOf } from '../../../lib/zone';
import { canPublish, usable } from '../ready';
import { ChooseAccounts } from './ChooseAccounts';
import { ChooseClips } from './ChooseClips';
import { ChooseTemplate } from './ChooseTemplate';
import { ChooseTime } from './ChooseTime';
import css from './Sheet.module.css';
import { SheetClip } from './SheetClip';
import type { Asked } from './asked';
import { captionsOf, firstTimes, orderOf, whenOf, withCaption } from './order';
import { useQuestion } from './question';

const SEND = { now: 'publishNow', at: 'schedule', spread: 'schedule', draft: 'makeDrafts' } as const;
const DONE = { now: 'onTheirWay', at: 'placed', spread: 'placed', draft: 'drafted' } as const;
const STORED = 'publish.accounts';

export function Sheet(props: {
  asked: Asked;
  shown: PublishShown;
  onClose: () => void;
  onSetup: () => void;
}) {
  const { shown } = props;
  const { t } = useTranslation('publish');
  if (!canPublish(shown)) {
    return (
      <Dialog open onClose={props.onClose} title={t('title')}>
        <Empty
          icon={<Send />}
          title={t('notReady')}
          text={t(shown.key ? 'notice.noAccounts' : 'notice.notConnected')}
        >
          <Button
            tone="primary"
            onClick={() => {
              props.onClose();
              props.onSetup();
            }}
          >
            {t(shown.key ? 'notice.choose' : 'notice.connect')}
          </Button>
        </Empty>
      </Dialog>
    );
  }
  return <Choices {...props} />;
}

function Choices({ asked, shown, onClose }: { asked: Asked; shown: PublishShown; onClose: () => void }) {
  const { t } = useTranslation(['publish', 'common']);
  const scope = useScope();
  const toasts = useToasts();
  const profile = useProfile();
  const stored = storedFor(scope.session.profile.id);
  const zone = useMemo(() => zoneOf(shown.time_zone), [shown.time_zone]);
  const there = shown.accounts.filter(usable).map((account) => account.id);

  const [clips, setClips] = useState<readonly string[]>(asked.clips);
  const [choosing, setChoosing] = useState(asked.clips.length === 0);
  const [picked, setPicked] = useState<readonly string[]>(() => {
    const before = asked.accounts ?? stored.read<readonly string[]>(STORED, there);
    const still = there.filter((id) => before.includes(id));
    return still.length > 0 ? still : there;
  });
  const accounts = picked.filter((id) => there.includes(id));
  const [times, setTimes] = useState(() =>
    firstTimes(asked.clips.length, asked.at, shown.settings.slots, zone, Date.now()),
  );
  const [template, setTemplate] = useState<string | null>(null);
  const [captions, setCaptions] = useState(() => captionsOf(asked.captions ?? []));
  const [sending, setSending] = useState(false);
  const [refused, setRefused] = useState<Failure | null>(null);

  const order = orderOf({ clips, accounts, when: whenOf(times, zone), caption: template, captions });
  const plan = usePlan(order);
  // Only what was looked at just as it is now can be confirmed.
  const confirmable = plan.fresh && plan.data ? plan.data : null;
  const posts = plan.data?.posts ?? [];
  const question = useQuestion();
  // What was not looked at is not confirmed.
  const ready = !choosing && (confirmable?.ready ?? false);
  const asking = confirmable && question(confirmable, times.how);

  const send = async (confirmed: PublishPlan, meant: PublishOrder) => {
    setSending(true);
    setRefused(null);
    try {
      const { publications } = await scope.call('publish_start', { order: meant, seal: confirmed.seal });
      if (!asked.accounts) stored.write(STORED, meant.accounts);
      toasts.show({ tone: 'good', text: t(DONE[meant.when.when], { count: publications.length }) });
      onClose();
    } catch (thrown) {
      setRefused(asFailure(thrown));
      plan.again();
    }
    setSending(false);
  };
  const confirm = () => {
    if (ready && confirmable && order && !sending) void send(confirmable, order);
  };
  useCommand({
    id: 'publish.confirm',
    group: t('title'),
    title: t('commands.confirm'),
    key: 'Ctrl+Enter',
    hidden: true,
    enabled: ready && !sending,
    run: () => confirm(),
  });

  return (
    <Dialog
      open
      size="full"
      width={1040}
      onClose={onClose}
      title={t('sheetTitle')}
      footer={
        <div className={css.foot}>
          {refused && <FailureView compact failure={refused} />}
          {plan.error && <FailureView compact failure={plan.error} onRetry={plan.again} />}
          <p className={css.question} role="status" dir="auto">
            {choosing && clips.length > 0
              ? t('needs.look')
              : (asking ?? (order === null ? t(missing(clips, accounts)) : plan.error ? '' : t('looking')))}
          </p>
          {confirmable && !confirmable.ready && !choosing && <p className={css.wrong}>{t('notYet')}</p>}
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          <Button
            tone="primary"
            icon={<Send />}
            shortcut="Ctrl+Enter"
            busy={sending}
            disabled={!ready}
            onClick={confirm}
          >
            {clips.length === 0
              ? t('publishClips')
              : t(SEND[times.how], { count: clips.length * accounts.length })}
          </Button>
        </div>
      }
    >
      <div className={css.sheet}>
        <div className={css.choices}>
          <div className={css.brand}>
            <Avatar name={profile.name} colour={profile.colour} size={36} />
            <div>
              <p className={css.brandName} dir="auto">
                {profile.name}
              </p>
              <p className={css.muted}>{t('brandHelp')}</p>
            </div>
          </div>
          <ChooseAccounts accounts={shown.accounts} chosen={accounts} onChange={setPicked} />
          <ChooseTime
            times={times}
            zone={zone}
            slots={shown.settings.slots}
            jitter={shown.settings.jitter_min}
            onChange={setTimes}
          />
          <ChooseTemplate templates={shown.settings.templates} chosen={template} onChange={setTemplate} />
        </div>
        <section className={css.clips} aria-label={t('clips')}>
          <header className={css.clipsHead}>
            <h3>{t('clipsCount', { count: clips.length })}</h3>
            <Button
              aria-expanded={choosing}
              disabled={choosing && clips.length === 0}
              onClick={() => setChoosing(!choosing)}
            >
              {t(choosing ? 'chosen' : 'chooseClips')}
            </Button>
          </header>
          {choosing ? (
            <ChooseClips chosen={clips} onChange={setClips} />
          ) : posts.length === 0 && !plan.error && order !== null ? (
            <Loading>
              <Skeleton height={150} radius={10} />
              <Skeleton height={150} radius={10} />
            </Loading>
          ) : (
            clips.map((clip) => (
              <SheetClip
                key={clip}
                clip={clip}
                posts={posts.filter((post) => post.clip === clip)}
                originality={plan.data?.originality.find((one) => one.clip === clip) ?? null}
                freshDays={shown.settings.fresh_after_days}
                zone={zone}
                draft={times.how === 'draft'}
                captions={captions}
                onCaption={(account, text) => setCaptions((now) => withCaption(now, clip, account, text))}
                onRemove={clips.length > 1 ? () => setClips(clips.filter((other) => other !== clip)) : null}
              />
            ))
          )}
        </section>
      </div>
    </Dialog>
  );
}

/** What is written is looked at once the hands rest. */
const REST_MS = 300;

/** What would come of the order; what came of the one before stays until then. */
function usePlan(order: PublishOrder | null) {
  const scope = useScope();
  const [asked, setAsked] = useState(order);
  const wanted = JSON.stringify(order);
  const same = JSON.stringify(asked) === wanted;
  useEffect(() => {
    const timer = setTimeout(() => setAsked(JSON.parse(wanted) as PublishOrder | null), REST_MS);
    return () => clearTimeout(timer);
  }, [wanted]);
  const query = useQuery<PublishPlan, Failure>({
    queryKey: asked ? keyOf('publish_propose', { order: asked }) : ['publish_propose', null],
    queryFn: () => scope.call('publish_propose', { order: asked as PublishOrder }),
    enabled: asked !== null,
    placeholderData: keepPreviousData,
    // What may have changed is looked at anew each time the sheet is opened.
    gcTime: 0,
  });
  const { data, error, isFetching, isPlaceholderData, refetch } = query;
  return {
    /** Of an order before this one, while `fresh` is not true. */
    data: order === null ? undefined : data,
    error: same ? error : null,
    /** It is what would come of the order just as it is now. */
    fresh: same && order !== null && data !== undefined && !isFetching && !isPlaceholderData,
    again: () => void refetch(),
  };
}

/** What has to be chosen first. */
function missing(clips: readonly string[], accounts: readonly string[]) {
  if (clips.length === 0) return 'needs.clips';
  return accounts.length === 0 ? 'needs.accounts' : 'needs.time';
}
