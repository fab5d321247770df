//! What a voice is to the rest of the program: text in, one fresh attempt, a sound file out, or a typed outcome.
//!
//! An attempt is a value of its own with a folder, a deadline and a cancel token of its own; nothing of one attempt can
//! reach the next. What is not here: which provider is asked first, and what happens when it fails (`speak`).

use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
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

/// What a request has cost so far, as far as it is known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Meter {
    /// Certainly nothing: no request left, or the provider refused it.
    #[default]
    Nothing,
    /// A request left and no answer says what became of it.
    Sent,
    /// It was charged.
    Charged(Charged),
}

/// What a provider said it charged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Charged {
    /// Characters; `None` when it did not say, which counts as the most it can be.
    pub characters: Option<u64>,
    /// The provider's name for the request.
    pub request_id: Option<String>,
}

/// A sentence found in the provider's history: what it cost, and its sound.
#[derive(Debug)]
pub struct Rescued {
    /// What it cost.
    pub charged: Charged,
    /// Its sound.
    pub raw: Raw,
}

/// A future that looks for a lost answer.
pub type Rescuing<'a> = Pin<Box<dyn Future<Output = Result<Option<Rescued>, Outcome>> + Send + 'a>>;

/// A future that asks whether the provider is well.
pub type Probing<'a> = Pin<Box<dyn Future<Output = Result<(), Outcome>> + Send + 'a>>;

/// A future that asks what each model costs.
pub type Rating<'a> = Pin<Box<dyn Future<Output = Result<BTreeMap<String, f64>, Outcome>> + Send + 'a>>;

/// A voice engine.
pub trait Provider: Send + Sync {
    /// "flite", "espeak-ng", …: the first half of a [`VoiceId`](super::words::VoiceId).
    fn name(&self) -> &'static str;

    /// Everything about the engine and its settings that changes its sound, for the cache key. Cheap to make.
    fn fingerprint(&self) -> String;

    /// Says one sentence into a file of the attempt's folder.
    fn speak<'a>(&'a self, line: Line<'a>, attempt: &'a Attempt) -> Speaking<'a>;

    /// Sentences it may be asked for at once.
    fn at_once(&self) -> usize {
        4
    }

    /// The model whose characters cost money; `None` when it is free.
    fn paid_model(&self) -> Option<&str> {
        None
    }

    /// The text as it is sent; what is paid for, and what the provider's history shows.
    fn as_sent(&self, text: &str) -> String {
        text.to_owned()
    }

    /// It is asked over a network, so it is given time between two tries.
    fn is_remote(&self) -> bool {
        false
    }

    /// Is it well? Asked before it is used again after it failed; never costs anything.
    fn probe<'a>(&'a self, _attempt: &'a Attempt) -> Probing<'a> {
        Box::pin(async { Ok(()) })
    }

    /// How many characters each of its models bills for one of the text, as it says itself; never costs anything.
    fn rates<'a>(&'a self, _cancel: &'a CancellationToken) -> Rating<'a> {
        Box::pin(async { Ok(BTreeMap::new()) })
    }

    /// Looks for the answer to a request that was sent since `since_ms` (UTC milliseconds) and whose answer was lost.
    /// What is named in `taken` was the answer to another request.
    fn rescue<'a>(
        &'a self,
        _line: Line<'a>,
        _since_ms: i64,
        _taken: &'a HashSet<String>,
        _attempt: &'a Attempt,
    ) -> Rescuing<'a> {
        Box::pin(async { Ok(None) })
    }
}

/// One try at one sentence. Its folder goes when it is dropped.
#[derive(Debug)]
pub struct Attempt {
    folder: tempfile::TempDir,
    deadline: Duration,
    cancel: CancellationToken,
    meter: Mutex<Meter>,
}

impl Attempt {
    /// A fresh one below the job's temporary folder.
    ///
    /// # Errors
    /// [`MediaError::Io`] when its folder cannot be made.
    pub fn new(tmp: &Path, deadline: Duration, cancel: &CancellationToken) -> Result<Self, MediaError> {
        let folder = tempfile::Builder::new().prefix("voice-").tempdir_in(tmp).map_err(MediaError::io("made", tmp))?;
        Ok(Self { folder, deadline, cancel: cancel.child_token(), meter: Mutex::default() })
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

    /// Does this until it is done or the attempt is to stop.
    ///
    /// # Errors
    /// [`Outcome::Cancelled`]; what the work itself says.
    pub async fn unless_cancelled<T>(&self, work: impl Future<Output = Result<T, Outcome>>) -> Result<T, Outcome> {
        tokio::select! {
            biased;
            () = self.cancel.cancelled() => Err(Outcome::Cancelled),
            done = work => done,
        }
    }

    /// Notes what the request has cost by now. Kept by the attempt, so that it survives a time-out and a cancel.
    pub fn note(&self, meter: Meter) {
        *self.meter.lock().unwrap_or_else(PoisonError::into_inner) = meter;
    }

    /// What was noted last.
    #[must_use]
    pub fn meter(&self) -> Meter {
        self.meter.lock().unwrap_or_else(PoisonError::into_inner).clone()
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
    #[error("the provider did not let this program in: {0}")]
    Auth(String),
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
    /// It says that it cannot work now.
    #[error("the provider cannot work now: {0}")]
    Unavailable(String),
    /// It does not do what it was asked for (no such voice, no such model).
    #[error("the provider refused the request: {0}")]
    Refused(String),
    /// The connection broke after the request was sent.
    #[error("the answer was lost: {0}")]
    Lost(String),
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

impl Outcome {
    /// Asking the same provider again may help.
    #[must_use]
    pub fn is_worth_retrying(&self) -> bool {
        match self {
            Self::Auth(_) | Self::QuotaRefused(_) | Self::TextTooLong { .. } | Self::Refused(_) => false,
            other => !other.is_final(),
        }
    }

    /// The provider itself is in trouble, which is what a breaker counts.
    #[must_use]
    pub fn counts_against_the_provider(&self) -> bool {
        matches!(
            self,
            Self::RateLimited { .. }
                | Self::Unavailable(_)
                | Self::Network(_)
                | Self::Lost(_)
                | Self::Timeout { .. }
                | Self::Truncated
                | Self::InvalidAudio(_)
        )
    }

    /// Its stable name, for the list of steps down.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Auth(_) => "auth",
            Self::QuotaRefused(_) => "provider_quota",
            Self::TextTooLong { .. } => "text_too_long",
            Self::RateLimited { .. } => "rate_limited",
            Self::ConcurrencyFull => "concurrency_full",
            Self::Unavailable(_) => "unavailable",
            Self::Refused(_) => "refused",
            Self::Lost(_) => "lost",
            Self::Network(_) => "network",
            Self::Timeout { .. } => "timeout",
            Self::Truncated => "truncated",
            Self::InvalidAudio(_) => "invalid_audio",
            Self::BadInput => "bad_input",
            Self::Cancelled => "cancelled",
            Self::Stopped(_) | Self::Tool(_) | Self::Media(_) => "local",
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
