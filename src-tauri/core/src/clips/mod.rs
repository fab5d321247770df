//! Clips: the finished files of a profile, with their receipts.

mod export;
pub mod page;
mod refit;
mod regenerate;
mod rerender;
pub(crate) mod store;
#[cfg(test)]
mod tests;
mod trash;
pub(crate) use trash::files_back;
mod triage;

use rusqlite::{OptionalExtension, Row};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use ts_rs::TS;

use crate::error::{Code, Explain};
use crate::ids::{ClipId, VariantId};
use crate::profile::db::{DbError, Reader};
use crate::profile::media::{MediaError, MediaPath};
use crate::render::RenderError;
pub use export::export;
pub use refit::refit;
pub use regenerate::regenerate;
pub use rerender::{Rerender, rerender};
pub use trash::{erase, remove, restore};
pub(crate) use triage::keep_like_the_others;
pub use triage::{ClipTally, Triage, counts, triage};

/// Why something about a clip failed.
#[derive(Debug, thiserror::Error)]
pub enum ClipError {
    /// Not in this profile.
    #[error("There is no clip {0} in this profile. `edit-factory clip list` shows the ones there are.")]
    NotFound(ClipId),
    /// The video in the library is not the one that was made.
    #[error("The video of \"{0}\" was changed or damaged in the library since it was made. Render it again.")]
    Damaged(String),
    /// Not among the removed ones.
    #[error("There is no removed clip {0} in this profile, so it cannot be put back or erased.")]
    NotInTrash(ClipId),
    /// It is on its way to an account, or a platform has yet to fetch it.
    #[error(
        "\"{name}\" is needed by {count} of its publications: one that is on its way, planned, or not known to be out. Take \
         them back, or wait until it is published."
    )]
    Needed {
        /// Its name.
        name: String,
        /// How many publications need it.
        count: u32,
    },
    /// Its files were taken out of the trash by somebody else.
    #[error("The files of \"{0}\" are no longer in the trash, so it cannot be put back. Make the video again.")]
    Gone(String),
    /// The receipt does not read.
    #[error("The receipt of clip {clip} cannot be read: {source}.")]
    Receipt {
        /// Which clip.
        clip: ClipId,
        /// What is wrong with it.
        #[source]
        source: serde_json::Error,
    },
    /// Another one could not be asked for.
    #[error(transparent)]
    Generate(#[from] crate::generate::GenerateError),
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
            Self::NotFound(_) | Self::NotInTrash(_) | Self::Gone(_) => Code::NotFound,
            Self::Needed { .. } => Code::WrongState,
            Self::Damaged(_) => Code::Unreadable,
            Self::Receipt { .. } => Code::Internal,
            Self::Generate(e) => e.code(),
            Self::Render(e) => e.code(),
            Self::Db(e) => e.code(),
            Self::Media(e) => e.code(),
        }
    }

    fn details(&self) -> Value {
        match self {
            Self::NotFound(clip) | Self::NotInTrash(clip) | Self::Receipt { clip, .. } => json!({ "clip": clip }),
            Self::Needed { name, count } => json!({ "clip": name, "publications": count }),
            Self::Damaged(name) | Self::Gone(name) => json!({ "clip": name }),
            Self::Generate(e) => e.details(),
            Self::Render(e) => e.details(),
            Self::Db(e) => e.details(),
            Self::Media(e) => e.details(),
        }
    }
}

/// A finished video in the library. Its receipt is read apart ([`receipt`]): a list of thousands stays light.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
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
    /// What a person said about it.
    pub triage: Triage,
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

/// The receipt of a clip, as stored: everything it was made of and how ([`crate::render::receipt::Receipt`]).
///
/// # Errors
/// [`ClipError::NotFound`]; [`ClipError::Receipt`] when it does not read.
pub fn receipt(reader: &Reader<'_>, id: ClipId) -> Result<Value, ClipError> {
    let text: Option<String> = reader
        .prepare_cached("SELECT receipt FROM clips WHERE id = ?1 AND deleted_at IS NULL")?
        .query_row([id], |r| r.get(0))
        .optional()?;
    let text = text.ok_or(ClipError::NotFound(id))?;
    serde_json::from_str(&text).map_err(|source| ClipError::Receipt { clip: id, source })
}
