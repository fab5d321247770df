//! Why a voice was not installed, for a person.

use serde_json::{Value, json};

use crate::error::{Code, Explain};
use crate::profile::media::MediaError;
use crate::speech::piper::config::ConfigError;

/// Why. Nothing is enabled then; what was downloaded soundly is kept for the next try.
#[derive(Debug, thiserror::Error)]
pub enum InstallError {
    /// Not in the catalogue.
    #[error("There is no voice \"{0}\" to download. `edit-factory voice catalog` shows the ones there are.")]
    Unknown(String),
    /// Not installed.
    #[error("The voice \"{0}\" is not installed.")]
    NotThere(String),
    /// This machine has no runtime in the catalogue.
    #[error(
        "No ONNX Runtime is known for this kind of machine ({0}), so Piper's voices cannot speak here. If you have its \
         library, install it with `edit-factory voice install --from FOLDER`."
    )]
    NoRuntimeFor(String),
    /// What the file must hash to is not known.
    #[error(
        "{name} was not downloaded: this version of the program does not know what its file must hash to, so a changed \
         file could not be told from the right one. Read the SHA-256 on its page ({page}) and give it along \
         (--sha256), or download the voice yourself and install it with `edit-factory voice install --from FOLDER`."
    )]
    NoHash {
        /// Which.
        name: String,
        /// Where a person finds it.
        page: String,
    },
    /// No SHA-256.
    #[error("A SHA-256 has 64 digits and letters from a to f, and this is none: \"{0}\".")]
    BadHash(String),
    /// Not what was asked for.
    #[error(
        "{name} is not the file it should be: its SHA-256 is {found} and must be {wanted}. It was deleted, and nothing was \
         installed."
    )]
    WrongHash {
        /// Which file.
        name: String,
        /// What it must be.
        wanted: String,
        /// What it is.
        found: String,
    },
    /// Larger or smaller than it should be.
    #[error("{name} has {found} bytes and must have {wanted}. It was deleted, and nothing was installed.")]
    WrongSize {
        /// Which file.
        name: String,
        /// How much it must have.
        wanted: u64,
        /// How much it has, as far as was read.
        found: u64,
    },
    /// The network.
    #[error(
        "{name} could not be downloaded: {says}. {} is kept, and the next try goes on from there.",
        megabytes(*kept)
    )]
    Network {
        /// Which file.
        name: String,
        /// Why.
        says: String,
        /// Bytes that are there.
        kept: u64,
    },
    /// Nothing to import.
    #[error(
        "There is no voice in {0}. A Piper voice is a file NAME.onnx with NAME.onnx.json beside it, in a folder, a Python \
         package (.whl) or a .zip; the ONNX Runtime is a {library} in one of those or in its .tgz.", library = super::library_name()
    )]
    NothingFound(String),
    /// An archive that cannot be read.
    #[error("{name} could not be opened: {says}")]
    Archive {
        /// Which.
        name: String,
        /// Why.
        says: String,
    },
    /// A voice this program cannot use.
    #[error("The voice {name} cannot be used: {why}.")]
    Voice {
        /// Which.
        name: String,
        /// Why.
        #[source]
        why: ConfigError,
    },
    /// It did not speak.
    #[error("{name} was not installed: its test sentence was not spoken well ({says}).")]
    NotHeard {
        /// Which.
        name: String,
        /// Why.
        says: String,
    },
    /// The library cannot be loaded.
    #[error(
        "The ONNX Runtime was not installed: {0}. Take the one for this system and processor, version 1.22 or newer."
    )]
    Runtime(String),
    /// Somebody else is at it.
    #[error("A voice is being installed or removed already, here or in another window. Try again when it is done.")]
    Busy,
    /// Cancelled.
    #[error("It was stopped. What was downloaded is kept, and the next try goes on from there.")]
    Cancelled,
    /// A file.
    #[error(transparent)]
    Media(#[from] MediaError),
    /// A thread of ours ended badly.
    #[error("The work stopped unexpectedly: {0}. Try again.")]
    Stopped(#[from] tokio::task::JoinError),
}

fn megabytes(bytes: u64) -> String {
    format!("{:.1} MB", bytes as f64 / 1e6)
}

impl Explain for InstallError {
    fn code(&self) -> Code {
        match self {
            Self::Unknown(_) | Self::NotThere(_) | Self::NothingFound(_) => Code::NotFound,
            Self::NoRuntimeFor(_) | Self::NoHash { .. } | Self::BadHash(_) | Self::Voice { .. } | Self::Runtime(_) => {
                Code::InvalidInput
            }
            Self::WrongHash { .. } | Self::WrongSize { .. } | Self::Archive { .. } => Code::Unreadable,
            Self::NotHeard { .. } => Code::BadSpeech,
            Self::Busy => Code::WrongState,
            Self::Cancelled => Code::Cancelled,
            Self::Media(e) => e.code(),
            Self::Network { .. } | Self::Stopped(_) => Code::Internal,
        }
    }

    fn details(&self) -> Value {
        match self {
            Self::NoHash { name, page } => json!({ "reason": "no_hash", "name": name, "page": page }),
            Self::WrongHash { name, wanted, found } => {
                json!({ "reason": "wrong_hash", "name": name, "wanted": wanted, "found": found })
            }
            Self::WrongSize { name, wanted, found } => {
                json!({ "reason": "wrong_size", "name": name, "wanted": wanted, "found": found })
            }
            Self::Network { name, says, kept } => {
                json!({ "reason": "network", "name": name, "says": says, "kept": kept })
            }
            Self::NothingFound(path) => json!({ "reason": "nothing_found", "path": path }),
            Self::NotHeard { name, says } => json!({ "reason": "not_heard", "name": name, "says": says }),
            Self::Runtime(says) => json!({ "reason": "runtime", "says": says }),
            Self::Busy => json!({ "reason": "busy" }),
            _ => json!({}),
        }
    }
}
