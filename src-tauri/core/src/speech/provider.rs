//! What a voice is to the rest of the program: text in, one fresh attempt, a sound file out, or a typed outcome.
//!
//! An attempt is a value of its own with a folder, a deadline and a cancel token of its own; nothing of one attempt can
//! reach the next. What is not here: which provider is asked first, and what happens when it fails (`speak`).

use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::time::Duration;

use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;

use super::check::BadAudio;
use crate::error::{Code, Explain};
use crate::ffmpeg::ToolError;
use crate::profile::media::MediaError;

/// A future that can be kept behind `dyn Provider`.
pub type Speaking<'a> = Pin<Box<dyn Future<Output = Result<Raw, Outcome>> + Send + 'a>>;

/// What is to be said.
#[derive(Debug, Clone, Copy)]
pub struct Line<'a> {
    /// One sentence, as [`super::plain`] made it: no control characters, plain quotes and dashes. Never markup: a
    /// provider that reads markup must escape it.
    pub text: &'a str,
    /// ISO 639-1 code.
    pub language: &'a str,
    /// The provider's own name for the voice.
    pub voice: &'a str,
}

/// What a provider gave: a file as it came, neither decoded nor checked.
#[derive(Debug)]
pub struct Raw {
    /// Inside the attempt's folder.
    pub file: PathBuf,
    /// Start and end of every white-space word in milliseconds from the start of the file, when the provider knows.
    pub words: Option<Vec<(u32, u32)>>,
}

/// A voice engine.
pub trait Provider: Send + Sync {
    /// "flite", "espeak-ng", …: the first half of a [`VoiceId`](super::words::VoiceId).
    fn name(&self) -> &'static str;

    /// Everything about the engine and its settings that changes its sound, for the cache key. Cheap to make.
    fn fingerprint(&self) -> String;

    /// Says one sentence into a file of the attempt's folder.
    fn speak<'a>(&'a self, line: Line<'a>, attempt: &'a Attempt) -> Speaking<'a>;
}

/// One try at one sentence. Its folder goes when it is dropped.
#[derive(Debug)]
pub struct Attempt {
    folder: tempfile::TempDir,
    deadline: Duration,
    cancel: CancellationToken,
}

impl Attempt {
    /// A fresh one below the job's temporary folder.
    ///
    /// # Errors
    /// [`MediaError::Io`] when its folder cannot be made.
    pub fn new(tmp: &Path, deadline: Duration, cancel: &CancellationToken) -> Result<Self, MediaError> {
        let folder = tempfile::Builder::new().prefix("voice-").tempdir_in(tmp).map_err(MediaError::io("made", tmp))?;
        Ok(Self { folder, deadline, cancel: cancel.child_token() })
    }

    /// Where it may write.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Fires when it is to stop, at its deadline too.
    #[must_use]
    pub fn cancel(&self) -> &CancellationToken {
        &self.cancel
    }

    /// Lets the provider speak until the deadline; past it everything the attempt started is stopped.
    ///
    /// # Errors
    /// The provider's outcome, or [`Outcome::Timeout`].
    pub async fn run(&self, provider: &dyn Provider, line: Line<'_>) -> Result<Raw, Outcome> {
        let mut speaking = provider.speak(line, self);
        tokio::select! {
            biased;
            done = &mut speaking => done,
            () = tokio::time::sleep(self.deadline) => {
                self.cancel.cancel();
                // Waited for, so that nothing writes into the folder afterwards; what it says now no longer counts.
                drop(speaking.await);
                Err(Outcome::Timeout { after: self.deadline })
            }
        }
    }
}

/// How an attempt failed.
#[derive(Debug, thiserror::Error)]
pub enum Outcome {
    /// The provider does not accept the key.
    #[error("the provider refused the key")]
    Auth,
    /// The provider says the quota is used up.
    #[error("the provider's quota is used up: {0}")]
    QuotaRefused(String),
    /// One request cannot hold this much text.
    #[error("the text has {found} characters and the provider takes {limit}")]
    TextTooLong {
        /// Characters there are.
        found: usize,
        /// Characters it takes.
        limit: usize,
    },
    /// Too many requests; later it works again.
    #[error("the provider asks for fewer requests")]
    RateLimited {
        /// How long to wait, when it says.
        after: Option<Duration>,
    },
    /// Too many requests of ours at once.
    #[error("too many requests are running at the provider")]
    ConcurrencyFull,
    /// It could not be reached.
    #[error("the provider could not be reached: {0}")]
    Network(String),
    /// It took too long.
    #[error("it took longer than {} s", after.as_secs())]
    Timeout {
        /// The limit.
        after: Duration,
    },
    /// The answer ended early.
    #[error("the answer ended early")]
    Truncated,
    /// What came is not the sentence, spoken.
    #[error("what it made is not the sentence, spoken: {0}")]
    InvalidAudio(#[from] BadAudio),
    /// The text cannot be spoken by anybody.
    #[error("there is nothing in it to speak")]
    BadInput,
    /// The user cancelled.
    #[error("it was cancelled")]
    Cancelled,
    /// A thread of ours ended badly.
    #[error("speaking stopped unexpectedly")]
    Stopped(#[source] tokio::task::JoinError),
    /// A program on this machine.
    #[error(transparent)]
    Tool(ToolError),
    /// A file on this machine.
    #[error(transparent)]
    Media(#[from] MediaError),
}

impl Outcome {
    /// The same on every provider, so asking another one, or again, is pointless.
    #[must_use]
    pub fn is_final(&self) -> bool {
        match self {
            Self::BadInput | Self::Cancelled | Self::Media(_) | Self::Tool(ToolError::Missing { .. }) => true,
            Self::Tool(e) => e.code() == Code::DiskFull,
            _ => false,
        }
    }
}

impl From<ToolError> for Outcome {
    fn from(error: ToolError) -> Self {
        match error {
            ToolError::Cancelled => Self::Cancelled,
            other => Self::Tool(other),
        }
    }
}

impl Explain for Outcome {
    fn code(&self) -> Code {
        match self {
            Self::BadInput => Code::NothingToSpeak,
            Self::Cancelled => Code::Cancelled,
            Self::Tool(e) => e.code(),
            Self::Media(e) => e.code(),
            Self::Stopped(_) => Code::Internal,
            _ => Code::BadSpeech,
        }
    }

    fn details(&self) -> Value {
        match self {
            Self::InvalidAudio(bad) => bad.details(),
            Self::Tool(e) => e.details(),
            _ => json!({}),
        }
    }
}
