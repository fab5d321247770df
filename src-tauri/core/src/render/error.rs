//! Why a video was not rendered, said to a person.

use serde_json::{Value, json};

use crate::error::{Code, Explain};
use crate::ffmpeg::ToolError;
use crate::ids::VariantId;
use crate::profile::db::DbError;
use crate::profile::media::MediaError;

/// Why a variant could not be rendered.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    /// Not in this profile.
    #[error("There is no planned video {0} in this profile. Generate the project again.")]
    NoVariant(VariantId),
    /// ffmpeg and the like.
    #[error(transparent)]
    Tool(#[from] ToolError),
    /// The database.
    #[error(transparent)]
    Db(#[from] DbError),
    /// A file of the profile.
    #[error(transparent)]
    Media(#[from] MediaError),
}

impl From<rusqlite::Error> for RenderError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Db(error.into())
    }
}

impl Explain for RenderError {
    fn code(&self) -> Code {
        match self {
            Self::NoVariant(_) => Code::NotFound,
            Self::Tool(e) => e.code(),
            Self::Db(e) => e.code(),
            Self::Media(e) => e.code(),
        }
    }

    fn details(&self) -> Value {
        match self {
            Self::NoVariant(variant) => json!({ "variant": variant }),
            Self::Tool(e) => e.details(),
            Self::Db(e) => e.details(),
            Self::Media(e) => e.details(),
        }
    }
}
