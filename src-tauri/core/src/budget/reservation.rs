//! Money that is held for a call, as values that can be used once: a [`Reservation`] is sent or released, a [`Sent`] call
//! is settled, released or not known. One that is dropped unfinished (a panic, a cancelled task) ends safely: what was not
//! sent is released, what was sent is held.

use std::collections::BTreeMap;

use super::amount::Price;
use super::error::BudgetError;
use super::ledger::{self, LedgerState, Move, Stamp, month_of};
use super::quota::{self, Books};
use super::recovery;
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
/// [`BudgetError::OverQuota`], [`BudgetError::Overrun`], [`BudgetError::Gap`].
pub fn check(profile: &Profile, needs: &[Need]) -> Result<(), BudgetError> {
    recovery::recover(profile)?;
    let month = month_of(crate::time::now_ms());
    profile.read(|tx| allowed(tx, needs, &month, profile.payer().device()))
}

/// Holds money for all of these calls, or for none of them.
///
/// # Errors
/// [`BudgetError::OverQuota`], [`BudgetError::Overrun`], [`BudgetError::Gap`]; nothing is held then.
pub fn reserve_all(profile: &Profile, needs: Vec<Need>) -> Result<Vec<Reservation>, BudgetError> {
    reserve_at(profile, &needs, crate::time::now_ms())
}

pub(super) fn reserve_at(profile: &Profile, needs: &[Need], at: i64) -> Result<Vec<Reservation>, BudgetError> {
    recovery::recover(profile)?;
    let payer = profile.payer();
    let stamp = Stamp { device: payer.device(), owner: payer.owner()?, at };
    let month = month_of(at);
    let ids = profile.write(|tx| {
        allowed(&tx.as_reader(), needs, &month, stamp.device)?;
        needs.iter().map(|need| Ok(ledger::insert(tx, need, &stamp)?)).collect::<Result<Vec<_>, BudgetError>>()
    })?;
    profile.announce(Event::Costs {});
    Ok(ids.into_iter().map(|id| Reservation(Held { profile: profile.clone(), id, open: true })).collect())
}

fn allowed(tx: &Reader<'_>, needs: &[Need], month: &str, device: &str) -> Result<(), BudgetError> {
    let mut by_provider: BTreeMap<&str, Price> = BTreeMap::new();
    for need in needs.iter().filter(|need| need.price != Price::FREE) {
        let sum = by_provider.entry(&need.provider).or_default();
        *sum = sum.plus(need.price);
    }
    let books = Books::read(tx, month, device)?;
    if let Some(overrun) = quota::overrun(tx, &books, &by_provider)? {
        return Err(BudgetError::Overrun(Box::new(overrun)));
    }
    if let (false, Some(since_ms)) = (by_provider.is_empty(), quota::gap(tx)?) {
        let against = Box::new(books.refusal(None, by_provider.values().copied().sum()));
        return Err(BudgetError::Gap { since_ms, against });
    }
    books.fits(&by_provider).map_err(BudgetError::over)
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
        let id = self.0.id;
        self.0.profile.write::<_, BudgetError>(|tx| {
            if let Some(name) = &charge.request_id {
                ledger::unclaim(tx, id, name)?;
            }
            ledger::step(tx, id, &[LedgerState::Sent], &Move::Settle(charge), crate::time::now_ms())
        })?;
        self.0.open = false;
        self.0.profile.announce(Event::Costs {});
        Ok(())
    }

    /// Writes down what the provider's history shows for it. An entry that stands for another call already is not this
    /// one's too: then this call stays not known. Gives whether it was settled.
    ///
    /// # Errors
    /// [`BudgetError`]; the call is held as unknown then.
    pub fn settle_found(mut self, charge: &Charge) -> Result<bool, BudgetError> {
        let id = self.0.id;
        let settled = self.0.profile.write::<_, BudgetError>(|tx| {
            let reader = tx.as_reader();
            let is_another = charge.request_id.as_deref().map(|name| ledger::is_named(&reader, id, name));
            let settled = !is_another.transpose()?.unwrap_or(false);
            let lost = Move::Lose("what the provider's history shows is another call");
            let to = if settled { Move::Settle(charge) } else { lost };
            ledger::step(tx, id, &[LedgerState::Sent], &to, crate::time::now_ms())?;
            if settled {
                ledger::note_found(tx, id)?;
            }
            Ok(settled)
        })?;
        self.0.open = false;
        self.0.profile.announce(Event::Costs {});
        Ok(settled)
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
