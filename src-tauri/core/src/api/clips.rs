//! Handlers of the calls about finished videos.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use tokio_util::sync::CancellationToken;
use ts_rs::TS;

use super::{ClipExport, ClipList, ClipRemove, ClipRerender, ClipShow};
use crate::clips::{self, Clip, ClipError, Rerender};
use crate::error::Failure;
use crate::ids::JobId;
use crate::jobs::JobContext;
use crate::profile::Profile;

/// A finished video and all that is known of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct ClipDetail {
    /// The clip.
    pub clip: Clip,
    /// What it was made of and how: shots, words, voice, loudness, encoder, hashes.
    #[ts(as = "crate::render::receipt::Receipt")]
    pub receipt: Value,
}

/// How many clips a list has when nothing else is asked for.
const USUAL: u32 = 200;

pub(super) async fn clip_list(profile: &Profile, args: ClipList, _: &CancellationToken) -> Result<Vec<Clip>, Failure> {
    Ok(profile.read::<_, ClipError>(|tx| clips::list(tx, args.limit.unwrap_or(USUAL), args.offset))?)
}

pub(super) async fn clip_show(profile: &Profile, args: ClipShow, _: &CancellationToken) -> Result<ClipDetail, Failure> {
    Ok(profile.read::<_, ClipError>(|tx| {
        Ok(ClipDetail { clip: clips::get(tx, args.id)?, receipt: clips::receipt(tx, args.id)? })
    })?)
}

pub(super) async fn clip_export(
    profile: &Profile,
    args: ClipExport,
    _: &CancellationToken,
) -> Result<Vec<PathBuf>, Failure> {
    let profile = profile.clone();
    // A video may be large and the folder on a slow disk.
    let copy = move || clips::export(&profile, args.id, &args.to, args.name.as_deref());
    Ok(tokio::task::spawn_blocking(copy).await.map_err(super::stopped)??)
}

pub(super) async fn clip_rerender(
    profile: &Profile,
    args: ClipRerender,
    cancel: &CancellationToken,
) -> Result<Rerender, Failure> {
    // Not a stored job: somebody waits for the answer, and nothing of it stays.
    let context = JobContext::new(profile, JobId::new(), cancel.clone())?;
    Ok(clips::rerender(&context, args.id).await?)
}

pub(super) async fn clip_remove(profile: &Profile, args: ClipRemove, _: &CancellationToken) -> Result<Clip, Failure> {
    let clip = profile.read::<_, ClipError>(|tx| clips::get(tx, args.id))?;
    clips::remove(profile, args.id)?;
    Ok(clip)
}
