//! Why videos could not be planned.

use serde_json::{Value, json};

use crate::error::{Code, Explain};
use crate::ids::{ProjectId, VariantId};
use crate::jobs::store::JobError;
use crate::profile::db::DbError;
use crate::profile::media::MediaError;
use crate::project::store::ProjectError;
use crate::script::ScriptError;
use crate::speech::SpeechError;
use crate::variants::check::TimelineError;
use crate::variants::plan::PlanError;

/// Why [`super::run`] or [`super::queue`] stopped. Nothing was queued for rendering then.
#[derive(Debug, thiserror::Error)]
pub enum GenerateError {
    /// The number of variants makes no sense.
    #[error("{0} variants were asked for. Ask for 1 to {most}.", most = super::MOST_VARIANTS)]
    BadCount(u32),
    /// No such platform.
    #[error("There is no platform \"{name}\". There are: {known}.")]
    UnknownPlatform {
        /// What was asked for.
        name: String,
        /// The ones there are.
        known: String,
    },
    /// No such caption style.
    #[error("There is no caption style \"{name}\". There are: {known}.")]
    UnknownStyle {
        /// What was asked for.
        name: String,
        /// The ones there are.
        known: String,
    },
    /// The project has no script.
    #[error("The project has no script, so there is nothing to speak. Add one with `edit-factory project script`.")]
    NoScript(ProjectId),
    /// A script that is too long for the platform.
    #[error(
        "\"{script}\" takes {spoken_s} s to speak, but {platform} takes videos of at most {most_s} s. Shorten the \
         script, or choose another platform."
    )]
    TooLong {
        /// The script.
        script: String,
        /// The platform.
        platform: String,
        /// How long the video would be, seconds.
        spoken_s: u64,
        /// The platform's limit, seconds.
        most_s: u32,
    },
    /// No such variant.
    #[error("There is no variant {0} in this profile.")]
    NoVariant(VariantId),
    /// No variant was named.
    #[error("No variant was chosen, so there is nothing to render. Choose at least one.")]
    NothingToRender,
    /// The variant has no such sentence.
    #[error("Variant {variant} says no sentence number {}, so there is nothing to show a shot over.", sentence + 1)]
    NoSentence {
        /// From 0.
        sentence: u32,
        /// The variant.
        variant: VariantId,
    },
    /// Reading a script.
    #[error("\"{script}\": {source}")]
    Script {
        /// Its name.
        script: String,
        /// Why.
        #[source]
        source: ScriptError,
    },
    /// Speaking a script.
    #[error("\"{script}\": {source}")]
    Speech {
        /// Its name.
        script: String,
        /// Why.
        #[source]
        source: SpeechError,
    },
    /// Speaking the scripts costs more than may be spent.
    #[error(transparent)]
    Afford(SpeechError),
    /// Planning a script.
    #[error("\"{script}\": {source}")]
    Plan {
        /// Its name.
        script: String,
        /// Why.
        #[source]
        source: PlanError,
    },
    /// A plan that does not hold together: a mistake of ours.
    #[error("The planned video does not hold together ({0}). Nothing was rendered.")]
    Timeline(#[from] TimelineError),
    /// A thread of ours ended badly.
    #[error("Planning stopped unexpectedly: {0}. Try again.")]
    Stopped(#[from] tokio::task::JoinError),
    /// The project.
    #[error(transparent)]
    Project(#[from] ProjectError),
    /// The job store.
    #[error(transparent)]
    Job(#[from] JobError),
    /// The database.
    #[error(transparent)]
    Db(#[from] DbError),
    /// A file of the profile.
    #[error(transparent)]
    Media(#[from] MediaError),
    /// Cancelled.
    #[error("It was cancelled.")]
    Cancelled,
}

impl GenerateError {
    /// True when it concerns one script alone, so that the others of the order can still be made.
    #[must_use]
    pub fn is_of_one_script(&self) -> bool {
        matches!(
            self,
            Self::Script { .. } | Self::Speech { .. } | Self::Plan { .. } | Self::TooLong { .. } | Self::Timeline(_)
        )
    }
}

impl From<rusqlite::Error> for GenerateError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Db(error.into())
    }
}

impl Explain for GenerateError {
    fn code(&self) -> Code {
        match self {
            Self::BadCount(_) | Self::UnknownPlatform { .. } | Self::UnknownStyle { .. } | Self::NothingToRender => {
                Code::InvalidInput
            }
            Self::NoScript(_) => Code::NothingToSpeak,
            Self::TooLong { .. } => Code::ScriptTooLong,
            Self::NoVariant(_) | Self::NoSentence { .. } => Code::NotFound,
            Self::Script { source, .. } => source.code(),
            Self::Speech { source, .. } => source.code(),
            Self::Afford(e) => e.code(),
            Self::Plan { source, .. } => source.code(),
            Self::Timeline(_) | Self::Stopped(_) => Code::Internal,
            Self::Project(e) => e.code(),
            Self::Job(e) => e.code(),
            Self::Db(e) => e.code(),
            Self::Media(e) => e.code(),
            Self::Cancelled => Code::Cancelled,
        }
    }

    fn details(&self) -> Value {
        match self {
            Self::Script { source, script } => with_script(source.details(), script),
            Self::Speech { source, script } => with_script(source.details(), script),
            Self::Plan { source, script } => with_script(source.details(), script),
            Self::Afford(e) => e.details(),
            Self::Project(e) => e.details(),
            Self::Job(e) => e.details(),
            Self::Db(e) => e.details(),
            _ => json!({}),
        }
    }
}

fn with_script(mut details: Value, script: &str) -> Value {
    details["script"] = json!(script);
    details
}
