//! What a failed call says: a stable code, a sentence a person can act on, and details.
//!
//! Each operation has its own error enum (thiserror, source kept). [`Explain`] gives such an enum its wire form;
//! [`Failure`] is that form, used by the CLI, the window and the stored error of a job.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use ts_rs::TS;

/// Stable names of the failures somebody branches on. Everything else is [`Code::Internal`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Code {
    /// The value given does not make sense (a name, a number, an option).
    InvalidInput,
    /// No such profile, source, project, job or clip here.
    NotFound,
    /// The name is taken, or the thing exists already.
    Exists,
    /// A path that leaves the profile.
    OutsideProfile,
    /// The file holds no video (text, archive, noise).
    NotAVideo,
    /// The file has zero bytes.
    EmptyFile,
    /// The file ends before it says it does, or does not decode.
    TruncatedFile,
    /// There is sound in the file but no picture.
    AudioOnly,
    /// The file is a single still picture.
    StillPicture,
    /// The footage is too short to cut a shot from.
    TooShort,
    /// The file cannot be read.
    Unreadable,
    /// The script has nothing to speak (empty, only emoji, only markup).
    NothingToSpeak,
    /// The script is longer than one video can be.
    ScriptTooLong,
    /// No installed voice speaks the language of the script.
    NoVoice,
    /// The voice made something that is not the script, spoken.
    BadSpeech,
    /// The project has no usable shot.
    NoFootage,
    /// No room left on the disk, or a limit on file size.
    DiskFull,
    /// ffmpeg (or ffprobe, espeak-ng) is not installed.
    ToolMissing,
    /// ffmpeg is there but too old or lacks a part we need.
    ToolUnfit,
    /// ffmpeg ran and failed.
    ToolFailed,
    /// The finished file is not what was asked for.
    BadRender,
    /// The database was written by a newer version of the program.
    NewerDatabase,
    /// The database file is damaged.
    DamagedDatabase,
    /// Another process runs this profile's jobs.
    RunnerBusy,
    /// The job is not in a state that allows this.
    WrongState,
    /// The user cancelled it.
    Cancelled,
    /// The OS keyring is absent, locked or refused.
    Keyring,
    /// A monthly limit would be passed, or a provider charged more than it could and nobody has decided since. Nothing was
    /// sent.
    OverQuota,
    /// The isolation audit found something of one profile in another.
    Leak,
    /// Re-rendering gave another file.
    NotReproduced,
    /// The window shows another profile by now; nothing of the answer may be shown.
    StaleSession,
    /// The server cannot be reached or has trouble; another try may do.
    Offline,
    /// The server wants somebody to sign in again.
    SignIn,
    /// The server was made for another version of the program.
    OtherVersion,
    /// The server refuses.
    SyncRefused,
    /// Something that should not happen; the message says what.
    Internal,
}

/// A failed call as the window, the CLI and a job's row see it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Failure {
    /// What to branch on.
    pub code: Code,
    /// What happened, what it means, what to do; for a person.
    pub message: String,
    /// Numbers, names and tool output that help; an object, possibly empty. Never a secret.
    #[ts(type = "Record<string, unknown>")]
    pub details: Value,
}

impl Failure {
    /// A failure without details.
    #[must_use]
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), details: json!({}) }
    }

    /// The same with details.
    #[must_use]
    pub fn with(mut self, details: Value) -> Self {
        self.details = details;
        self
    }
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)
    }
}

/// An error enum of one operation that knows its wire form.
pub trait Explain: std::error::Error {
    /// What to branch on.
    fn code(&self) -> Code;

    /// Details for the wire; an object.
    fn details(&self) -> Value {
        json!({})
    }
}

impl<E: Explain> From<E> for Failure {
    fn from(error: E) -> Self {
        let mut message = error.to_string();
        let mut details = error.details();
        let mut causes = Vec::new();
        let mut source = error.source();
        while let Some(cause) = source {
            causes.push(cause.to_string());
            source = cause.source();
        }
        if let (false, Value::Object(map)) = (causes.is_empty(), &mut details) {
            map.insert("causes".into(), json!(causes));
        }
        if message.is_empty() {
            "Something went wrong.".clone_into(&mut message);
        }
        Self { code: error.code(), message, details }
    }
}

/// True if the error is "no space left" (ENOSPC), a quota (EDQUOT) or a file-size limit (EFBIG).
#[must_use]
pub fn is_disk_full(error: &std::io::Error) -> bool {
    matches!(
        error.kind(),
        std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded | std::io::ErrorKind::FileTooLarge
    )
}
