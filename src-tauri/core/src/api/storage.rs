//! Calls about the room a profile takes.

use tokio_util::sync::CancellationToken;

use super::macros::arguments;
use crate::error::Failure;
use crate::jobs::{JobKind, JobState, store};
use crate::profile::Profile;
use crate::profile::events::Event;
use crate::profile::storage::{self, Storage};

arguments! {
    profile storage {
        /// How much room the profile takes, by part.
        storage_show: StorageShow {} -> Storage;

        /// Removes what can be made again (encoded shots); gives how many bytes that freed.
        cache_clear: CacheClear {} -> u64;
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
