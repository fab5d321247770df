//! Calls about publishing: the workspace and its accounts, what would be posted, posting it, and what became of it.

use tokio_util::sync::CancellationToken;

use super::macros::arguments;
use crate::error::Failure;
use crate::home::Home;
use crate::ids::{ClipId, PublicationId};
use crate::profile::Profile;
use crate::publish::{
    self, Group, Originality, PlannedSlot, PostSettings, Publication, PublicationFilter, PublishError, PublishOrder,
    PublishPlan, PublishSettings, PublishShown, PublishStarted, When,
};

arguments! {
    profile publish {
        /// How this profile publishes, and to which accounts. Asks nobody outside this machine.
        publish_show: PublishShow {} -> PublishShown;

        /// Says how: address, time zone, slots, templates, defaults, limits. The group is chosen by `publish_group`.
        publish_set: PublishSet {
            /// All of it.
            settings: PublishSettings,
        } -> PublishShown;

        /// Asks Postiz for the groups of the workspace.
        publish_groups: PublishGroups {} -> Vec<Group>;

        /// Ties the profile to a group: its accounts are this profile's, and no others.
        publish_group: PublishGroup {
            /// Its id; `None` for accounts that are ticked one by one.
            group: Option<String>,
        } -> PublishShown;

        /// Asks Postiz for the accounts.
        publish_refresh: PublishRefresh {} -> PublishShown;

        /// Says that an account belongs to this profile, or no longer.
        publish_account: PublishAccount {
            /// Postiz's id.
            id: String,
            /// It does.
            ticked: bool,
        } -> PublishShown;

        /// Says what posts to an account are set to.
        publish_account_settings: PublishAccountSettings {
            /// Postiz's id.
            id: String,
            /// `None` for the profile's defaults.
            settings: Option<PostSettings>,
        } -> PublishShown;

        /// What posts on this platform are set to when nothing else is said: the profile's, else the program's.
        publish_defaults: PublishDefaults {
            /// As Postiz names it.
            platform: String,
        } -> PostSettings;

        /// When posts would go out. In the past, or with too few slots: fails and says so.
        publish_times: PublishTimes {
            /// How many clips.
            clips: u32,
            /// When.
            when: When,
        } -> Vec<PlannedSlot>;

        /// How near clips are to what the profile has published.
        publish_originality: PublishOriginality {
            /// Which.
            clips: Vec<ClipId>,
        } -> Vec<Originality>;

        /// The publications that are meant, by the time they go out.
        publication_list: PublicationList {
            /// Which.
            #[serde(default)]
            filter: PublicationFilter,
        } -> Vec<Publication>;

        /// One publication.
        publication_show: PublicationShow {
            /// Which.
            id: PublicationId,
        } -> Publication;

        /// Moves one that is not out yet to another time.
        publication_move: PublicationMove {
            /// Which.
            id: PublicationId,
            /// UTC milliseconds, not in the past.
            at: i64,
        } -> Publication;

        /// Takes one back that is not out yet, in Postiz too.
        publication_cancel: PublicationCancel {
            /// Which.
            id: PublicationId,
        } -> Publication;

        /// Sends those again that failed.
        publication_retry: PublicationRetry {
            /// Which; each must have failed.
            ids: Vec<PublicationId>,
        } -> PublishStarted;

        /// Asks Postiz what became of all that are under way or not known.
        publication_check: PublicationCheck {} -> PublishShown;
    }
    both publish {
        /// What would come of an order. Nothing is stored or sent.
        publish_propose: PublishPropose {
            /// What.
            order: PublishOrder,
        } -> PublishPlan;

        /// Publishes what a person has seen and confirmed.
        publish_start: PublishStart {
            /// The same order.
            order: PublishOrder,
            /// The seal of the plan that was confirmed.
            seal: String,
        } -> PublishStarted;
    }
}

pub(super) async fn publish_show(
    profile: &Profile,
    _: PublishShow,
    _: &CancellationToken,
) -> Result<PublishShown, Failure> {
    Ok(publish::show(profile)?)
}

pub(super) async fn publish_set(
    profile: &Profile,
    args: PublishSet,
    _: &CancellationToken,
) -> Result<PublishShown, Failure> {
    publish::set(profile, args.settings)?;
    Ok(publish::show(profile)?)
}

pub(super) async fn publish_groups(
    profile: &Profile,
    _: PublishGroups,
    cancel: &CancellationToken,
) -> Result<Vec<Group>, Failure> {
    unless(cancel, publish::groups(profile)).await
}

pub(super) async fn publish_group(
    profile: &Profile,
    args: PublishGroup,
    _: &CancellationToken,
) -> Result<PublishShown, Failure> {
    publish::tie(profile, args.group.as_deref()).await?;
    Ok(publish::show(profile)?)
}

pub(super) async fn publish_refresh(
    profile: &Profile,
    _: PublishRefresh,
    cancel: &CancellationToken,
) -> Result<PublishShown, Failure> {
    unless(cancel, publish::refresh(profile)).await?;
    Ok(publish::show(profile)?)
}

pub(super) async fn publish_account(
    profile: &Profile,
    args: PublishAccount,
    _: &CancellationToken,
) -> Result<PublishShown, Failure> {
    publish::tick(profile, &args.id, args.ticked)?;
    Ok(publish::show(profile)?)
}

pub(super) async fn publish_account_settings(
    profile: &Profile,
    args: PublishAccountSettings,
    _: &CancellationToken,
) -> Result<PublishShown, Failure> {
    publish::set_settings(profile, &args.id, args.settings.as_ref())?;
    Ok(publish::show(profile)?)
}

pub(super) async fn publish_defaults(
    profile: &Profile,
    args: PublishDefaults,
    _: &CancellationToken,
) -> Result<PostSettings, Failure> {
    Ok(publish::defaults(profile, &args.platform)?)
}

pub(super) async fn publish_times(
    profile: &Profile,
    args: PublishTimes,
    _: &CancellationToken,
) -> Result<Vec<PlannedSlot>, Failure> {
    Ok(publish::times(profile, args.clips, &args.when)?)
}

pub(super) async fn publish_originality(
    profile: &Profile,
    args: PublishOriginality,
    _: &CancellationToken,
) -> Result<Vec<Originality>, Failure> {
    let days = publish::settings_of(profile)?.fresh_after_days;
    Ok(publish::originality::originality(profile, &args.clips, days)?)
}

pub(super) async fn publish_propose(
    (home, profile): (&Home, &Profile),
    args: PublishPropose,
    cancel: &CancellationToken,
) -> Result<PublishPlan, Failure> {
    Ok(publish::propose(home, profile, &args.order, cancel).await?)
}

pub(super) async fn publish_start(
    (home, profile): (&Home, &Profile),
    args: PublishStart,
    cancel: &CancellationToken,
) -> Result<PublishStarted, Failure> {
    Ok(publish::start(home, profile, &args.order, &args.seal, cancel).await?)
}

pub(super) async fn publication_list(
    profile: &Profile,
    args: PublicationList,
    _: &CancellationToken,
) -> Result<Vec<Publication>, Failure> {
    Ok(publish::list(profile, &args.filter)?)
}

pub(super) async fn publication_show(
    profile: &Profile,
    args: PublicationShow,
    _: &CancellationToken,
) -> Result<Publication, Failure> {
    Ok(publish::publication(profile, args.id)?)
}

pub(super) async fn publication_move(
    profile: &Profile,
    args: PublicationMove,
    _: &CancellationToken,
) -> Result<Publication, Failure> {
    Ok(publish::move_to(profile, args.id, args.at)?)
}

pub(super) async fn publication_cancel(
    profile: &Profile,
    args: PublicationCancel,
    _: &CancellationToken,
) -> Result<Publication, Failure> {
    Ok(publish::cancel(profile, args.id).await?)
}

pub(super) async fn publication_retry(
    profile: &Profile,
    args: PublicationRetry,
    _: &CancellationToken,
) -> Result<PublishStarted, Failure> {
    Ok(publish::retry(profile, &args.ids)?)
}

pub(super) async fn publication_check(
    profile: &Profile,
    _: PublicationCheck,
    cancel: &CancellationToken,
) -> Result<PublishShown, Failure> {
    unless(cancel, publish::check(profile)).await
}

/// Asking changes nothing there, so it can be broken off at any moment.
async fn unless<T>(
    cancel: &CancellationToken,
    asking: impl Future<Output = Result<T, PublishError>>,
) -> Result<T, Failure> {
    tokio::select! {
        asked = asking => Ok(asked?),
        () = cancel.cancelled() => Err(PublishError::Stopped.into()),
    }
}
