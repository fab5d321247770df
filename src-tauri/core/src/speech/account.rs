//! What the paid provider says of the profile's account: whether the key works, and what became of calls that nobody saw
//! the end of. Nothing here costs anything.

use tokio_util::sync::CancellationToken;

use super::elevenlabs;
use super::provider::Outcome;
use crate::budget::{self, Charge, Found, LedgerRow};
use crate::credentials::CredentialCheck;
use crate::error::{Code, Failure};
use crate::profile::Profile;

/// A call this young may not be in the provider's history yet: only later does its absence say anything.
const YOUNG_MS: i64 = 10 * 60 * 1000;

/// Asks whether the key works, and what is left of the plan.
///
/// # Errors
/// [`Code::NotFound`] without a key; what the keyring says.
pub async fn check(profile: &Profile, cancel: &CancellationToken) -> Result<CredentialCheck, Failure> {
    let Some(asked) = elevenlabs::subscription(profile, cancel).await? else {
        return Err(Failure::new(Code::NotFound, "There is no key for elevenlabs in this profile. Set one first."));
    };
    Ok(match asked {
        Ok(account) => {
            let left = account.character_limit.saturating_sub(account.character_count);
            let plan = account.tier.filter(|tier| !tier.is_empty()).map(|tier| capital(&tier));
            let of = plan.as_deref().map_or_else(|| "an account".to_owned(), |plan| format!("{plan} plan"));
            let says = format!("Works: {of}, {} characters left.", grouped(left));
            CredentialCheck { works: true, says, plan, characters_left: Some(left) }
        }
        Err(Outcome::Cancelled) => return Err(Failure::new(Code::Cancelled, "It was cancelled.")),
        Err(outcome) => {
            let says = format!("The key was not seen to work: {outcome}.");
            CredentialCheck { works: false, says, plan: None, characters_left: None }
        }
    })
}

/// Looks every unknown call up in the provider's history; gives those that are still not known.
///
/// # Errors
/// [`Failure`] when the ledger or the keyring cannot be used. A provider that cannot be asked leaves the calls unknown.
pub async fn reconcile(profile: &Profile, cancel: &CancellationToken) -> Result<Vec<LedgerRow>, Failure> {
    let lost = budget::unknown(profile)?;
    if !lost.iter().any(|row| row.provider == elevenlabs::NAME) {
        return Ok(lost);
    }
    let of_profile = profile.clone();
    let account = tokio::task::spawn_blocking(move || elevenlabs::of(&of_profile, None));
    let account = account.await.map_err(|e| Failure::new(Code::Internal, format!("The work stopped: {e}.")))??;
    let Some(account) = account else { return Ok(lost) };
    for row in lost.iter().filter(|row| row.provider == elevenlabs::NAME) {
        let since = row.sent_at.unwrap_or(row.created_at);
        match account.look_up(&budget::what(profile, row.id)?, since, cancel).await {
            Ok(Some(charged)) => {
                // The history's number holds the model's multiplier already; without one the upper bound stands.
                let characters = charged.characters.unwrap_or(row.reserved.characters);
                let price = budget::price_with(profile, &row.provider, &row.model, characters, Some(1.0))?;
                let charge = Charge { price, request_id: charged.request_id };
                budget::reconcile(profile, row.id, &Found::Charged(charge))?;
            }
            Ok(None) if crate::time::now_ms() - since > YOUNG_MS => {
                budget::reconcile(profile, row.id, &Found::NotThere)?;
            }
            Ok(None) => {}
            Err(outcome) => {
                tracing::warn!(%outcome, "the provider's history cannot be seen; what is not known stays held");
                break;
            }
        }
    }
    Ok(budget::unknown(profile)?)
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// `83,120`.
fn grouped(n: u64) -> String {
    let digits = n.to_string();
    let groups: Vec<&str> =
        digits.as_bytes().rchunks(3).rev().filter_map(|group| std::str::from_utf8(group).ok()).collect();
    groups.join(",")
}

#[cfg(test)]
mod tests {
    #[test]
    fn numbers_are_grouped() {
        assert_eq!([0, 999, 1000, 83_120, 1_000_000].map(super::grouped), ["0", "999", "1,000", "83,120", "1,000,000"]);
    }
}
