//! Handlers of the calls about footage.

use serde::{Deserialize, Serialize};
use tokio_util::sync::CancellationToken;
use ts_rs::TS;

use super::macros::arguments;
use crate::analysis::{self, Shot, thumbnails, waveform};
use crate::error::{Code, Failure};
use crate::ids::{ClipId, ShotId, SourceId};
use crate::library::import::{ImportOptions, ImportReport, import};
use crate::library::page::{self, PageOfSources, SourceRow, SourceSort, TagCount};
use crate::library::sources::{self, Filter, Removed, SourceError};
use crate::library::{Source, relink, trash};
use crate::profile::Profile;
use crate::profile::events::Event;
use crate::profile::media::MediaPath;
use crate::variants::timeline::Framing;
use crate::variants::usage;

arguments! {
    profile sources {
        /// Takes files and folders in, and queues looking for their shots.
        source_add: SourceAdd {
            /// Files and folders, anywhere; folder names become tags.
            paths: Vec<std::path::PathBuf>,
            /// How.
            #[serde(default)]
            #[ts(as = "Option<_>", optional)]
            options: ImportOptions,
        } -> ImportReport;

        /// The footage, newest first.
        source_list: SourceList {
            /// Which.
            #[serde(default)]
            #[ts(as = "Option<_>", optional)]
            filter: Filter,
        } -> Vec<Source>;

        /// A source with its shots.
        source_show: SourceShow {
            /// Which.
            id: SourceId,
        } -> SourceDetail;

        /// Adds and takes away tags.
        source_tag: SourceTag {
            /// Which.
            id: SourceId,
            /// Tags to add.
            #[serde(default)]
            #[ts(as = "Option<_>", optional)]
            add: Vec<String>,
            /// Tags to take away.
            #[serde(default)]
            #[ts(as = "Option<_>", optional)]
            remove: Vec<String>,
        } -> Source;

        /// Sets how a source fills a frame of another shape; `None` leaves it to the project.
        source_framing: SourceFraming {
            /// Which.
            id: SourceId,
            /// How.
            framing: Option<Framing>,
        } -> Source;

        /// Takes a source off the list; videos made of it stay.
        source_remove: SourceRemove {
            /// Which.
            id: SourceId,
        } -> Removed;

        /// One page of the footage, light enough for lists of thousands.
        source_page: SourcePage {
            /// Which.
            #[serde(default)]
            #[ts(as = "Option<_>", optional)]
            filter: Filter,
            /// In which order.
            #[serde(default)]
            #[ts(as = "Option<_>", optional)]
            sort: SourceSort,
            /// At most this many.
            limit: u32,
            /// Leaves out this many first.
            #[serde(default)]
            #[ts(as = "Option<_>", optional)]
            offset: u32,
        } -> PageOfSources;

        /// Every tag with how many sources have it.
        source_tags: SourceTags {} -> Vec<TagCount>;

        /// The removed sources, the last removed first.
        source_trash: SourceTrash {} -> Vec<SourceRow>;

        /// Puts a removed source back, with its tags and shots.
        source_restore: SourceRestore {
            /// Which.
            id: SourceId,
        } -> Source;

        /// Deletes a removed source for good, with its copy in the profile.
        source_erase: SourceErase {
            /// Which.
            id: SourceId,
        } -> Source;

        /// Says where the file of a source is now; only a file with the same content is taken.
        source_relink: SourceRelink {
            /// Which.
            id: SourceId,
            /// The file, anywhere.
            path: std::path::PathBuf,
        } -> Source;

        /// Sets how one shot fills a frame of another shape; `None` leaves it to its source.
        shot_framing: ShotFraming {
            /// Which.
            shot: ShotId,
            /// How.
            framing: Option<Framing>,
        } -> Shot;
    }
}

/// A source with what was found in it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct SourceDetail {
    /// The source.
    pub source: Source,
    /// Its file is not where it was, or is another one now.
    pub missing: bool,
    /// Its shots, in order of time; none before it was analysed.
    pub shots: Vec<ShotDetail>,
    /// Pictures at even times, for scrubbing: milliseconds and picture.
    pub strip: Vec<(u64, MediaPath)>,
    /// The peaks of its sound, when it has any and was analysed.
    pub waveform: Option<MediaPath>,
    /// The clips in the library that show it, the newest first.
    pub used_in: Vec<UsedIn>,
}

/// A shot with its picture and its use.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct ShotDetail {
    /// The shot.
    #[serde(flatten)]
    pub shot: Shot,
    /// Its picture, when there is one.
    pub thumb: Option<MediaPath>,
    /// How many clips in the library show it.
    pub used: u32,
}

/// A clip that shows a source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct UsedIn {
    /// The clip.
    pub clip: ClipId,
    /// Its name.
    pub name: String,
}

pub(super) async fn source_add(
    profile: &Profile,
    args: SourceAdd,
    cancel: &CancellationToken,
) -> Result<ImportReport, Failure> {
    Ok(import(profile, &args.paths, &args.options, cancel).await?)
}

pub(super) async fn source_list(
    profile: &Profile,
    args: SourceList,
    _: &CancellationToken,
) -> Result<Vec<Source>, Failure> {
    Ok(profile.read(|tx| sources::list(tx, &args.filter))?)
}

pub(super) async fn source_show(
    profile: &Profile,
    args: SourceShow,
    _: &CancellationToken,
) -> Result<SourceDetail, Failure> {
    let (source, shots, used, used_in) = profile.read::<_, SourceError>(|tx| {
        let source = sources::get(tx, args.id)?;
        let used_in = usage::clips_of_source(tx, source.id)?;
        Ok((source, analysis::store::shots_of(tx, args.id)?, usage::counts_of_source(tx, args.id)?, used_in))
    })?;
    let shots = shots
        .into_iter()
        .map(|shot| {
            let thumb = thumbnails::there(profile, source.id, shot.id)?;
            Ok(ShotDetail { used: used.get(&shot.id).copied().unwrap_or(0), thumb, shot })
        })
        .collect::<Result<_, SourceError>>()?;
    let peaks = waveform::path_of(source.id)?;
    Ok(SourceDetail {
        missing: !page::is_there(profile, &source),
        shots,
        strip: thumbnails::strip(profile, source.id)?,
        waveform: profile.folder().path(&peaks).is_file().then_some(peaks),
        used_in: used_in.into_iter().map(|(clip, name)| UsedIn { clip, name }).collect(),
        source,
    })
}

pub(super) async fn source_tag(profile: &Profile, args: SourceTag, _: &CancellationToken) -> Result<Source, Failure> {
    let source = profile.write(|tx| sources::tag(tx, args.id, &args.add, &args.remove))?;
    profile.announce(Event::Source { source: source.id });
    Ok(source)
}

pub(super) async fn source_framing(
    profile: &Profile,
    args: SourceFraming,
    _: &CancellationToken,
) -> Result<Source, Failure> {
    let source = profile.write(|tx| sources::set_framing(tx, args.id, args.framing))?;
    profile.announce(Event::Source { source: source.id });
    Ok(source)
}

pub(super) async fn source_remove(
    profile: &Profile,
    args: SourceRemove,
    _: &CancellationToken,
) -> Result<Removed, Failure> {
    Ok(sources::remove(profile, args.id)?)
}

pub(super) async fn source_page(
    profile: &Profile,
    args: SourcePage,
    _: &CancellationToken,
) -> Result<PageOfSources, Failure> {
    Ok(profile.read(|tx| page::page(profile, tx, &args.filter, args.sort, (args.limit, args.offset)))?)
}

pub(super) async fn source_tags(
    profile: &Profile,
    _: SourceTags,
    _: &CancellationToken,
) -> Result<Vec<TagCount>, Failure> {
    Ok(profile.read(page::tags)?)
}

pub(super) async fn source_trash(
    profile: &Profile,
    _: SourceTrash,
    _: &CancellationToken,
) -> Result<Vec<SourceRow>, Failure> {
    Ok(profile.read(|tx| page::trash(profile, tx))?)
}

pub(super) async fn source_restore(
    profile: &Profile,
    args: SourceRestore,
    _: &CancellationToken,
) -> Result<Source, Failure> {
    Ok(trash::restore(profile, args.id)?)
}

pub(super) async fn source_erase(
    profile: &Profile,
    args: SourceErase,
    _: &CancellationToken,
) -> Result<Source, Failure> {
    let source = trash::erase(profile, args.id)?;
    profile.announce(Event::Settings {});
    Ok(source)
}

pub(super) async fn source_relink(
    profile: &Profile,
    args: SourceRelink,
    cancel: &CancellationToken,
) -> Result<Source, Failure> {
    Ok(relink::relink(profile, args.id, &args.path, cancel).await?)
}

pub(super) async fn shot_framing(profile: &Profile, args: ShotFraming, _: &CancellationToken) -> Result<Shot, Failure> {
    let shot = profile.write(|tx| analysis::store::set_framing(tx, args.shot, args.framing))?;
    let shot = shot.ok_or_else(|| {
        let says = format!("There is no shot {} in this profile. Its source may have been analysed again.", args.shot);
        Failure::new(Code::NotFound, says)
    })?;
    profile.announce(Event::Source { source: shot.source });
    Ok(shot)
}
