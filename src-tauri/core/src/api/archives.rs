//! Calls about a profile in one file.

use std::path::PathBuf;

use tokio_util::sync::CancellationToken;

use super::macros::arguments;
use crate::archive::{ArchiveInfo, Exported, Transfer};
use crate::credentials::Secret;
use crate::error::Failure;
use crate::home::{Home, ProfileInfo};
use crate::ids::ProfileId;

arguments! {
    home archives {
        /// Writes a profile into one file, without its keys; returns when it is there.
        profile_export: ProfileExport {
            /// Which.
            id: ProfileId,
            /// The file; one that is there is replaced.
            to: PathBuf,
            /// Whoever imports it is asked for this; `None` leaves it open to all.
            #[serde(default)]
            passphrase: Option<Secret>,
        } -> Exported;

        /// What an exported profile says of itself.
        archive_look: ArchiveLook {
            /// The file.
            path: PathBuf,
            /// Its passphrase, when it has one.
            #[serde(default)]
            passphrase: Option<Secret>,
        } -> ArchiveInfo;

        /// Takes a profile out of a file, as a new one; returns when it is there.
        profile_import: ProfileImport {
            /// The file.
            path: PathBuf,
            /// Its passphrase, when it has one.
            #[serde(default)]
            passphrase: Option<Secret>,
        } -> ProfileInfo;

        /// The export or import that is going on, if one is.
        transfer_show: TransferShow {} -> Option<Transfer>;

        /// Stops it. Nothing of it is kept.
        transfer_stop: TransferStop {} -> Option<Transfer>;
    }
}

pub(super) async fn profile_export(
    home: &Home,
    args: ProfileExport,
    cancel: &CancellationToken,
) -> Result<Exported, Failure> {
    let (home, cancel, passphrase) = (home.clone(), cancel.clone(), args.passphrase.map(Secret::into_inner));
    let export = move || home.export(args.id, &args.to, passphrase.as_ref(), &cancel);
    Ok(tokio::task::spawn_blocking(export).await.map_err(super::stopped)??)
}

pub(super) async fn archive_look(
    home: &Home,
    args: ArchiveLook,
    _: &CancellationToken,
) -> Result<ArchiveInfo, Failure> {
    let (home, passphrase) = (home.clone(), args.passphrase.map(Secret::into_inner));
    let look = move || home.look_into(&args.path, passphrase.as_ref());
    Ok(tokio::task::spawn_blocking(look).await.map_err(super::stopped)??)
}

pub(super) async fn profile_import(
    home: &Home,
    args: ProfileImport,
    cancel: &CancellationToken,
) -> Result<ProfileInfo, Failure> {
    let (home, cancel, passphrase) = (home.clone(), cancel.clone(), args.passphrase.map(Secret::into_inner));
    let import = move || home.import(&args.path, passphrase.as_ref(), &cancel);
    Ok(tokio::task::spawn_blocking(import).await.map_err(super::stopped)??)
}

pub(super) async fn transfer_show(
    home: &Home,
    _: TransferShow,
    _: &CancellationToken,
) -> Result<Option<Transfer>, Failure> {
    Ok(home.transfers().show())
}

pub(super) async fn transfer_stop(
    home: &Home,
    _: TransferStop,
    _: &CancellationToken,
) -> Result<Option<Transfer>, Failure> {
    home.transfers().stop();
    Ok(home.transfers().show())
}
