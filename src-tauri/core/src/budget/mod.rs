//! What may be spent, what was, and what might have been.
//!
//! Every paid call is a row of the ledger from before it is sent: `reserved -> sent -> settled | released | unknown`, each
//! step one IMMEDIATE transaction. A reservation is the upper bound of the price. It is refused before anything is sent
//! when used, reserved and unknown together with it pass a limit of the month. A call whose outcome nobody knows (time-out,
//! a process that died after sending) stays `unknown` and held until [`reconcile`] learns what became of it.
//!
//! What is not here: who speaks and what a provider answers (the room `speech`), and keys (the room `credentials`).

mod amount;
mod costs;
mod error;
mod history;
mod keep;
mod ledger;
mod payer;
mod prices;
mod quota;
mod rates;
mod recovery;
mod reservation;
mod shares;
mod state;

pub use amount::{Bound, Price, dollars};
pub use costs::{CostFilter, CostSum, PageOfCosts, SumBy, export, list, summary};
pub use error::{BudgetError, OverQuota, Overrun};
pub use history::{CLOCKS_APART_MS, Looked, PastCall, settle_from, taken};
pub(crate) use keep::{carry, note_lost};
pub use ledger::{LedgerRow, LedgerState, month_of};
pub(crate) use payer::Payer;
pub use prices::{PriceInfo, own_price, price, price_list, price_with};
pub use quota::{acknowledge, remaining, set_quota, set_warning};
pub use rates::{Rates, keep_rates, rates, rates_are_old};
pub use recovery::{Found, reconcile, recover, unknown};
pub use reservation::{Charge, Need, Reservation, Sent, check, reserve_all};
pub use shares::{Shares, give_share, set_own_share, set_shares, shares};
pub use state::{QuotaLine, QuotaState, quota_state};

#[cfg(test)]
mod concurrency_tests;
#[cfg(test)]
mod property_tests;
#[cfg(test)]
mod tests;
