//! The files a timeline names, found in the profile and checked to be the ones that were meant.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::path::{Path, PathBuf};

use tokio_util::sync::CancellationToken;

use super::{RenderError, args, files};
use crate::args;
use crate::ids::SourceId;
use crate::library::Probe;
use crate::library::probe::probe;
use crate::library::sources::{self, SourceError};
use crate::profile::Profile;
use crate::variants::timeline::{FileRef, Insert, Timeline};

/// A video as rendering needs it.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// The user's name for it.
    pub name: String,
    /// The file.
    pub path: PathBuf,
    /// Length, milliseconds.
    pub duration_ms: u64,
    /// It has sound.
    pub has_sound: bool,
    /// What else it is.
    pub probe: Probe,
}

/// The logo's picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// The file.
    pub path: PathBuf,
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
}

/// Everything a timeline reads, by real path.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Inputs {
    /// The footage.
    pub sources: BTreeMap<SourceId, Reading>,
    /// The brand's intro.
    pub intro: Option<Reading>,
    /// The brand's outro.
    pub outro: Option<Reading>,
    /// The brand's logo.
    pub logo: Option<Mark>,
    /// Music.
    pub music: Option<PathBuf>,
    /// The narration.
    pub voice: PathBuf,
}

/// How far a plan may reach past the length the probe gave, milliseconds: lengths are rounded.
const PAST_END_MS: u64 = 100;

/// Finds everything and checks it. `voice` stands in for the timeline's narration (the copy a clip keeps).
///
/// # Errors
/// [`RenderError::Source`], [`RenderError::SourceEnds`], [`RenderError::FileMissing`], [`RenderError::FileChanged`],
/// [`RenderError::BadInsert`].
pub async fn gather(
    profile: &Profile,
    timeline: &Timeline,
    voice: Option<&Path>,
    cancel: &CancellationToken,
) -> Result<Inputs, RenderError> {
    let find = {
        let (profile, timeline, voice) = (profile.clone(), timeline.clone(), voice.map(Path::to_owned));
        move || find(&profile, &timeline, voice)
    };
    // Hashing may take a moment.
    let (mut inputs, logo, intro, outro) = tokio::task::spawn_blocking(find)
        .await
        .map_err(|e| RenderError::io("read", profile.root())(std::io::Error::other(e)))??;
    inputs.logo = match logo {
        Some(path) => Some(mark(profile, path, cancel).await?),
        None => None,
    };
    inputs.intro = insert(profile, "intro", timeline.intro.as_ref().zip(intro), timeline.fps, cancel).await?;
    inputs.outro = insert(profile, "outro", timeline.outro.as_ref().zip(outro), timeline.fps, cancel).await?;
    Ok(inputs)
}

/// The inputs, and the paths of logo, intro and outro.
type Found = (Inputs, Option<PathBuf>, Option<PathBuf>, Option<PathBuf>);

fn find(profile: &Profile, timeline: &Timeline, voice: Option<PathBuf>) -> Result<Found, RenderError> {
    let mut inputs = Inputs::default();
    for segment in &timeline.segments {
        let pick = &segment.pick;
        let reading = match inputs.sources.entry(pick.source) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(free) => free.insert(source(profile, pick.source, &pick.source_hash)?),
        };
        long_enough(reading, pick.in_ms, segment.frames, timeline.fps)?;
    }
    let logo = timeline.logo.as_ref().map(|l| checked(profile, "logo", &l.file)).transpose()?;
    inputs.music = timeline.music.as_ref().map(|m| checked(profile, "music", &m.file)).transpose()?;
    inputs.voice = match voice {
        Some(path) => same("narration", path, &timeline.voice.file)?,
        None => checked(profile, "narration", &timeline.voice.file)?,
    };
    let own = |what, insert: &Option<Insert>| insert.as_ref().map(|i| checked(profile, what, &i.file)).transpose();
    Ok((inputs, logo, own("intro", &timeline.intro)?, own("outro", &timeline.outro)?))
}

/// The logo of a timeline, checked to be the one that was meant.
///
/// # Errors
/// [`RenderError::FileMissing`], [`RenderError::FileChanged`], [`RenderError::Tool`].
pub(super) async fn logo(profile: &Profile, file: &FileRef, cancel: &CancellationToken) -> Result<Mark, RenderError> {
    mark(profile, checked(profile, "logo", file)?, cancel).await
}

/// The size of the logo's picture.
async fn mark(profile: &Profile, path: PathBuf, cancel: &CancellationToken) -> Result<Mark, RenderError> {
    let mut ask = args!["-v", "error", "-f", "image2", "-pattern_type", "none", "-of", "csv=p=0"];
    ask.extend(args!["-show_entries", "stream=width,height", args::file(&path)]);
    let output = profile.toolbox().ffprobe(&ask, cancel).await?;
    let text = String::from_utf8_lossy(&output.stdout);
    let size = text.trim().split_once(',').and_then(|(w, h)| Some((w.parse().ok()?, h.parse().ok()?)));
    match size {
        Some((width, height)) if width > 0 && height > 0 => Ok(Mark { path, width, height }),
        _ => Err(RenderError::Wrong { what: "the logo".into(), found: "it has no size".into() }),
    }
}

fn long_enough(file: &Reading, from_ms: u64, frames: u32, fps: u32) -> Result<(), RenderError> {
    let needed_ms = from_ms + u64::from(frames) * 1000 / u64::from(fps.max(1));
    if needed_ms > file.duration_ms + PAST_END_MS {
        return Err(RenderError::SourceEnds { name: file.name.clone(), needed_ms, has_ms: file.duration_ms });
    }
    Ok(())
}

/// A source of the profile, if its file is still the one that was planned with.
fn source(profile: &Profile, id: SourceId, hash: &str) -> Result<Reading, RenderError> {
    // A removed one still serves: its file stays as long as clips need it.
    let source = profile.read::<_, SourceError>(|tx| sources::get(tx, id))?;
    let path = sources::real_path(profile, &source)?;
    if source.hash != hash {
        return Err(SourceError::Changed { name: source.name, path }.into());
    }
    Ok(Reading {
        name: source.name,
        path,
        duration_ms: source.duration_ms,
        has_sound: source.has_sound,
        probe: source.probe,
    })
}

async fn insert(
    profile: &Profile,
    what: &'static str,
    insert: Option<(&Insert, PathBuf)>,
    fps: u32,
    cancel: &CancellationToken,
) -> Result<Option<Reading>, RenderError> {
    let Some((insert, path)) = insert else { return Ok(None) };
    let probed =
        probe(profile.toolbox(), &path, cancel).await.map_err(|source| RenderError::BadInsert { what, source })?;
    let reading = Reading {
        name: format!("the {what}"),
        path,
        duration_ms: probed.duration_ms,
        has_sound: probed.has_sound,
        probe: probed.probe,
    };
    long_enough(&reading, 0, insert.frames, fps)?;
    Ok(Some(reading))
}

fn checked(profile: &Profile, what: &'static str, file: &FileRef) -> Result<PathBuf, RenderError> {
    let path = profile
        .folder()
        .existing(&file.path)
        .map_err(|_| RenderError::FileMissing { what, name: file.path.file_name().to_owned() })?;
    same(what, path, file)
}

/// The path, if the file there still has the hash it was planned with.
fn same(what: &'static str, path: PathBuf, file: &FileRef) -> Result<PathBuf, RenderError> {
    let name = || file.path.file_name().to_owned();
    let found = files::hash(&path).map_err(|_| RenderError::FileMissing { what, name: name() })?;
    if found == file.hash { Ok(path) } else { Err(RenderError::FileChanged { what, name: name() }) }
}
