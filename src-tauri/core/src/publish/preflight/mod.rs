//! What a platform would not take, or not show well, found before a video leaves.
//!
//! [`examine`] looks at a clip once: at its file, at what is written over its picture, at whether it is still what its
//! project says, at where it was published. [`judge`] then holds that, purely, against each platform's figures
//! ([`figures`], read from `assets/publishing.json`). An error keeps the video from being published; a warning is said.
//! Where a new render for one of our platforms would mend it, the finding says for which.

mod clip;
mod figures;
mod judge;
mod look;
mod places;
mod stale;
#[cfg(test)]
mod tests;
mod text;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use tokio_util::sync::CancellationToken;
use ts_rs::TS;

use super::settings::PostSettings;
use crate::clips::ClipError;
use crate::error::{Code, Explain};
use crate::ffmpeg::ToolError;
use crate::ids::ClipId;
use crate::profile::Profile;
use crate::profile::db::{DbError, Reader};
use crate::profile::media::MediaError;
pub use clip::{Already, Examined, FileState, examine};
pub use figures::{Figures, Known, of_platform};
pub use judge::judge;
pub use look::Looked;
pub use stale::Stale;

/// Whether a clip is no longer what its project says.
///
/// # Errors
/// [`ClipError`](crate::clips::ClipError).
pub(super) fn is_stale(tx: &Reader<'_>, clip: ClipId) -> Result<bool, ClipError> {
    let receipt = crate::clips::receipt(tx, clip)?;
    // What cannot be read cannot be vouched for.
    let Ok(receipt) = serde_json::from_value(receipt) else { return Ok(true) };
    Ok(!stale::of(tx, &receipt)?.is_empty())
}

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "FindingLevel")]
pub enum Level {
    /// It keeps the video from being published.
    Error,
    /// It is said.
    Warning,
}

/// What mends it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "fix", rename_all = "snake_case")]
pub enum Fix {
    /// Making the video again for this platform of ours ("shorts").
    Render {
        /// Its name.
        platform: String,
    },
}

/// Something found wrong with a post.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Finding {
    /// A stable name ("too_long").
    pub code: String,
    /// How bad it is.
    pub level: Level,
    /// What, for a person.
    pub says: String,
    /// Numbers and names of it; an object.
    #[ts(type = "Record<string, unknown>")]
    pub details: Value,
    /// What mends it; `null` when nothing here can.
    pub fix: Option<Fix>,
}

impl Finding {
    /// Something that keeps the video from being published.
    #[must_use]
    pub fn error(code: &str, says: impl Into<String>, details: Value) -> Self {
        Self { code: code.to_owned(), level: Level::Error, says: says.into(), details, fix: None }
    }

    /// Something a person should know.
    #[must_use]
    pub fn warning(code: &str, says: impl Into<String>, details: Value) -> Self {
        Self { level: Level::Warning, ..Self::error(code, says, details) }
    }

    /// The same, mended by a new render for this platform of ours; by nothing for `None`.
    #[must_use]
    pub fn mended_by(self, platform: Option<&str>) -> Self {
        Self { fix: platform.map(|platform| Fix::Render { platform: platform.to_owned() }), ..self }
    }
}

/// Why a clip could not be looked at.
#[derive(Debug, thiserror::Error)]
pub enum PreflightError {
    /// The clip.
    #[error(transparent)]
    Clip(#[from] ClipError),
    /// ffprobe.
    #[error(transparent)]
    Tool(#[from] ToolError),
    /// A file.
    #[error(transparent)]
    Media(#[from] MediaError),
    /// The database.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl From<rusqlite::Error> for PreflightError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Db(error.into())
    }
}

impl Explain for PreflightError {
    fn code(&self) -> Code {
        match self {
            Self::Clip(e) => e.code(),
            Self::Tool(e) => e.code(),
            Self::Media(e) => e.code(),
            Self::Db(e) => e.code(),
        }
    }

    fn details(&self) -> Value {
        match self {
            Self::Clip(e) => e.details(),
            Self::Tool(e) => e.details(),
            Self::Media(e) => e.details(),
            Self::Db(e) => e.details(),
        }
    }
}

/// What is wrong with posting a clip with this caption and these settings, which were completed, to an account of this
/// platform (Postiz's name for it). Errors come first.
///
/// # Errors
/// [`PreflightError`] when the clip could not be looked at; what is wrong with the clip itself is a finding.
pub async fn inspect(
    profile: &Profile,
    clip: ClipId,
    identifier: &str,
    caption: &str,
    settings: &PostSettings,
    cancel: &CancellationToken,
) -> Result<Vec<Finding>, PreflightError> {
    Ok(judge(&examine(profile, clip, cancel).await?, identifier, caption, settings))
}
