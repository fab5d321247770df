//! Calls about keeping the profile on a server: signing in, choosing the profile there, how it stands, leaving.

use tokio_util::sync::CancellationToken;

use super::macros::arguments;
use crate::credentials::Secret;
use crate::error::Failure;
use crate::home::Home;
use crate::ids::RemoteProfileId;
use crate::profile::Profile;
use crate::sync::account::MediaPolicy;
use crate::sync::desk::{self, SyncDone, SyncHeld, SyncShown};
use crate::sync::media::{FileOf, MediaFile};
use crate::sync::supabase::{Erased, RemoteProfile};

arguments! {
    profile sync {
        /// Who is signed in and how it stands. Asks nobody outside this machine.
        sync_show: SyncShow {} -> SyncShown;

        /// What of this profile would be copied to a server.
        sync_holds: SyncHolds {} -> SyncHeld;

        /// Signs in to a project.
        sync_sign_in: SyncSignIn {
            /// The project's address.
            url: String,
            /// Its publishable key.
            key: String,
            /// Who.
            email: String,
            /// Kept nowhere.
            password: Secret,
        } -> SyncShown;

        /// Ends the session. A profile that is linked stays so.
        sync_sign_out: SyncSignOut {} -> SyncShown;

        /// The profiles that the person has there.
        sync_profiles: SyncProfiles {} -> Vec<RemoteProfile>;

        /// One round now; the files that should be there after it.
        sync_now: SyncNow {} -> SyncDone;

        /// Sends what the server refused once more: one row, or all of them.
        sync_retry: SyncRetry {
            /// The row's table there.
            #[serde(default)]
            table: Option<String>,
            /// The row.
            #[serde(default)]
            id: Option<String>,
        } -> SyncShown;

        /// Keeps the profile on this machine only. Everything stays, here and there.
        sync_unlink: SyncUnlink {} -> SyncShown;

        /// Erases everything of the profile there. Everything here stays.
        sync_erase: SyncErase {
            /// What it is called there, typed by a person.
            name: String,
        } -> Erased;

        /// Says which files go there.
        sync_media: SyncMedia {
            /// Which.
            policy: MediaPolicy,
        } -> SyncShown;

        /// The files that are not on this machine.
        sync_missing: SyncMissing {} -> Vec<MediaFile>;

        /// Fetches one of them.
        sync_fetch: SyncFetch {
            /// Which.
            of: FileOf,
        } -> SyncShown;
    }
    both sync {
        /// Keeps the profile there from now on.
        sync_link: SyncLink {
            /// As this one; `None` makes a new one that is called as this profile.
            #[serde(default)]
            remote: Option<RemoteProfileId>,
        } -> SyncShown;
    }
}

pub(super) async fn sync_show(profile: &Profile, _: SyncShow, _: &CancellationToken) -> Result<SyncShown, Failure> {
    Ok(desk::show(profile)?)
}

pub(super) async fn sync_holds(profile: &Profile, _: SyncHolds, _: &CancellationToken) -> Result<SyncHeld, Failure> {
    Ok(desk::holds(profile)?)
}

pub(super) async fn sync_sign_in(
    profile: &Profile,
    args: SyncSignIn,
    _: &CancellationToken,
) -> Result<SyncShown, Failure> {
    let password = args.password.into_inner();
    Ok(desk::sign_in(profile, &args.url, &args.key, &args.email, &password).await?)
}

pub(super) async fn sync_sign_out(
    profile: &Profile,
    _: SyncSignOut,
    _: &CancellationToken,
) -> Result<SyncShown, Failure> {
    Ok(desk::sign_out(profile).await?)
}

pub(super) async fn sync_profiles(
    profile: &Profile,
    _: SyncProfiles,
    _: &CancellationToken,
) -> Result<Vec<RemoteProfile>, Failure> {
    Ok(desk::profiles(profile).await?)
}

pub(super) async fn sync_link(
    (home, profile): (&Home, &Profile),
    args: SyncLink,
    _: &CancellationToken,
) -> Result<SyncShown, Failure> {
    let name = home.info(profile.id())?.name;
    Ok(desk::keep(profile, args.remote, &name).await?)
}

pub(super) async fn sync_now(profile: &Profile, _: SyncNow, cancel: &CancellationToken) -> Result<SyncDone, Failure> {
    Ok(desk::now(profile, cancel).await?)
}

pub(super) async fn sync_retry(
    profile: &Profile,
    args: SyncRetry,
    _: &CancellationToken,
) -> Result<SyncShown, Failure> {
    crate::sync::try_again(profile, args.table.as_deref().zip(args.id.as_deref()))?;
    Ok(desk::show(profile)?)
}

pub(super) async fn sync_unlink(profile: &Profile, _: SyncUnlink, _: &CancellationToken) -> Result<SyncShown, Failure> {
    Ok(desk::leave(profile).await?)
}

pub(super) async fn sync_erase(profile: &Profile, args: SyncErase, _: &CancellationToken) -> Result<Erased, Failure> {
    Ok(desk::erase(profile, &args.name).await?)
}

pub(super) async fn sync_media(
    profile: &Profile,
    args: SyncMedia,
    _: &CancellationToken,
) -> Result<SyncShown, Failure> {
    Ok(desk::set_media(profile, args.policy)?)
}

pub(super) async fn sync_missing(
    profile: &Profile,
    _: SyncMissing,
    _: &CancellationToken,
) -> Result<Vec<MediaFile>, Failure> {
    Ok(desk::missing(profile)?)
}

pub(super) async fn sync_fetch(
    profile: &Profile,
    args: SyncFetch,
    cancel: &CancellationToken,
) -> Result<SyncShown, Failure> {
    Ok(desk::fetch(profile, args.of, cancel).await?)
}
