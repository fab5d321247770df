//! Why a script could not be spoken, for a person.

use serde_json::{Value, json};

use super::chain::StepDown;
use super::check::BadAudio;
use super::provider::Outcome;
use super::words::VoiceId;
use crate::budget::BudgetError;
use crate::error::{Code, Explain};
use crate::ffmpeg::ToolError;
use crate::profile::db::DbError;
use crate::profile::media::MediaError;
use crate::profile::secrets::SecretError;

/// Why a voiceover was not made. Nothing of it is kept then, but sentences that were spoken well stay in the cache.
#[derive(Debug, thiserror::Error)]
pub enum SpeechError {
    /// No voice for the language.
    #[error("No installed voice speaks {language}, so this script cannot be spoken here. {todo}")]
    NoVoice {
        /// The language in words with its code: "Romanian (ro)".
        language: String,
        /// What to install or do.
        todo: String,
    },
    /// The voice asked for is not one there is.
    #[error("There is no voice \"{0}\". `edit-factory voice list` shows the ones there are.")]
    UnknownVoice(VoiceId),
    /// The request makes no sense.
    #[error("{0}")]
    BadInput(String),
    /// A sentence could not be spoken.
    #[error("{voice} could not speak sentence {number} (\"{}\"): {outcome}", shorten(text))]
    Sentence {
        /// Which voice.
        voice: VoiceId,
        /// Which sentence, counted from 1.
        number: usize,
        /// Its text.
        text: String,
        /// What came of the last attempt.
        #[source]
        outcome: Outcome,
    },
    /// Nobody in the chain could speak it.
    #[error("No voice could speak it. {}", list(steps))]
    AllFailed {
        /// Who was asked, and why each did not speak.
        steps: Vec<StepDown>,
        /// What came of the last one.
        #[source]
        last: Box<SpeechError>,
    },
    /// It costs more than may be spent, or the ledger cannot be written. Nothing was sent.
    #[error(transparent)]
    Budget(#[from] BudgetError),
    /// The keyring.
    #[error(transparent)]
    Secret(#[from] SecretError),
    /// The user's recording is not this script, spoken.
    #[error("The recording {name} was not taken: {why}")]
    Recording {
        /// Its file name.
        name: String,
        /// What is wrong with it.
        #[source]
        why: BadAudio,
    },
    /// Cancelled.
    #[error("It was cancelled.")]
    Cancelled,
    /// A tool.
    #[error(transparent)]
    Tool(ToolError),
    /// A file.
    #[error(transparent)]
    Media(#[from] MediaError),
    /// The database.
    #[error(transparent)]
    Db(#[from] DbError),
    /// A thread of ours ended badly.
    #[error("Speaking stopped unexpectedly: {0}. Try again.")]
    Stopped(#[from] tokio::task::JoinError),
}

impl From<ToolError> for SpeechError {
    fn from(error: ToolError) -> Self {
        match error {
            ToolError::Cancelled => Self::Cancelled,
            other => Self::Tool(other),
        }
    }
}

impl From<rusqlite::Error> for SpeechError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Db(error.into())
    }
}

impl Explain for SpeechError {
    fn code(&self) -> Code {
        match self {
            Self::NoVoice { .. } => Code::NoVoice,
            Self::UnknownVoice(_) | Self::BadInput(_) => Code::InvalidInput,
            Self::Sentence { outcome, .. } => outcome.code(),
            Self::AllFailed { last, .. } => last.code(),
            Self::Budget(e) => e.code(),
            Self::Secret(e) => e.code(),
            Self::Recording { why: BadAudio::Undecodable { .. }, .. } => Code::Unreadable,
            Self::Recording { .. } => Code::BadSpeech,
            Self::Cancelled => Code::Cancelled,
            Self::Tool(e) => e.code(),
            Self::Media(e) => e.code(),
            Self::Db(e) => e.code(),
            Self::Stopped(_) => Code::Internal,
        }
    }

    fn details(&self) -> Value {
        match self {
            Self::NoVoice { language, .. } => json!({ "language": language }),
            Self::UnknownVoice(voice) => json!({ "voice": voice }),
            Self::Sentence { voice, number, text, outcome } => {
                let mut details = json!({ "voice": voice, "sentence": number, "text": text });
                if let (Value::Object(map), Value::Object(more)) = (&mut details, outcome.details()) {
                    map.extend(more);
                }
                details
            }
            Self::AllFailed { steps, last } => {
                let mut details = last.details();
                if let Value::Object(map) = &mut details {
                    map.insert("steps".into(), json!(steps));
                }
                details
            }
            Self::Budget(e) => e.details(),
            Self::Secret(e) => e.details(),
            Self::Recording { why, .. } => why.details(),
            Self::Tool(e) => e.details(),
            Self::Db(e) => e.details(),
            _ => json!({}),
        }
    }
}

fn list(steps: &[StepDown]) -> String {
    steps
        .iter()
        .map(|step| format!("{}: {}.", step.voice, step.says.trim_end_matches('.')))
        .collect::<Vec<_>>()
        .join(" ")
}

/// The start of a text, short enough for a message.
fn shorten(text: &str) -> String {
    const SHOWN: usize = 60;
    if text.chars().count() <= SHOWN {
        return text.to_owned();
    }
    let start: String = text.chars().take(SHOWN).collect();
    format!("{}…", start.trim_end())
}
