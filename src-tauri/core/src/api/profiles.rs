//! Handlers of the calls about the list of profiles.

use tokio_util::sync::CancellationToken;
use tracing::instrument::WithSubscriber;
use tracing::subscriber::NoSubscriber;

use super::{ProfileAudit, ProfileColour, ProfileCreate, ProfileDelete, ProfileList, ProfileRename, ProfileUse};
use crate::audit::{self, AuditReport};
use crate::error::Failure;
use crate::home::{Home, ProfileInfo};
use crate::profile::media::MediaError;

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
