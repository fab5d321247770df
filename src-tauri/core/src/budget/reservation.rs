//! Money that is held for a call, as values that can be used once: a [`Reservation`] is sent or released, a [`Sent`] call
//! is settled, released or not known. One that is dropped unfinished (a panic, a cancelled task) ends safely: what was not
//! sent is released, what was sent is held.

use std::collections::BTreeMap;

use super::amount::Price;
use super::error::BudgetError;
use super::ledger::{self, LedgerState, Move, Stamp, month_of};
use super::{quota, recovery};
use crate::ids::{JobId, LedgerId, ProjectId};
use crate::profile::Profile;
use crate::profile::db::Reader;
use crate::profile::events::Event;

/// A call that will cost something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Need {
    /// Who is paid.
    pub provider: String,
    /// Which of its models.
    pub model: String,
    /// The most it can cost.
    pub price: Price,
    /// For which project.
    pub project: Option<ProjectId>,
    /// For which job.
    pub job: Option<JobId>,
    /// Hash of the text; never the text.
    pub what: String,
}

/// What a provider took.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Charge {
    /// How much.
    pub price: Price,
    /// Its own name for the call.
    pub request_id: Option<String>,
}

/// Whether all of this would fit into the limits now. Nothing is held.
///
/// # Errors
/// [`BudgetError::OverQuota`], [`BudgetError::Overrun`].
pub fn check(profile: &Profile, needs: &[Need]) -> Result<(), BudgetError> {
    recovery::recover(profile)?;
    let month = month_of(crate::time::now_ms());
    profile.read(|tx| allowed(tx, needs, &month))
}

/// Holds money for all of these calls, or for none of them.
///
/// # Errors
/// [`BudgetError::OverQuota`], [`BudgetError::Overrun`]; nothing is held then.
pub fn reserve_all(profile: &Profile, needs: Vec<Need>) -> Result<Vec<Reservation>, BudgetError> {
    reserve_at(profile, &needs, crate::time::now_ms())
}

pub(super) fn reserve_at(profile: &Profile, needs: &[Need], at: i64) -> Result<Vec<Reservation>, BudgetError> {
    recovery::recover(profile)?;
    let payer = profile.payer();
    let stamp = Stamp { device: payer.device(), owner: payer.owner()?, at };
    let month = month_of(at);
    let ids = profile.write(|tx| {
        allowed(&tx.as_reader(), needs, &month)?;
        needs.iter().map(|need| Ok(ledger::insert(tx, need, &stamp)?)).collect::<Result<Vec<_>, BudgetError>>()
    })?;
    profile.announce(Event::Costs {});
    Ok(ids.into_iter().map(|id| Reservation(Held { profile: profile.clone(), id, open: true })).collect())
}

fn allowed(tx: &Reader<'_>, needs: &[Need], month: &str) -> Result<(), BudgetError> {
    let mut by_provider: BTreeMap<&str, Price> = BTreeMap::new();
    for need in needs.iter().filter(|need| need.price != Price::FREE) {
        let sum = by_provider.entry(&need.provider).or_default();
        *sum = sum.plus(need.price);
    }
    let (limits, standing) = (quota::limits(tx)?, ledger::standing(tx, month)?);
    if let Some(overrun) = quota::overrun(tx, &limits, &standing, &by_provider, month)? {
        return Err(BudgetError::Overrun(Box::new(overrun)));
    }
    quota::fits(&limits, &standing, &by_provider, month).map_err(BudgetError::over)
}

struct Held {
    profile: Profile,
    id: LedgerId,
    open: bool,
}

impl Held {
    fn step(&mut self, from: LedgerState, to: &Move<'_>) -> Result<(), BudgetError> {
        self.profile.write(|tx| ledger::step(tx, self.id, &[from], to, crate::time::now_ms()))?;
        self.open = false;
        self.profile.announce(Event::Costs {});
        Ok(())
    }

    /// In a drop: what cannot be written now is put right when the profile is opened the next time.
    fn abandon(&mut self, from: LedgerState, to: &Move<'_>) {
        if !self.open {
            return;
        }
        let span = self.profile.span();
        let _entered = span.enter();
        if let Err(error) = self.step(from, to) {
            tracing::warn!(%error, call = %self.id, "a paid call was left unfinished and is held");
        }
    }
}

impl std::fmt::Debug for Held {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.id)
    }
}

/// Money that is held; nothing was sent.
#[derive(Debug)]
#[must_use = "money stays held until it is sent or released"]
pub struct Reservation(Held);

impl Reservation {
    /// The row it is.
    #[must_use]
    pub fn id(&self) -> LedgerId {
        self.0.id
    }

    /// Writes down that the request leaves now. Send it only after this has returned.
    ///
    /// # Errors
    /// [`BudgetError`]; then do not send.
    pub fn send(mut self) -> Result<Sent, BudgetError> {
        self.0.step(LedgerState::Reserved, &Move::Send)?;
        Ok(Sent(Held { profile: self.0.profile.clone(), id: self.0.id, open: true }))
    }

    /// Gives the money back: nothing was sent.
    ///
    /// # Errors
    /// [`BudgetError`].
    pub fn release(mut self, why: &str) -> Result<(), BudgetError> {
        self.0.step(LedgerState::Reserved, &Move::Release(why))
    }
}

impl Drop for Reservation {
    fn drop(&mut self) {
        self.0.abandon(LedgerState::Reserved, &Move::Release("it was not needed any more"));
    }
}

/// A call that has left.
#[derive(Debug)]
#[must_use = "a call that was sent has an end: settled, released or unknown"]
pub struct Sent(Held);

impl Sent {
    /// The row it is.
    #[must_use]
    pub fn id(&self) -> LedgerId {
        self.0.id
    }

    /// Writes down what was charged, even when that is more than was held.
    ///
    /// # Errors
    /// [`BudgetError`]; the call is held as unknown then.
    pub fn settle(mut self, charge: &Charge) -> Result<(), BudgetError> {
        self.0.step(LedgerState::Sent, &Move::Settle(charge))
    }

    /// The provider certainly charged nothing.
    ///
    /// # Errors
    /// [`BudgetError`]; the call is held as unknown then.
    pub fn release(mut self, why: &str) -> Result<(), BudgetError> {
        self.0.step(LedgerState::Sent, &Move::Release(why))
    }

    /// Nobody knows whether it was charged.
    ///
    /// # Errors
    /// [`BudgetError`]; the call is held all the same.
    pub fn unknown(mut self, why: &str) -> Result<(), BudgetError> {
        self.0.step(LedgerState::Sent, &Move::Lose(why))
    }
}

impl Drop for Sent {
    fn drop(&mut self) {
        self.0.abandon(LedgerState::Sent, &Move::Lose("the work was stopped before the answer came"));
    }
}
