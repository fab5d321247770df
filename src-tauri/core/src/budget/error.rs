//! Why money was not reserved, or what was spent could not be written down.

use serde_json::{Value, json};

use super::amount::{Bound, Price, dollars};
use super::ledger::LedgerState;
use crate::error::{Code, Explain};
use crate::ids::LedgerId;
use crate::profile::db::DbError;
use crate::profile::media::MediaError;

/// A limit that would be passed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OverQuota {
    /// Whose limit; `None` is the limit of all providers together.
    pub provider: Option<String>,
    /// The month it is of: `2030-01`.
    pub month: String,
    /// The limit.
    pub limit: Bound,
    /// What of it is for this device, where it is shared out.
    pub share: Option<Bound>,
    /// Charged already.
    pub used: Price,
    /// Held for calls under way and for calls whose outcome nobody knows.
    pub reserved: Price,
    /// What is left.
    pub remaining: Bound,
    /// What was asked for, all of it together.
    pub needed: Price,
}

/// A provider that charged more than the upper bound of a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overrun {
    /// Who.
    pub provider: String,
    /// The call.
    pub id: LedgerId,
    /// Its upper bound.
    pub reserved: Price,
    /// What was taken.
    pub charged: Price,
    /// The limit and what stands against it.
    pub against: OverQuota,
}

/// Why something about money failed.
#[derive(Debug, thiserror::Error)]
pub enum BudgetError {
    /// A limit would be passed.
    #[error("{}", over(.0))]
    OverQuota(Box<OverQuota>),
    /// A provider charged more than it should have, and nobody has decided since.
    #[error(
        "{} charged {} for a call that was to cost at most {}. Nothing more is sent to it until you say that you have \
         seen this, in Costs or with edit-factory quota acknowledge.",
        .0.provider, amount(.0.charged), amount(.0.reserved)
    )]
    Overrun(Box<Overrun>),
    /// Costs may be missing, and nobody has decided since.
    #[error("{}", gap(*since_ms))]
    Gap {
        /// Since when, UTC milliseconds.
        since_ms: i64,
        /// What was asked for, and what stands against the limits as far as it is known.
        against: Box<OverQuota>,
    },
    /// The row is not in a state that allows this: another process ended it, or it is not there.
    #[error(
        "The paid call {id} is {} by now, so it cannot be {wanted}. Nothing was changed.",
        found.map_or("not in the ledger", LedgerState::word)
    )]
    Moved {
        /// Which.
        id: LedgerId,
        /// Its state, when it is there.
        found: Option<LedgerState>,
        /// What was to be done.
        wanted: &'static str,
    },
    /// A value that makes no sense.
    #[error("{0}")]
    Invalid(String),
    /// The prices that came with the program do not read.
    #[error("The prices that came with the program cannot be read: {0}. Install it again.")]
    Prices(#[source] serde_json::Error),
    /// The file with the costs.
    #[error("The costs could not be written: {0}. Nothing is left of the file.")]
    Csv(#[from] csv::Error),
    /// A database.
    #[error(transparent)]
    Db(#[from] DbError),
    /// A folder.
    #[error(transparent)]
    Media(#[from] MediaError),
}

impl From<rusqlite::Error> for BudgetError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Db(error.into())
    }
}

impl BudgetError {
    pub(super) fn over(over: OverQuota) -> Self {
        Self::OverQuota(Box::new(over))
    }
}

fn amount(price: Price) -> String {
    format!("{} characters ({})", price.characters, dollars(price.microusd))
}

pub(super) fn gap(since_ms: i64) -> String {
    format!(
        "The database of this profile was damaged and a copy was put in its place, so what was paid since {} may be \
         missing. Nothing more is paid until you say that you have seen this, in Costs or with edit-factory quota \
         acknowledge; look at your account with the provider first.",
        crate::time::iso(since_ms)
    )
}

fn over(over: &OverQuota) -> String {
    let whose = over.provider.as_deref().unwrap_or("all providers together");
    let left = match (over.remaining.characters, over.remaining.microusd) {
        (Some(characters), Some(microusd)) => format!("{characters} characters and {}", dollars(microusd)),
        (Some(characters), None) => format!("{characters} characters"),
        (None, Some(microusd)) => dollars(microusd),
        (None, None) => "nothing".to_owned(),
    };
    format!(
        "This needs {}, and of the limit of {whose} for {} there is left{}: {left} (used {}, reserved {}). Nothing was \
         sent. Raise the limit, choose a free voice, or wait for the next month.",
        amount(over.needed),
        over.month,
        if over.share.is_some() { " for this device" } else { "" },
        amount(over.used),
        amount(over.reserved),
    )
}

fn detailed(over: &OverQuota) -> Value {
    json!({
        "provider": over.provider, "month": over.month, "limit": over.limit, "used": over.used,
        "reserved": over.reserved, "remaining": over.remaining, "needed": over.needed, "share": over.share,
        "overrun": null, "gap": null,
    })
}

impl Explain for BudgetError {
    fn code(&self) -> Code {
        match self {
            Self::OverQuota(_) | Self::Overrun(_) | Self::Gap { .. } => Code::OverQuota,
            Self::Moved { .. } => Code::WrongState,
            Self::Invalid(_) => Code::InvalidInput,
            Self::Prices(_) => Code::Internal,
            Self::Csv(error) => match error.kind() {
                csv::ErrorKind::Io(io) if crate::error::is_disk_full(io) => Code::DiskFull,
                _ => Code::Internal,
            },
            Self::Db(e) => e.code(),
            Self::Media(e) => e.code(),
        }
    }

    fn details(&self) -> Value {
        match self {
            Self::OverQuota(over) => detailed(over),
            Self::Overrun(overrun) => {
                let mut details = detailed(&overrun.against);
                details["overrun"] = json!({
                    "provider": overrun.provider, "id": overrun.id,
                    "reserved": overrun.reserved, "charged": overrun.charged,
                });
                details
            }
            Self::Gap { since_ms, against } => {
                let mut details = detailed(against);
                details["gap"] = json!(since_ms);
                details
            }
            Self::Db(e) => e.details(),
            _ => json!({}),
        }
    }
}
