//! What the paid provider says of the profile's account: whether the key works, and what became of calls that nobody saw
//! the end of. Nothing here costs anything.

use std::time::Duration;

use tokio_util::sync::CancellationToken;

use super::elevenlabs::{self, ElevenLabs};
use super::provider::{Outcome, Provider};
use crate::budget::{self, LedgerRow};
use crate::credentials::CredentialCheck;
use crate::error::{Code, Failure};
use crate::profile::Profile;

/// How long the first paid sentence waits to hear what its model costs.
const RATES_WAIT: Duration = Duration::from_secs(5);

/// Asks whether the key works, and what is left of the plan.
///
/// # Errors
/// [`Code::NotFound`] without a key; what the keyring says.
pub async fn check(profile: &Profile, cancel: &CancellationToken) -> Result<CredentialCheck, Failure> {
    let Some(there) = account(profile).await? else {
        return Err(Failure::new(Code::NotFound, "There is no key for elevenlabs in this profile. Set one first."));
    };
    Ok(match there.subscription(cancel).await {
        Ok(account) => {
            // From now on plans and reservations are reckoned with the provider's own numbers.
            refresh_rates(profile, &there, cancel).await;
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
    let Some(account) = account(profile).await? else { return Ok(lost) };
    let of_provider = lost.iter().filter(|row| row.provider == elevenlabs::NAME);
    let Some(since) = of_provider.map(|row| row.sent_at.unwrap_or(row.created_at)).min() else { return Ok(lost) };
    match account.look_up(since, cancel).await {
        Ok(looked) => {
            budget::settle_from(profile, elevenlabs::NAME, &looked)?;
        }
        Err(outcome) => {
            tracing::warn!(%outcome, "the provider's history cannot be seen; what is not known stays held");
        }
    }
    Ok(budget::unknown(profile)?)
}

async fn account(profile: &Profile) -> Result<Option<ElevenLabs>, Failure> {
    let profile = profile.clone();
    // A keyring may wait for its user.
    let account = tokio::task::spawn_blocking(move || elevenlabs::of(&profile, None));
    Ok(account.await.map_err(|e| Failure::new(Code::Internal, format!("The work stopped: {e}.")))??)
}

/// Asks what the models cost when the last answer is a day old. Without an answer the last one, or the list that came with
/// the program, stays: a reservation never waits for it long.
pub(super) async fn refresh_rates(profile: &Profile, provider: &dyn Provider, cancel: &CancellationToken) {
    if let Err(error) = ask_rates(profile, provider, cancel).await {
        tracing::warn!(provider = provider.name(), %error, "what its models cost is not known anew");
    }
}

async fn ask_rates(profile: &Profile, provider: &dyn Provider, cancel: &CancellationToken) -> Result<(), Failure> {
    if !budget::rates_are_old(profile, provider.name())? {
        return Ok(());
    }
    let asked = tokio::time::timeout(RATES_WAIT, provider.rates(cancel)).await;
    let rates = asked.unwrap_or(Err(Outcome::Timeout { after: RATES_WAIT }))?;
    Ok(budget::keep_rates(profile, provider.name(), rates)?)
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
