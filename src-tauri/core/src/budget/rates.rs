//! How many characters a model bills for each character of a text, as the provider itself says: kept with the day it was
//! asked, and worth more than the list that came with the program.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::error::BudgetError;
use crate::profile::Profile;
use crate::profile::db::DbError;
use crate::profile::settings::{self, Key};

const KEPT: Key<BTreeMap<String, Rates>> = Key::new("model_rates");

/// Numbers older than this are asked for again; until an answer comes they are used all the same.
pub const FRESH_MS: i64 = 24 * 60 * 60 * 1000;

/// What one provider said.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Rates {
    /// When, UTC milliseconds.
    pub at: i64,
    /// Billed characters for each character of the text, by model.
    pub models: BTreeMap<String, f64>,
}

/// What the provider said last.
///
/// # Errors
/// [`DbError`].
pub fn rates(profile: &Profile, provider: &str) -> Result<Option<Rates>, DbError> {
    let kept = profile.read::<_, DbError>(|tx| settings::get(tx, &KEPT))?;
    Ok(kept.and_then(|mut all| all.remove(provider)))
}

/// Whether the provider should be asked again.
///
/// # Errors
/// [`DbError`].
pub fn rates_are_old(profile: &Profile, provider: &str) -> Result<bool, DbError> {
    let now = crate::time::now_ms();
    // A date in the future is of a clock that was wrong.
    Ok(rates(profile, provider)?.is_none_or(|kept| !(0..FRESH_MS).contains(&(now - kept.at))))
}

/// Keeps what the provider says now. Numbers that cannot be are left out: for those models the list stays.
///
/// # Errors
/// [`BudgetError`].
pub fn keep_rates(profile: &Profile, provider: &str, models: BTreeMap<String, f64>) -> Result<(), BudgetError> {
    let models = models.into_iter().filter(|(_, rate)| rate.is_finite() && (0.0..=1000.0).contains(rate)).collect();
    let said = Rates { at: crate::time::now_ms(), models };
    profile.write(|tx| {
        let mut all = settings::get(&tx.as_reader(), &KEPT)?.unwrap_or_default();
        all.insert(provider.to_owned(), said);
        Ok(settings::set(tx, &KEPT, &all)?)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::budget::price;
    use crate::testkit::bench;

    #[test]
    fn what_the_provider_says_wins_over_the_list_and_nonsense_does_not() {
        let bench = bench();
        let of = |model: &str| price(&bench.profile, "elevenlabs", model, 1000).unwrap().characters;
        assert!(rates_are_old(&bench.profile, "elevenlabs").unwrap());
        let said = [("eleven_v3", 0.8), ("eleven_flash_v2_5", f64::NAN), ("of_next_year", 3.0)];
        let said = said.into_iter().map(|(model, rate)| (model.to_owned(), rate)).collect();
        keep_rates(&bench.profile, "elevenlabs", said).unwrap();
        assert!(!rates_are_old(&bench.profile, "elevenlabs").unwrap());
        assert_eq!([of("eleven_v3"), of("eleven_flash_v2_5"), of("of_next_year")], [800, 500, 3000]);
    }
}
