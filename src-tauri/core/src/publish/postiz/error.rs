//! Why Postiz was not asked, or what it said; and the two questions whoever sends has to ask of that: is it certain that
//! nothing was done there, and may another try do?

use std::time::Duration;

use serde_json::{Value, json};

use crate::credentials::SecretError;
use crate::error::{Code, Explain};
use crate::profile::db::DbError;
use crate::profile::media::MediaError;

/// Why a call to Postiz gave nothing.
#[derive(Debug, thiserror::Error)]
pub enum PostizError {
    /// The profile has no key.
    #[error(
        "There is no key for Postiz in this profile, so nothing was sent. Make one in Postiz (Settings, Developers, Public \
         API) and store it here: in Settings, or with `edit-factory credential set postiz`."
    )]
    NoKey,
    /// The address is none, or no Postiz answers there.
    #[error(
        "{0}: there is no public API of Postiz at this address, so nothing was sent. It is {hosted} for the hosted service and \
         https://YOUR-DOMAIN/api/public/v1 for your own.", hosted = super::HOSTED
    )]
    Address(String),
    /// 401: Postiz does not know the key.
    #[error(
        "Postiz does not take the key of this profile, so nothing was done. It may have been replaced there: copy the present \
         one from Postiz (Settings, Developers, Public API) and set it again."
    )]
    KeyRefused,
    /// 403: not of this workspace, or not allowed to this key.
    #[error(
        "Postiz says that this is not the profile's to use, so nothing was done. Look whether the key is of the workspace that \
         has these accounts, then fetch the accounts again."
    )]
    Forbidden,
    /// 404: no such account, file or post there.
    #[error(
        "Postiz does not have it (any more): the account or the post was removed there. Nothing was done. Fetch the accounts \
         again."
    )]
    NotThere,
    /// It refuses, and would refuse again.
    #[error("Postiz refuses ({status}: {says}). Nothing was done. Change what it names and send it again.")]
    Refused {
        /// The HTTP status.
        status: u16,
        /// What it said, shortened.
        says: String,
    },
    /// 413: more than it takes.
    #[error(
        "The file is larger than this Postiz takes, so it was not sent. Make the clip again for a smaller platform."
    )]
    TooLarge,
    /// 429: too many requests.
    #[error("Postiz asks for a pause: its limit of requests is reached. Nothing was done; it goes on by itself later.")]
    TooMany {
        /// How long it said to wait.
        retry_after: Option<Duration>,
    },
    /// The profile's own limit of requests in an hour is reached.
    #[error(
        "The hourly limit of requests to Postiz is reached, so nothing was sent. It goes on by itself; where your Postiz allows \
         more, raise the limit in the settings of publishing."
    )]
    Budget {
        /// When the next request may be made, UTC milliseconds.
        until_ms: i64,
    },
    /// There was no connection: certainly nothing was sent.
    #[error("Postiz cannot be reached ({why}). Nothing was sent; it is tried again by itself.")]
    Unreachable {
        /// What the system said.
        why: String,
    },
    /// The connection or the patience ended after sending had begun: it may have arrived.
    #[error("The answer of Postiz was lost ({why}). What was sent may have arrived: that has to be looked up.")]
    Lost {
        /// What the system said.
        why: String,
    },
    /// 5xx: it may have done it all the same.
    #[error(
        "Postiz has trouble (HTTP {status}). What was sent may have been taken all the same: that has to be looked up."
    )]
    Trouble {
        /// The HTTP status.
        status: u16,
    },
    /// A good status with an answer that is not one of Postiz's.
    #[error(
        "Something answered that does not read as Postiz ({why}). Look at the address in the settings of publishing; what was \
         sent may have been taken all the same."
    )]
    Unreadable {
        /// What is wrong with it.
        why: String,
    },
    /// The file cannot be read.
    #[error(transparent)]
    File(#[from] MediaError),
    /// The file's bytes are not those that were meant.
    #[error(
        "The clip's file is not the one that was chosen: its bytes have changed since. It was not sent. Make the clip again, or \
         choose it again."
    )]
    Changed,
    /// Somebody cancelled it.
    #[error("It was cancelled; nothing was posted.")]
    Cancelled,
    /// The profile's database.
    #[error(transparent)]
    Db(#[from] DbError),
    /// The keyring.
    #[error(transparent)]
    Secret(#[from] SecretError),
}

impl PostizError {
    /// It is certain that Postiz did nothing of what was asked: it may be asked again without doing it twice.
    #[must_use]
    pub fn surely_not_done(&self) -> bool {
        !matches!(self, Self::Lost { .. } | Self::Trouble { .. } | Self::Unreadable { .. })
    }

    /// Another try may do without anybody doing anything.
    #[must_use]
    pub fn passes(&self) -> bool {
        matches!(
            self,
            Self::TooMany { .. }
                | Self::Budget { .. }
                | Self::Unreachable { .. }
                | Self::Lost { .. }
                | Self::Trouble { .. }
                | Self::Secret(SecretError::Unavailable(_))
        )
    }
}

impl Explain for PostizError {
    fn code(&self) -> Code {
        match self {
            Self::NoKey | Self::NotThere => Code::NotFound,
            Self::Address(_) | Self::KeyRefused | Self::Forbidden | Self::Refused { .. } | Self::TooLarge => {
                Code::InvalidInput
            }
            Self::TooMany { .. }
            | Self::Budget { .. }
            | Self::Unreachable { .. }
            | Self::Lost { .. }
            | Self::Trouble { .. }
            | Self::Unreadable { .. } => Code::Offline,
            Self::File(error) => error.code(),
            Self::Changed => Code::WrongState,
            Self::Cancelled => Code::Cancelled,
            Self::Db(error) => error.code(),
            Self::Secret(error) => error.code(),
        }
    }

    fn details(&self) -> Value {
        match self {
            Self::TooMany { retry_after: Some(wait) } => json!({ "retry_after_s": wait.as_secs() }),
            Self::Budget { until_ms } => json!({ "until_ms": until_ms }),
            Self::Refused { status, says } => json!({ "status": status, "says": says }),
            Self::Trouble { status } => json!({ "status": status }),
            Self::File(error) => error.details(),
            Self::Db(error) => error.details(),
            Self::Secret(error) => error.details(),
            _ => json!({}),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_postiz_or_nobody_refused_may_be_sent_again_blindly() {
        let why = || "x".to_owned();
        for unsure in [
            PostizError::Lost { why: why() },
            PostizError::Trouble { status: 502 },
            PostizError::Unreadable { why: why() },
        ] {
            assert!(!unsure.surely_not_done(), "{unsure:?}");
        }
        for sure in [
            PostizError::TooMany { retry_after: None },
            PostizError::Budget { until_ms: 1 },
            PostizError::Unreachable { why: why() },
            PostizError::Refused { status: 400, says: why() },
            PostizError::KeyRefused,
            PostizError::Changed,
        ] {
            assert!(sure.surely_not_done(), "{sure:?}");
        }
        assert!(!PostizError::KeyRefused.passes() && PostizError::Trouble { status: 500 }.passes());
    }
}
