//! The quota as it is shown: one line for all providers together, one for each that has a limit or was paid.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::amount::{Bound, dollars};
use super::error::BudgetError;
use super::ledger;
use super::quota::{self, Books};
use super::{prices, recovery};
use crate::profile::Profile;
use crate::profile::db::{DbError, Reader};

/// One limit and what stands against it. `null` limits nothing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct QuotaLine {
    /// Whose; `null` is all together.
    pub provider: Option<String>,
    /// Billed characters a month.
    pub limit_characters: Option<u64>,
    /// Millionths of a US dollar a month.
    pub limit_microusd: Option<u64>,
    /// What this device may spend of it whatever the others do; `null` where nothing is shared out.
    pub share_characters: Option<u64>,
    /// The same in millionths of a US dollar.
    pub share_microusd: Option<u64>,
    /// Charged this month.
    pub used_characters: u64,
    /// Charged this month.
    pub used_microusd: u64,
    /// Held for calls under way, and for calls whose outcome nobody knows.
    pub reserved_characters: u64,
    /// Held for calls under way, and for calls whose outcome nobody knows.
    pub reserved_microusd: u64,
    /// What is left.
    pub remaining_characters: Option<u64>,
    /// What is left.
    pub remaining_microusd: Option<u64>,
    /// Most of a limit is gone.
    pub warning: bool,
    /// Why nothing more is paid, in a sentence; `null` while something may be.
    pub blocked: Option<String>,
}

/// The quota of this month.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct QuotaState {
    /// The calendar month, UTC: `2030-01`.
    pub month: String,
    /// The share of a limit from which on it warns.
    pub warn_at: f64,
    /// All providers together.
    pub total: QuotaLine,
    /// Each that costs money.
    pub providers: Vec<QuotaLine>,
}

/// The quota as it stands now. What dead processes held is let go of first.
///
/// # Errors
/// [`BudgetError`].
pub fn quota_state(profile: &Profile) -> Result<QuotaState, BudgetError> {
    recovery::recover(profile)?;
    let paid: BTreeSet<String> =
        prices::price_list(profile)?.into_iter().filter(|p| p.paid).map(|p| p.provider).collect();
    let month = ledger::month_of(crate::time::now_ms());
    profile.read(|tx| {
        let books = Books::read(tx, &month, profile.payer().device())?;
        let warn_at = quota::warn_at(tx)?;
        let named = books.limits.keys().flatten().cloned().chain(books.standing.keys().cloned());
        let all: BTreeSet<String> = named.chain(paid).collect();
        let providers = all.iter().map(|p| line(tx, &books, Some(p), warn_at)).collect::<Result<_, _>>()?;
        Ok(QuotaState { total: line(tx, &books, None, warn_at)?, month, warn_at, providers })
    })
}

fn line(tx: &Reader<'_>, books: &Books, whose: Option<&String>, warn_at: f64) -> Result<QuotaLine, DbError> {
    let (limit, held, share, left) = books.line(whose.map(String::as_str));
    let overrun = whose.map(|provider| quota::unseen(tx, provider)).transpose()?.flatten();
    let blocked = match (overrun, quota::gap(tx)?) {
        (Some((_, reserved, charged)), _) => Some(format!(
            "It charged {} characters ({}) for a call that was to cost at most {} ({}). Say that you have seen it, \
             or set the limit again, to go on.",
            charged.characters,
            dollars(charged.microusd),
            reserved.characters,
            dollars(reserved.microusd)
        )),
        // Said once, for all together.
        (None, Some(since)) if whose.is_none() => Some(super::error::gap(since)),
        _ if left.characters == Some(0) || left.microusd == Some(0) => Some(match share {
            Some(_) => "The share of this device of the limit of this month is used up.".to_owned(),
            None => "The limit of this month is reached.".to_owned(),
        }),
        _ => None,
    };
    let near = |limit: Option<u64>, gone: u64| limit.is_some_and(|limit| gone as f64 >= limit as f64 * warn_at);
    let gone = held.both();
    Ok(QuotaLine {
        provider: whose.cloned(),
        limit_characters: limit.characters,
        limit_microusd: limit.microusd,
        share_characters: share.and_then(|share| share.characters),
        share_microusd: share.and_then(|share| share.microusd),
        used_characters: held.used.characters,
        used_microusd: held.used.microusd,
        reserved_characters: held.reserved.characters,
        reserved_microusd: held.reserved.microusd,
        remaining_characters: left.characters,
        remaining_microusd: left.microusd,
        warning: limit != Bound::default()
            && (near(limit.characters, gone.characters) || near(limit.microusd, gone.microusd)),
        blocked,
    })
}
