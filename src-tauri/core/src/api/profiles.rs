//! Handlers of the calls about the list of profiles.

use tokio_util::sync::CancellationToken;
use tracing::instrument::WithSubscriber;
use tracing::subscriber::NoSubscriber;

use super::macros::arguments;
use crate::audit::{self, AuditReport};
use crate::error::Failure;
use crate::home::{Backup, Home, ProfileInfo};
use crate::ids::ProfileId;
use crate::profile::media::MediaError;

arguments! {
    home profiles {
        /// All profiles, the last used first.
        profile_list: ProfileList {} -> Vec<ProfileInfo>;

        /// Makes a profile.
        profile_create: ProfileCreate {
            /// Unique in this home, letter case aside.
            name: String,
            /// One of [`crate::home::COLOURS`]; `None` takes the one used least.
            #[serde(default)]
            colour: Option<String>,
        } -> ProfileInfo;

        /// Gives a profile another name.
        profile_rename: ProfileRename {
            /// Which.
            id: ProfileId,
            /// The new name.
            name: String,
        } -> ProfileInfo;

        /// Gives a profile another colour.
        profile_colour: ProfileColour {
            /// Which.
            id: ProfileId,
            /// One of [`crate::home::COLOURS`].
            colour: String,
        } -> ProfileInfo;

        /// From now on the profile that is opened when no other is asked for.
        profile_use: ProfileUse {
            /// Which.
            id: ProfileId,
        } -> ProfileInfo;

        /// Moves a profile to the system's trash and removes its keys from the keyring.
        profile_delete: ProfileDelete {
            /// Which.
            id: ProfileId,
        } -> ProfileInfo;

        /// Proves isolation: what each profile owns, traces of one in another, and random calls on two throw-away
        /// profiles with what belongs to the other.
        profile_audit: ProfileAudit {
            /// Makes the same calls again; `None` takes a new one.
            #[serde(default)]
            seed: Option<u64>,
            /// How many calls; `None` means four of each kind.
            #[serde(default)]
            calls: Option<u32>,
        } -> AuditReport;

        /// The copies of a profile's database, the newest first. The profile need not open.
        profile_backups: ProfileBackups {
            /// Of which profile.
            id: ProfileId,
        } -> Vec<Backup>;

        /// Puts a copy in the place of a profile's database; what is there now is moved beside the copies.
        profile_restore: ProfileRestore {
            /// Which.
            id: ProfileId,
            /// The copy's name.
            backup: String,
        } -> ProfileInfo;

        /// Copies a profile's database now.
        profile_backup: ProfileBackup {
            /// Of which profile.
            id: ProfileId,
        } -> Backup;
    }
}

pub(super) async fn profile_list(
    home: &Home,
    _: ProfileList,
    _: &CancellationToken,
) -> Result<Vec<ProfileInfo>, Failure> {
    Ok(home.profiles()?)
}

pub(super) async fn profile_create(
    home: &Home,
    args: ProfileCreate,
    _: &CancellationToken,
) -> Result<ProfileInfo, Failure> {
    Ok(home.create(&args.name, args.colour.as_deref())?)
}

pub(super) async fn profile_rename(
    home: &Home,
    args: ProfileRename,
    _: &CancellationToken,
) -> Result<ProfileInfo, Failure> {
    Ok(home.rename(args.id, &args.name)?)
}

pub(super) async fn profile_colour(
    home: &Home,
    args: ProfileColour,
    _: &CancellationToken,
) -> Result<ProfileInfo, Failure> {
    Ok(home.recolour(args.id, &args.colour)?)
}

pub(super) async fn profile_use(home: &Home, args: ProfileUse, _: &CancellationToken) -> Result<ProfileInfo, Failure> {
    Ok(home.set_default(args.id)?)
}

pub(super) async fn profile_delete(
    home: &Home,
    args: ProfileDelete,
    _: &CancellationToken,
) -> Result<ProfileInfo, Failure> {
    let info = home.info(args.id)?;
    // The keyring may wait for the person, and the trash may copy a whole folder to another disk.
    let (home, id) = (home.clone(), args.id);
    tokio::task::spawn_blocking(move || home.delete(id)).await.map_err(super::stopped)??;
    Ok(info)
}

pub(super) async fn profile_audit(
    home: &Home,
    args: ProfileAudit,
    _: &CancellationToken,
) -> Result<AuditReport, Failure> {
    let seed = args.seed.unwrap_or_else(|| crate::time::now_ms().unsigned_abs());
    let of_the_profile = super::CALLS.iter().filter(|c| c.level == super::Level::Profile).count();
    let calls = args.calls.unwrap_or_else(|| u32::try_from(of_the_profile * 4).unwrap_or(u32::MAX));
    let folder = tempfile::Builder::new()
        .prefix("rehearsal-")
        .tempdir_in(home.root())
        .map_err(MediaError::io("made", home.root()))?;
    // Hundreds of refusals that were asked for would only hide what happened to real profiles in the log.
    let rehearsal = audit::rehearse(home.host(), folder.path(), seed, calls);
    let rehearsal = rehearsal.with_subscriber(NoSubscriber::default()).await?;
    let looked = home.clone();
    let mut report = tokio::task::spawn_blocking(move || audit::inspect(&looked)).await.map_err(super::stopped)??;
    report.rehearsal = Some(rehearsal);
    Ok(report)
}

pub(super) async fn profile_backups(
    home: &Home,
    args: ProfileBackups,
    _: &CancellationToken,
) -> Result<Vec<Backup>, Failure> {
    Ok(home.backups(args.id)?)
}

pub(super) async fn profile_restore(
    home: &Home,
    args: ProfileRestore,
    _: &CancellationToken,
) -> Result<ProfileInfo, Failure> {
    let home = home.clone();
    // A database may be large.
    tokio::task::spawn_blocking(move || home.restore(args.id, &args.backup))
        .await
        .map_err(super::stopped)?
        .map_err(Into::into)
}

pub(super) async fn profile_backup(home: &Home, args: ProfileBackup, _: &CancellationToken) -> Result<Backup, Failure> {
    let home = home.clone();
    Ok(tokio::task::spawn_blocking(move || home.back_up(args.id)).await.map_err(super::stopped)??)
}
