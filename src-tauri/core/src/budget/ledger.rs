//! The rows of the ledger and the SQL that moves them. Every move names the state it starts from, so that of two processes
//! that would end the same call one does, and the other is told.

use std::collections::BTreeMap;

use rusqlite::{OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::amount::Price;
use super::error::BudgetError;
use super::reservation::{Charge, Need};
use crate::ids::{JobId, LedgerId, ProjectId};
use crate::profile::db::{DbError, Reader, Writer};

/// Where a paid call stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum LedgerState {
    /// Money is held; nothing was sent.
    Reserved,
    /// The request has left, or is about to.
    Sent,
    /// It was charged.
    Settled,
    /// It cost nothing.
    Released,
    /// Nobody knows what it cost; held until it is known.
    Unknown,
}

impl LedgerState {
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Reserved => "reserved",
            Self::Sent => "sent",
            Self::Settled => "settled",
            Self::Released => "released",
            Self::Unknown => "unknown",
        }
    }

    fn read(word: &str) -> rusqlite::Result<Self> {
        let all = [Self::Reserved, Self::Sent, Self::Settled, Self::Released, Self::Unknown];
        let unread = || rusqlite::types::FromSqlError::Other(format!("\"{word}\" is no state of a paid call").into());
        Ok(all.into_iter().find(|state| state.word() == word).ok_or_else(unread)?)
    }
}

/// A paid call.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(rename = "CostRow")]
pub struct LedgerRow {
    /// Its id.
    pub id: LedgerId,
    /// Where it stands.
    pub state: LedgerState,
    /// Who is paid.
    pub provider: String,
    /// Which of its models.
    pub model: String,
    /// The calendar month (UTC) it counts in: `2030-01`.
    pub month: String,
    /// The most it could cost.
    pub reserved: Price,
    /// What it did cost, once that is known.
    pub charged: Option<Price>,
    /// More was charged than reserved.
    pub overrun: bool,
    /// For which project.
    pub project: Option<ProjectId>,
    /// What that project is called now, when it is still there.
    pub project_name: Option<String>,
    /// For which job.
    pub job: Option<JobId>,
    /// The provider's own name for the call.
    pub request_id: Option<String>,
    /// Why it was released, or is not known.
    pub why: Option<String>,
    /// UTC milliseconds: reserved, sent, ended.
    pub created_at: i64,
    /// See `created_at`.
    pub sent_at: Option<i64>,
    /// See `created_at`.
    pub ended_at: Option<i64>,
}

pub(super) const COLUMNS: &str = "l.id, l.state, l.provider, l.model, l.month, l.characters_reserved,
    l.microusd_reserved, l.characters_charged, l.microusd_charged, l.project_id, p.name, l.job_id, l.request_id, l.why,
    l.created_at, l.sent_at, l.ended_at";

pub(super) const FROM: &str = "ledger l LEFT JOIN projects p ON p.id = l.project_id";

pub(super) fn row(r: &Row<'_>) -> rusqlite::Result<LedgerRow> {
    let reserved = Price { characters: r.get(5)?, microusd: r.get(6)? };
    let charged: Option<u64> = r.get(7)?;
    let charged = match charged {
        Some(characters) => Some(Price { characters, microusd: r.get(8)? }),
        None => None,
    };
    Ok(LedgerRow {
        id: r.get(0)?,
        state: LedgerState::read(&r.get::<_, String>(1)?)?,
        provider: r.get(2)?,
        model: r.get(3)?,
        month: r.get(4)?,
        overrun: charged.is_some_and(|charged| charged.passes(reserved)),
        reserved,
        charged,
        project: r.get(9)?,
        project_name: r.get(10)?,
        job: r.get(11)?,
        request_id: r.get(12)?,
        why: r.get(13)?,
        created_at: r.get(14)?,
        sent_at: r.get(15)?,
        ended_at: r.get(16)?,
    })
}

/// The calendar month of a UTC millisecond: `2030-01`.
#[must_use]
pub fn month_of(ms: i64) -> String {
    crate::time::iso(ms).chars().take(7).collect()
}

/// Used and held, of one provider in one month, on all devices; and what of both is this device's own.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Standing {
    pub used: Price,
    pub reserved: Price,
    pub own: Price,
}

impl Standing {
    pub(super) fn both(self) -> Price {
        self.used.plus(self.reserved)
    }

    pub(super) fn plus(self, other: Self) -> Self {
        Self {
            used: self.used.plus(other.used),
            reserved: self.reserved.plus(other.reserved),
            own: self.own.plus(other.own),
        }
    }
}

/// What stands against the limits of a month, by provider; calls of other devices too.
pub(super) fn standing(tx: &Reader<'_>, month: &str, device: &str) -> Result<BTreeMap<String, Standing>, DbError> {
    let mut query = tx.prepare_cached(
        "SELECT provider,
                sum(iif(state = 'settled', characters_charged, 0)), sum(iif(state = 'settled', microusd_charged, 0)),
                sum(iif(state = 'settled', 0, characters_reserved)), sum(iif(state = 'settled', 0, microusd_reserved)),
                sum(iif(device = ?2, coalesce(characters_charged, characters_reserved), 0)),
                sum(iif(device = ?2, coalesce(microusd_charged, microusd_reserved), 0))
         FROM ledger WHERE month = ?1 AND state <> 'released' GROUP BY provider",
    )?;
    let read = |r: &Row<'_>| {
        let used = Price { characters: r.get(1)?, microusd: r.get(2)? };
        let reserved = Price { characters: r.get(3)?, microusd: r.get(4)? };
        let own = Price { characters: r.get(5)?, microusd: r.get(6)? };
        Ok((r.get(0)?, Standing { used, reserved, own }))
    };
    Ok(query.query_map([month, device], read)?.collect::<Result<_, _>>()?)
}

/// Who a new row belongs to, and when.
pub(super) struct Stamp<'a> {
    pub device: &'a str,
    pub owner: &'a str,
    pub at: i64,
}

pub(super) fn insert(tx: &Writer<'_>, need: &Need, stamp: &Stamp<'_>) -> Result<LedgerId, DbError> {
    let id = LedgerId::new();
    tx.prepare_cached(
        "INSERT INTO ledger (id, state, provider, model, month, characters_reserved, microusd_reserved, project_id,
                             job_id, what, device, owner, created_at)
         VALUES (?1, 'reserved', ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
    )?
    .execute(params![
        id,
        need.provider,
        need.model,
        month_of(stamp.at),
        need.price.characters,
        need.price.microusd,
        need.project,
        need.job,
        need.what,
        stamp.device,
        stamp.owner,
        stamp.at
    ])?;
    Ok(id)
}

/// A move of one row.
pub(super) enum Move<'a> {
    Send,
    Settle(&'a Charge),
    Release(&'a str),
    Lose(&'a str),
}

/// Moves a row that is in one of the states `from`.
pub(super) fn step(
    tx: &Writer<'_>,
    id: LedgerId,
    from: &[LedgerState],
    to: &Move<'_>,
    at: i64,
) -> Result<(), BudgetError> {
    let sql = "SELECT state FROM ledger WHERE id = ?1";
    let word: Option<String> = tx.prepare_cached(sql)?.query_row([id], |r| r.get(0)).optional()?;
    let found = word.map(|word| LedgerState::read(&word)).transpose()?;
    if !found.is_some_and(|state| from.contains(&state)) {
        let wanted = match to {
            Move::Send => "sent",
            Move::Settle(_) => "settled",
            Move::Release(_) => "released",
            Move::Lose(_) => "held as unknown",
        };
        return Err(BudgetError::Moved { id, found, wanted });
    }
    match to {
        Move::Send => tx.execute("UPDATE ledger SET state = 'sent', sent_at = ?2 WHERE id = ?1", params![id, at])?,
        Move::Settle(charge) => tx.execute(
            "UPDATE ledger SET state = 'settled', characters_charged = ?2, microusd_charged = ?3,
                               request_id = coalesce(?4, request_id), why = NULL, ended_at = ?5 WHERE id = ?1",
            params![id, charge.price.characters, charge.price.microusd, charge.request_id, at],
        )?,
        Move::Release(why) => tx.execute(
            "UPDATE ledger SET state = 'released', why = ?2, ended_at = ?3 WHERE id = ?1",
            params![id, why, at],
        )?,
        Move::Lose(why) => {
            tx.execute("UPDATE ledger SET state = 'unknown', why = ?2 WHERE id = ?1", params![id, why])?
        }
    };
    Ok(())
}

/// Why a call is settled that nobody saw the answer to.
const FOUND: &str = "found in the provider's history";

/// Says of a settled call that it was found in the history: a claim that the true owner's answer undoes.
pub(super) fn note_found(tx: &Writer<'_>, id: LedgerId) -> Result<(), DbError> {
    tx.execute("UPDATE ledger SET why = ?2 WHERE id = ?1", params![id, FOUND])?;
    Ok(())
}

/// The answer to this call came, by this name: another one that was thought to be it is not known any more. What it can
/// have cost is what the same text was charged.
pub(super) fn unclaim(tx: &Writer<'_>, id: LedgerId, name: &str) -> Result<(), DbError> {
    tx.execute(
        "UPDATE ledger SET state = 'unknown', why = 'what the history showed was the answer to another call',
                characters_reserved = min(characters_reserved, characters_charged),
                microusd_reserved = min(microusd_reserved, microusd_charged),
                characters_charged = NULL, microusd_charged = NULL, request_id = NULL, ended_at = NULL
         WHERE state = 'settled' AND why = ?3 AND request_id = ?2 AND id <> ?1
               AND provider = (SELECT provider FROM ledger WHERE id = ?1)",
        params![id, name, FOUND],
    )?;
    Ok(())
}

/// Whether another call of the same provider goes by this name already.
pub(super) fn is_named(tx: &Reader<'_>, id: LedgerId, name: &str) -> Result<bool, DbError> {
    let sql = "SELECT EXISTS (SELECT 1 FROM ledger
                WHERE provider = (SELECT provider FROM ledger WHERE id = ?1) AND request_id = ?2 AND id <> ?1)";
    Ok(tx.prepare_cached(sql)?.query_row(params![id, name], |r| r.get(0))?)
}

pub(super) fn show(tx: &Reader<'_>, id: LedgerId) -> Result<Option<LedgerRow>, DbError> {
    let sql = format!("SELECT {COLUMNS} FROM {FROM} WHERE l.id = ?1");
    Ok(tx.prepare_cached(&sql)?.query_row([id], row).optional()?)
}
