//! Calls whose end nobody saw: what a dead process held, and what became of calls that are not known.

use super::error::BudgetError;
use super::ledger::{self, COLUMNS, FROM, LedgerRow, LedgerState, Move};
use super::reservation::Charge;
use crate::ids::LedgerId;
use crate::profile::Profile;
use crate::profile::db::DbError;
use crate::profile::events::Event;

/// What is known of a call after all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// The provider has it, and charged this.
    Charged(Charge),
    /// The provider has never seen it, or took nothing for it.
    NotThere,
}

/// Ends what processes of this machine that are no more left open: what they had not sent is released, what they had sent
/// becomes unknown. Gives how many calls that were. Without any it only reads.
///
/// # Errors
/// [`BudgetError`].
pub fn recover(profile: &Profile) -> Result<usize, BudgetError> {
    let payer = profile.payer();
    let owners: Vec<String> = profile.read::<_, DbError>(|tx| {
        let mut query =
            tx.prepare_cached("SELECT DISTINCT owner FROM ledger WHERE state IN ('reserved', 'sent') AND device = ?1")?;
        Ok(query.query_map([payer.device()], |r| r.get(0))?.collect::<Result<_, _>>()?)
    })?;
    let dead: Vec<String> = owners.into_iter().filter(|owner| payer.is_dead(owner)).collect();
    if dead.is_empty() {
        return Ok(0);
    }
    let ended = profile.write::<_, BudgetError>(|tx| {
        let mut ended = 0;
        for owner in &dead {
            ended += tx.execute(
                "UPDATE ledger SET state = 'released', why = 'the program ended before it was sent', ended_at = ?2
                 WHERE state = 'reserved' AND owner = ?1",
                (owner, crate::time::now_ms()),
            )?;
            ended += tx.execute(
                "UPDATE ledger SET state = 'unknown', why = 'the program ended before the answer came'
                 WHERE state = 'sent' AND owner = ?1",
                [owner],
            )?;
        }
        Ok(ended)
    })?;
    for owner in &dead {
        payer.bury(owner);
    }
    tracing::info!(calls = ended, "paid calls that a dead process left open were ended or are held");
    profile.announce(Event::Costs {});
    Ok(ended)
}

/// The calls whose outcome nobody knows, the oldest first.
///
/// # Errors
/// [`BudgetError`].
pub fn unknown(profile: &Profile) -> Result<Vec<LedgerRow>, BudgetError> {
    recover(profile)?;
    profile.read(|tx| {
        let sql = format!("SELECT {COLUMNS} FROM {FROM} WHERE l.state = 'unknown' ORDER BY l.created_at, l.id");
        let mut query = tx.prepare_cached(&sql)?;
        Ok(query.query_map([], ledger::row)?.collect::<Result<_, _>>()?)
    })
}

/// Ends a call that was not known, now that it is.
///
/// # Errors
/// [`BudgetError::Moved`] when it is not unknown (any more).
pub fn reconcile(profile: &Profile, id: LedgerId, found: &Found) -> Result<LedgerRow, BudgetError> {
    let to = match found {
        Found::Charged(charge) => Move::Settle(charge),
        Found::NotThere => Move::Release("the provider does not know it"),
    };
    let row = profile.write(|tx| {
        ledger::step(tx, id, &[LedgerState::Unknown], &to, crate::time::now_ms())?;
        let gone = BudgetError::Moved { id, found: None, wanted: "reconciled" };
        ledger::show(&tx.as_reader(), id)?.ok_or(gone)
    })?;
    profile.announce(Event::Costs {});
    Ok(row)
}
