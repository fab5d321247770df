//! Calls about publishing: the workspace and its accounts, what would be posted, posting it, and what became of it.

use tokio_util::sync::CancellationToken;

use super::macros::arguments;
use crate::error::Failure;
use crate::home::Home;
use crate::ids::{ClipId, PublicationId};
use crate::profile::Profile;
use crate::publish::{
    Group, Originality, PlannedSlot, PostSettings, Publication, PublicationFilter, PublishOrder, PublishPlan,
    PublishSettings, PublishShown, PublishStarted, When,
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

pub(super) async fn publish_show(_: &Profile, _: PublishShow, _: &CancellationToken) -> Result<PublishShown, Failure> {
    Err(not_yet())
}

pub(super) async fn publish_set(_: &Profile, _: PublishSet, _: &CancellationToken) -> Result<PublishShown, Failure> {
    Err(not_yet())
}

pub(super) async fn publish_groups(
    _: &Profile,
    _: PublishGroups,
    _: &CancellationToken,
) -> Result<Vec<Group>, Failure> {
    Err(not_yet())
}

pub(super) async fn publish_group(
    _: &Profile,
    _: PublishGroup,
    _: &CancellationToken,
) -> Result<PublishShown, Failure> {
    Err(not_yet())
}

pub(super) async fn publish_refresh(
    _: &Profile,
    _: PublishRefresh,
    _: &CancellationToken,
) -> Result<PublishShown, Failure> {
    Err(not_yet())
}

pub(super) async fn publish_account(
    _: &Profile,
    _: PublishAccount,
    _: &CancellationToken,
) -> Result<PublishShown, Failure> {
    Err(not_yet())
}

pub(super) async fn publish_account_settings(
    _: &Profile,
    _: PublishAccountSettings,
    _: &CancellationToken,
) -> Result<PublishShown, Failure> {
    Err(not_yet())
}

pub(super) async fn publish_defaults(
    _: &Profile,
    _: PublishDefaults,
    _: &CancellationToken,
) -> Result<PostSettings, Failure> {
    Err(not_yet())
}

pub(super) async fn publish_times(
    _: &Profile,
    _: PublishTimes,
    _: &CancellationToken,
) -> Result<Vec<PlannedSlot>, Failure> {
    Err(not_yet())
}

pub(super) async fn publish_originality(
    _: &Profile,
    _: PublishOriginality,
    _: &CancellationToken,
) -> Result<Vec<Originality>, Failure> {
    Err(not_yet())
}

pub(super) async fn publication_list(
    _: &Profile,
    _: PublicationList,
    _: &CancellationToken,
) -> Result<Vec<Publication>, Failure> {
    Err(not_yet())
}

pub(super) async fn publication_show(
    _: &Profile,
    _: PublicationShow,
    _: &CancellationToken,
) -> Result<Publication, Failure> {
    Err(not_yet())
}

pub(super) async fn publication_move(
    _: &Profile,
    _: PublicationMove,
    _: &CancellationToken,
) -> Result<Publication, Failure> {
    Err(not_yet())
}

pub(super) async fn publication_cancel(
    _: &Profile,
    _: PublicationCancel,
    _: &CancellationToken,
) -> Result<Publication, Failure> {
    Err(not_yet())
}

pub(super) async fn publication_retry(
    _: &Profile,
    _: PublicationRetry,
    _: &CancellationToken,
) -> Result<PublishStarted, Failure> {
    Err(not_yet())
}

pub(super) async fn publication_check(
    _: &Profile,
    _: PublicationCheck,
    _: &CancellationToken,
) -> Result<PublishShown, Failure> {
    Err(not_yet())
}

pub(super) async fn publish_propose(
    _: (&Home, &Profile),
    _: PublishPropose,
    _: &CancellationToken,
) -> Result<PublishPlan, Failure> {
    Err(not_yet())
}

pub(super) async fn publish_start(
    _: (&Home, &Profile),
    _: PublishStart,
    _: &CancellationToken,
) -> Result<PublishStarted, Failure> {
    Err(not_yet())
}

fn not_yet() -> Failure {
    Failure::new(crate::error::Code::Internal, "Publishing is being built.")
}
