//! Calls about the room a profile takes.

use tokio_util::sync::CancellationToken;

use super::macros::arguments;
use crate::error::Failure;
use crate::jobs::{JobKind, JobState, store};
use crate::profile::Profile;
use crate::profile::daily::Keep;
use crate::profile::events::Event;
use crate::profile::storage::{self, Storage};

arguments! {
    profile storage {
        /// How much room the profile takes, by part.
        storage_show: StorageShow {} -> Storage;

        /// Removes what can be made again (encoded shots); gives how many bytes that freed.
        cache_clear: CacheClear {} -> u64;

        /// Which of the copies of the profile's database that are made by themselves are kept.
        backup_keep_show: BackupKeepShow {} -> Keep;

        /// Says which are kept, from the next one on.
        backup_keep_set: BackupKeepSet {
            /// Days and weeks.
            keep: Keep,
        } -> Keep;
    }
}

pub(super) async fn storage_show(profile: &Profile, _: StorageShow, _: &CancellationToken) -> Result<Storage, Failure> {
    let profile = profile.clone();
    Ok(tokio::task::spawn_blocking(move || storage::show(&profile)).await.map_err(super::stopped)??)
}

pub(super) async fn cache_clear(profile: &Profile, _: CacheClear, _: &CancellationToken) -> Result<u64, Failure> {
    let running = profile.read(|tx| store::list(tx, &[JobState::Running], u32::MAX))?;
    let rendering = running.iter().any(|job| matches!(job.kind, JobKind::Render { .. }));
    let cleared = profile.clone();
    let clear = move || storage::clear_cache(&cleared, rendering);
    let freed = tokio::task::spawn_blocking(clear).await.map_err(super::stopped)??;
    profile.announce(Event::Settings {});
    Ok(freed)
}

pub(super) async fn backup_keep_show(
    profile: &Profile,
    _: BackupKeepShow,
    _: &CancellationToken,
) -> Result<Keep, Failure> {
    Ok(profile.keep()?)
}

pub(super) async fn backup_keep_set(
    profile: &Profile,
    args: BackupKeepSet,
    _: &CancellationToken,
) -> Result<Keep, Failure> {
    let kept = profile.set_keep(args.keep)?;
    profile.announce(Event::Settings {});
    Ok(kept)
}
