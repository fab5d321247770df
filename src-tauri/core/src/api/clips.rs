//! Handlers of the calls about finished videos.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use tokio_util::sync::CancellationToken;
use ts_rs::TS;

use super::macros::arguments;
use super::variants::Queued;
use crate::clips::page::{self, ClipFilter, ClipRow, ClipSort, PageOfClips};
use crate::clips::{self, Clip, ClipError, ClipTally, Rerender, Triage};
use crate::error::Failure;
use crate::ids::{ClipId, JobId};
use crate::jobs::{JobContext, store as jobs};
use crate::profile::Profile;
use crate::profile::events::Event;

arguments! {
    profile clips {
        /// The finished videos, newest first.
        clip_list: ClipList {
            /// At most this many; `None` means 200.
            #[serde(default)]
            limit: Option<u32>,
            /// Leaves out this many first.
            #[serde(default)]
            #[ts(as = "Option<_>", optional)]
            offset: u32,
        } -> Vec<Clip>;

        /// A finished video with its receipt and its files.
        clip_show: ClipShow {
            /// Which.
            id: ClipId,
        } -> ClipDetail;

        /// Copies a video and what belongs to it to a folder; gives the paths written.
        clip_export: ClipExport {
            /// Which.
            id: ClipId,
            /// The folder, anywhere; made when missing.
            to: std::path::PathBuf,
            /// File name without extension; `None` takes the clip's.
            #[serde(default)]
            name: Option<String>,
        } -> Vec<std::path::PathBuf>;

        /// Renders a video again from its receipt, beside the library, and compares.
        clip_rerender: ClipRerender {
            /// Which.
            id: ClipId,
        } -> Rerender;

        /// Moves a video to the profile's trash.
        clip_remove: ClipRemove {
            /// Which.
            id: ClipId,
        } -> Clip;

        /// One page of the finished videos, light enough for lists of thousands.
        clip_page: ClipPage {
            /// Which.
            #[serde(default)]
            #[ts(as = "Option<_>", optional)]
            filter: ClipFilter,
            /// In which order.
            #[serde(default)]
            #[ts(as = "Option<_>", optional)]
            sort: ClipSort,
            /// At most this many.
            limit: u32,
            /// Leaves out this many first.
            #[serde(default)]
            #[ts(as = "Option<_>", optional)]
            offset: u32,
        } -> PageOfClips;

        /// Keeps videos, rejects them, or takes that back.
        clip_triage: ClipTriage {
            /// Which.
            ids: Vec<ClipId>,
            /// What to say about them.
            triage: Triage,
        } -> Vec<Clip>;

        /// How many videos there are of each kind.
        clip_counts: ClipCounts {} -> ClipTally;

        /// The removed videos, the last removed first.
        clip_trash: ClipTrash {} -> Vec<ClipRow>;

        /// Puts a removed video back into the library.
        clip_restore: ClipRestore {
            /// Which.
            id: ClipId,
        } -> Clip;

        /// Deletes a removed video for good.
        clip_erase: ClipErase {
            /// Which.
            id: ClipId,
        } -> Clip;

        /// Queues a render of the same video for a platform, as a new clip: for another one, or again as it is planned and
        /// captioned by now.
        clip_refit: ClipRefit {
            /// Which.
            clip: ClipId,
            /// For which platform of ours.
            platform: String,
        } -> Queued;

        /// Queues another video of the same script and look: another seed, other shots.
        clip_regenerate: ClipRegenerate {
            /// Instead of which.
            id: ClipId,
        } -> Queued;
    }
}

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

pub(super) async fn clip_page(
    profile: &Profile,
    args: ClipPage,
    _: &CancellationToken,
) -> Result<PageOfClips, Failure> {
    Ok(profile.read(|tx| page::page(profile, tx, &args.filter, args.sort, (args.limit, args.offset)))?)
}

pub(super) async fn clip_triage(
    profile: &Profile,
    args: ClipTriage,
    _: &CancellationToken,
) -> Result<Vec<Clip>, Failure> {
    let clips = profile.write(|tx| clips::triage(tx, &args.ids, args.triage))?;
    for clip in &clips {
        profile.announce(Event::Clip { clip: clip.id });
    }
    Ok(clips)
}

pub(super) async fn clip_counts(profile: &Profile, _: ClipCounts, _: &CancellationToken) -> Result<ClipTally, Failure> {
    Ok(profile.read(clips::counts)?)
}

pub(super) async fn clip_trash(
    profile: &Profile,
    _: ClipTrash,
    _: &CancellationToken,
) -> Result<Vec<ClipRow>, Failure> {
    Ok(profile.read(|tx| page::trash(profile, tx))?)
}

pub(super) async fn clip_restore(profile: &Profile, args: ClipRestore, _: &CancellationToken) -> Result<Clip, Failure> {
    Ok(clips::restore(profile, args.id)?)
}

pub(super) async fn clip_erase(profile: &Profile, args: ClipErase, _: &CancellationToken) -> Result<Clip, Failure> {
    let clip = clips::erase(profile, args.id)?;
    profile.announce(Event::Settings {});
    Ok(clip)
}

pub(super) async fn clip_regenerate(
    profile: &Profile,
    args: ClipRegenerate,
    _: &CancellationToken,
) -> Result<Queued, Failure> {
    let (job, batch) = profile.write(|tx| clips::regenerate(tx, args.id))?;
    jobs::announce(profile, job);
    Ok(Queued { job, batch })
}

pub(super) async fn clip_refit(profile: &Profile, args: ClipRefit, _: &CancellationToken) -> Result<Queued, Failure> {
    let (job, batch) = profile.write(|tx| clips::refit(tx, args.clip, &args.platform))?;
    jobs::announce(profile, job);
    Ok(Queued { job, batch })
}
