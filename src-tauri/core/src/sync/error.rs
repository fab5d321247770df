//! Why syncing could not be switched on or did not go on.

use serde_json::{Value, json};

use super::remote::RemoteError;
use crate::error::{Code, Explain};
use crate::ids::RemoteProfileId;
use crate::profile::db::DbError;

/// Why syncing could not be switched on or did not go on. Whatever it is, no change of this device is lost.
#[derive(Debug, thiserror::Error)]
pub enum SyncError {
    /// It is not switched on.
    #[error("This profile is kept on this machine only. Sign in and choose where to keep it first.")]
    NotLinked,
    /// It is switched on, with another profile there.
    #[error(
        "This profile is already kept on the server, as another one ({0}). Unlink it first; nothing in it is lost then."
    )]
    LinkedElsewhere(RemoteProfileId),
    /// There is no such row to try again.
    #[error("There is nothing set aside by that name, so there is nothing to try again.")]
    NotSetAside,
    /// The server.
    #[error(transparent)]
    Remote(#[from] RemoteError),
    /// The database.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl From<rusqlite::Error> for SyncError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Db(error.into())
    }
}

impl Explain for SyncError {
    fn code(&self) -> Code {
        match self {
            Self::NotLinked | Self::LinkedElsewhere(_) => Code::WrongState,
            Self::NotSetAside => Code::NotFound,
            Self::Remote(e) => e.code(),
            Self::Db(e) => e.code(),
        }
    }

    fn details(&self) -> Value {
        match self {
            Self::Remote(e) => e.details(),
            Self::Db(e) => e.details(),
            _ => json!({}),
        }
    }
}
