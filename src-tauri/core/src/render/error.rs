//! Why a video was not rendered, said to a person.

use serde_json::{Value, json};

use super::loudness::Measured;
use super::platform::Loudness;
use crate::error::{Code, Explain};
use crate::ffmpeg::ToolError;
use crate::ids::VariantId;
use crate::library::probe::ProbeError;
use crate::library::sources::SourceError;
use crate::profile::db::DbError;
use crate::profile::media::MediaError;
use crate::variants::check::TimelineError;

/// Why a variant could not be rendered.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    /// Not in this profile.
    #[error("There is no planned video {0} in this profile. Generate the project again.")]
    NoVariant(VariantId),
    /// The plan names a platform this version does not know.
    #[error("The plan is for the platform \"{0}\", which this version does not know. Generate the project again.")]
    UnknownPlatform(String),
    /// A platform with another frame rate than the video was planned for.
    #[error(
        "{platform} shows {fps} frames a second, but the video was planned for {planned}. Generate it for {platform} \
         instead."
    )]
    OtherRate {
        /// The platform.
        platform: String,
        /// Its frames a second.
        fps: u32,
        /// Those of the plan.
        planned: u32,
    },
    /// The plan does not hold together.
    #[error("The plan of this video cannot be rendered. Generate the project again.")]
    BadPlan(#[from] TimelineError),
    /// The plan was stored by a newer version, or is damaged.
    #[error("The plan of this video cannot be read: {0}. Generate the project again.")]
    UnreadablePlan(String),
    /// A footage file is gone or another one now.
    #[error(transparent)]
    Source(#[from] SourceError),
    /// The plan reaches past the end of a source.
    #[error(
        "The footage \"{name}\" ends at {:.1} s, but the plan shows it until {:.1} s. The file may be cut off: import it \
         again and generate the project again.", *has_ms as f64 / 1000.0, *needed_ms as f64 / 1000.0
    )]
    SourceEnds {
        /// The user's name for it.
        name: String,
        /// Until when it is needed, milliseconds.
        needed_ms: u64,
        /// Until when there is picture, milliseconds.
        has_ms: u64,
    },
    /// A file of the brand, music or narration is gone.
    #[error("The {what} file ({name}) is gone from the profile. Set it again and generate the project again.")]
    FileMissing {
        /// "logo", "intro", "outro", "music", "narration".
        what: &'static str,
        /// Its file name.
        name: String,
    },
    /// A file of the brand, music or narration is another one now.
    #[error("The {what} file ({name}) was changed since this video was planned. Generate the project again.")]
    FileChanged {
        /// As above.
        what: &'static str,
        /// Its file name.
        name: String,
    },
    /// The brand's intro or outro is no video.
    #[error("The brand's {what} cannot be used. Set another one.")]
    BadInsert {
        /// "intro" or "outro".
        what: &'static str,
        /// Why.
        #[source]
        source: ProbeError,
    },
    /// ffmpeg is too old or lacks a part.
    #[error(
        "The ffmpeg here (version {version}) cannot render: {}. Install a complete, current ffmpeg; `edit-factory doctor` \
         says how.", lacks.join("; ")
    )]
    Unfit {
        /// As it calls itself.
        version: String,
        /// What it lacks, in words.
        lacks: Vec<String>,
    },
    /// What was made is not what was asked for.
    #[error(
        "The rendered video did not pass its check ({what}: {found}), so it was not kept. Retry the job; if it fails \
         again, update ffmpeg."
    )]
    Wrong {
        /// "shot 4", "the joined video".
        what: String,
        /// What is wrong with it.
        found: String,
    },
    /// The loudness target could not be met.
    #[error(
        "The sound could not be brought to {} LUFS with peaks under {} dBTP (it came to {} LUFS, {} dBTP). Lower the music \
         or the footage sound and generate again.", target.lufs, target.peak_dbtp, got.lufs, got.peak_dbtp
    )]
    Loudness {
        /// What was wanted.
        target: Loudness,
        /// What came of it.
        got: Measured,
    },
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

impl RenderError {
    /// It is about the files that were to be shown and heard: gone, changed, too short.
    #[must_use]
    pub fn is_about_inputs(&self) -> bool {
        matches!(
            self,
            Self::Source(SourceError::NotFound(_) | SourceError::Missing { .. } | SourceError::Changed { .. })
                | Self::SourceEnds { .. }
                | Self::FileMissing { .. }
                | Self::FileChanged { .. }
                | Self::BadInsert { .. }
        )
    }

    /// An I/O failure on a file, as [`MediaError::io`].
    pub fn io(what: &'static str, path: &std::path::Path) -> impl FnOnce(std::io::Error) -> Self {
        let wrap = MediaError::io(what, path);
        move |source| Self::Media(wrap(source))
    }
}

impl Explain for RenderError {
    fn code(&self) -> Code {
        match self {
            Self::NoVariant(_) | Self::FileMissing { .. } => Code::NotFound,
            Self::UnknownPlatform(_) | Self::UnreadablePlan(_) | Self::OtherRate { .. } => Code::InvalidInput,
            Self::BadPlan(e) => e.code(),
            Self::Source(e) => e.code(),
            Self::FileChanged { .. } => Code::Unreadable,
            Self::SourceEnds { .. } => Code::TruncatedFile,
            Self::BadInsert { source, .. } => source.code(),
            Self::Unfit { .. } => Code::ToolUnfit,
            Self::Wrong { .. } | Self::Loudness { .. } => Code::BadRender,
            Self::Tool(e) => e.code(),
            Self::Db(e) => e.code(),
            Self::Media(e) => e.code(),
        }
    }

    fn details(&self) -> Value {
        match self {
            Self::NoVariant(variant) => json!({ "variant": variant }),
            Self::UnknownPlatform(platform) => json!({ "platform": platform }),
            Self::Source(e) => e.details(),
            Self::SourceEnds { name, needed_ms, has_ms } => {
                json!({ "source": name, "needed_ms": needed_ms, "has_ms": has_ms })
            }
            Self::FileMissing { what, name } | Self::FileChanged { what, name } => {
                json!({ "what": what, "file": name })
            }
            Self::BadInsert { what, source } => json!({ "what": what, "why": source.details() }),
            Self::Unfit { version, lacks } => json!({ "version": version, "lacks": lacks }),
            Self::Wrong { what, found } => json!({ "what": what, "found": found }),
            Self::Loudness { target, got } => json!({ "target": target, "got": got }),
            Self::Tool(e) => e.details(),
            Self::Db(e) => e.details(),
            Self::Media(e) => e.details(),
            Self::BadPlan(e) => e.details(),
            Self::UnreadablePlan(_) | Self::OtherRate { .. } => json!({}),
        }
    }
}
