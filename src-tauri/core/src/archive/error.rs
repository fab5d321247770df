//! Why a profile was not written to a file, or not taken out of one.

use std::path::PathBuf;

use serde_json::{Value, json};

use crate::error::{Code, Explain};
use crate::library::sources::SourceError;
use crate::profile::db::DbError;
use crate::profile::media::MediaError;

/// Why an export or an import failed. Nothing is left behind by either.
#[derive(Debug, thiserror::Error)]
pub enum ArchiveError {
    /// It is something else.
    #[error("{} is not an exported profile. Nothing was changed. Choose a file that ends in .efprofile.", path.display())]
    NotOne {
        /// The file.
        path: PathBuf,
    },
    /// It was cut or changed.
    #[error(
        "{} is damaged ({found}), so nothing of it was taken in. Copy it here again from where it was made, or export the \
         profile anew.", path.display()
    )]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        found: String,
    },
    /// A later version wrote it.
    #[error(
        "{} was made by a newer version of Edit Factory ({program}). Nothing was changed. Install the newer version to \
         import it.", path.display()
    )]
    Newer {
        /// The file.
        path: PathBuf,
        /// Which version.
        program: String,
    },
    /// It has a passphrase, and none was given.
    #[error("{} has a passphrase. Nothing was changed. Give it to import the profile.", path.display())]
    Sealed {
        /// The file.
        path: PathBuf,
    },
    /// Another passphrase opens it.
    #[error("That is not the passphrase of {}. Nothing was changed. Try again.", path.display())]
    WrongPassphrase {
        /// The file.
        path: PathBuf,
    },
    /// A passphrase that is guessed at once.
    #[error("A passphrase has at least {0} characters. Nothing was written.")]
    ShortPassphrase(usize),
    /// Inside the home.
    #[error(
        "{} lies among the profiles themselves. Nothing was written. Choose a folder outside of {}.",
        path.display(), home.display()
    )]
    Inside {
        /// The goal.
        path: PathBuf,
        /// The home.
        home: PathBuf,
    },
    /// It would not fit.
    #[error(
        "This needs {} MB of room, and {} has {} MB left. Nothing was written. Make room, or choose another disk.",
        needed.div_ceil(1_000_000), folder.display(), free / 1_000_000
    )]
    NoRoom {
        /// Bytes.
        needed: u64,
        /// Bytes.
        free: u64,
        /// Where.
        folder: PathBuf,
    },
    /// A file changed while it was read.
    #[error("{} changed while it was being exported. Nothing was written. Try again when nothing writes to it.", path.display())]
    Changing {
        /// The file.
        path: PathBuf,
    },
    /// One at a time.
    #[error("Another profile is being exported or imported. Wait until that is done, or stop it.")]
    Busy,
    /// Somebody stopped it.
    #[error("It was stopped. Nothing of it was kept.")]
    Cancelled,
    /// A file.
    #[error(transparent)]
    Media(#[from] MediaError),
    /// The list of footage.
    #[error(transparent)]
    Source(#[from] SourceError),
    /// A database.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl From<rusqlite::Error> for ArchiveError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Db(error.into())
    }
}

impl Explain for ArchiveError {
    fn code(&self) -> Code {
        match self {
            Self::NotOne { .. } | Self::Sealed { .. } | Self::WrongPassphrase { .. } | Self::ShortPassphrase(_) => {
                Code::InvalidInput
            }
            Self::Damaged { .. } => Code::TruncatedFile,
            Self::Newer { .. } => Code::NewerDatabase,
            Self::Inside { .. } => Code::OutsideProfile,
            Self::NoRoom { .. } => Code::DiskFull,
            Self::Changing { .. } | Self::Busy => Code::WrongState,
            Self::Cancelled => Code::Cancelled,
            Self::Media(e) => e.code(),
            Self::Source(e) => e.code(),
            Self::Db(e) => e.code(),
        }
    }

    fn details(&self) -> Value {
        match self {
            Self::NoRoom { needed, free, .. } => json!({ "needed": needed, "free": free }),
            Self::Source(e) => e.details(),
            Self::Db(e) => e.details(),
            _ => json!({}),
        }
    }
}
