//! Copying a clip's files out of the profile, for people and other programs.

use std::path::{Path, PathBuf};

use super::{ClipError, get};
use crate::ids::ClipId;
use crate::profile::Profile;
use crate::profile::media::MediaError;
use crate::profile::part::PartFile;
use crate::render::files::{hash, safe_name};

/// What is copied, the video first.
const ENDINGS: [&str; 4] = ["mp4", "srt", "vtt", "json"];

/// Copies a clip's files (`.mp4`, `.srt`, `.vtt`, `.json`) to a folder outside, under `name` (its own when `None`).
/// Gives the paths written. Never overwrites: a name that is taken gets " (2)". A file appears whole or not at all.
///
/// # Errors
/// [`ClipError::NotFound`]; [`ClipError::Damaged`] when the video in the library was changed; [`ClipError::Media`] when a
/// file cannot be written.
pub fn export(profile: &Profile, id: ClipId, to: &Path, name: Option<&str>) -> Result<Vec<PathBuf>, ClipError> {
    let clip = profile.read(|r| get(r, id))?;
    let from = profile.folder().existing(&clip.folder)?;
    std::fs::create_dir_all(to).map_err(MediaError::io("made", to))?;
    let video = from.join(format!("{}.mp4", clip.name));
    if hash(&video).map_err(MediaError::io("read", &video))? != clip.hash {
        return Err(ClipError::Damaged(clip.name));
    }
    let stem = free(to, &safe_name(name.unwrap_or(&clip.name)));
    let mut written = Vec::new();
    for ending in ENDINGS {
        let (source, goal) = (from.join(format!("{}.{ending}", clip.name)), to.join(format!("{stem}.{ending}")));
        let part = PartFile::beside(&goal)?;
        std::fs::copy(&source, part.path()).map_err(MediaError::io("copied", &goal))?;
        part.commit()?;
        written.push(goal);
    }
    Ok(written)
}

/// A stem under which none of the files exists yet.
fn free(to: &Path, name: &str) -> String {
    let taken = |stem: &str| ENDINGS.iter().any(|ending| to.join(format!("{stem}.{ending}")).exists());
    let numbered = (2..).map(|n| format!("{name} ({n})"));
    std::iter::once(name.to_owned()).chain(numbered).find(|stem| !taken(stem)).unwrap_or_else(|| name.to_owned())
}
