//! What a character costs: the dated list that comes with the program, and what a profile was told instead.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::amount::Price;
use super::error::BudgetError;
use super::rates;
use crate::profile::Profile;
use crate::profile::db::DbError;
use crate::profile::settings::{self, Key};

const LIST: &str = include_str!("../../../../assets/prices/2026-11.json");

/// What this profile pays, by provider, in millionths of a dollar for 1,000 billed characters.
const OWN: Key<BTreeMap<String, u64>> = Key::new("prices");

/// The most one may set: ten dollars a character is no price but a slip of the finger.
const MOST: u64 = 10_000_000_000;

#[derive(Debug, Deserialize)]
struct List {
    as_of: String,
    providers: Vec<Listed>,
}

#[derive(Debug, Deserialize)]
struct Listed {
    provider: String,
    paid: bool,
    #[serde(default)]
    microusd_per_1000: u64,
    #[serde(default)]
    assumes: Option<String>,
    #[serde(default)]
    source: Option<String>,
    #[serde(default)]
    models: BTreeMap<String, f64>,
    #[serde(default)]
    other_models: Option<f64>,
}

/// What a provider is reckoned with.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct PriceInfo {
    /// Who.
    pub provider: String,
    /// False when it costs nothing.
    pub paid: bool,
    /// Millionths of a US dollar for 1,000 billed characters.
    pub microusd_per_1000: u64,
    /// Set for this profile by hand.
    pub own: bool,
    /// What the listed price takes for granted.
    pub assumes: Option<String>,
    /// Where the listed price was read.
    pub source: Option<String>,
    /// The day of the list: `2026-11-24`.
    pub as_of: String,
    /// Billed characters for each character of the text, by model; what the provider itself said wins over the list.
    pub models: BTreeMap<String, f64>,
}

fn listed() -> Result<List, BudgetError> {
    serde_json::from_str(LIST).map_err(BudgetError::Prices)
}

fn own(profile: &Profile) -> Result<BTreeMap<String, u64>, DbError> {
    Ok(profile.read::<_, DbError>(|tx| settings::get(tx, &OWN))?.unwrap_or_default())
}

/// The upper bound of the price of so many characters of text, with the multiplier that the provider itself last said for
/// the model, else the listed one. Free providers cost nothing, in either measure.
///
/// # Errors
/// [`BudgetError::Invalid`] for a provider that is not listed: what costs an unknown amount is not reserved.
pub fn price(profile: &Profile, provider: &str, model: &str, characters: u64) -> Result<Price, BudgetError> {
    price_with(profile, provider, model, characters, None)
}

/// The same with a multiplier that is known (billed characters for each character of the text). Used for what was charged:
/// multiplier 1 with billed characters.
///
/// # Errors
/// As [`price`]; [`BudgetError::Invalid`] for a multiplier that is no positive number.
pub fn price_with(
    profile: &Profile,
    provider: &str,
    model: &str,
    characters: u64,
    multiplier: Option<f64>,
) -> Result<Price, BudgetError> {
    let list = listed()?;
    let Some(entry) = list.providers.into_iter().find(|p| p.provider == provider) else {
        return Err(BudgetError::Invalid(format!(
            "What {provider} costs is not known, so nothing is sent to it. Set its price for this profile first."
        )));
    };
    if !entry.paid {
        return Ok(Price::FREE);
    }
    let said = match multiplier {
        Some(multiplier) => Some(multiplier),
        None => rates::rates(profile, provider)?.and_then(|rates| rates.models.get(model).copied()),
    };
    let multiplier = said.or_else(|| entry.models.get(model).copied()).or(entry.other_models).unwrap_or(1.0);
    let billed = times(characters, multiplier)?;
    let rate = own(profile)?.get(provider).copied().unwrap_or(entry.microusd_per_1000);
    let microusd = u128::from(billed).saturating_mul(u128::from(rate)).div_ceil(1000);
    Ok(Price { characters: billed, microusd: u64::try_from(microusd).unwrap_or(u64::MAX) })
}

/// Rounded up, in thousandths of a multiplier: 0.1 times 30 is 3, whatever a float makes of it.
fn times(characters: u64, multiplier: f64) -> Result<u64, BudgetError> {
    if !(0.0..=1000.0).contains(&multiplier) {
        return Err(BudgetError::Invalid(format!("A model cannot cost {multiplier} times its characters.")));
    }
    // In range: at most a million.
    let thousandths = (multiplier * 1000.0).round() as u128;
    let billed = u128::from(characters).saturating_mul(thousandths).div_ceil(1000);
    Ok(u64::try_from(billed).unwrap_or(u64::MAX))
}

/// What each provider is reckoned with in this profile.
///
/// # Errors
/// [`BudgetError`].
pub fn price_list(profile: &Profile) -> Result<Vec<PriceInfo>, BudgetError> {
    let (list, own) = (listed()?, own(profile)?);
    let info = |mut p: Listed| {
        let said = rates::rates(profile, &p.provider)?.unwrap_or_default();
        p.models.extend(said.models);
        let set = own.get(&p.provider).copied().filter(|_| p.paid);
        Ok(PriceInfo {
            paid: p.paid,
            microusd_per_1000: set.unwrap_or(p.microusd_per_1000),
            own: set.is_some(),
            assumes: p.assumes,
            source: p.source,
            as_of: list.as_of.clone(),
            models: p.models,
            provider: p.provider,
        })
    };
    list.providers.into_iter().map(info).collect()
}

/// Sets what this profile pays (millionths of a dollar for 1,000 billed characters), or goes back to the list.
///
/// # Errors
/// [`BudgetError::Invalid`] for a provider that costs nothing or is not listed, or a price that is a slip.
pub fn own_price(profile: &Profile, provider: &str, microusd_per_1000: Option<u64>) -> Result<(), BudgetError> {
    if !listed()?.providers.iter().any(|p| p.provider == provider && p.paid) {
        return Err(BudgetError::Invalid(format!("\"{provider}\" is no provider that costs money.")));
    }
    if microusd_per_1000.is_some_and(|rate| rate > MOST) {
        return Err(BudgetError::Invalid("That is more than ten dollars a character. Nothing was changed.".into()));
    }
    profile.write(|tx| {
        let mut own = settings::get(&tx.as_reader(), &OWN)?.unwrap_or_default();
        match microusd_per_1000 {
            Some(rate) => own.insert(provider.to_owned(), rate),
            None => own.remove(provider),
        };
        Ok(settings::set(tx, &OWN, &own)?)
    })
}

/// Whether a provider of this name is listed, paid or free.
pub(super) fn is_listed(provider: &str) -> Result<bool, BudgetError> {
    Ok(listed()?.providers.iter().any(|p| p.provider == provider))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testkit::bench;

    fn price_of(profile: &Profile, model: &str, characters: u64) -> (u64, u64) {
        let price = price(profile, "elevenlabs", model, characters).unwrap();
        (price.characters, price.microusd)
    }

    #[test]
    fn a_price_is_rounded_up_and_a_model_that_is_not_listed_is_the_dearest() {
        let bench = bench();
        assert_eq!(price_of(&bench.profile, "eleven_multilingual_v2", 1000), (1000, 220_000));
        assert_eq!(price_of(&bench.profile, "eleven_flash_v2_5", 1001), (501, 110_220));
        assert_eq!(price_of(&bench.profile, "of_next_year", 10), (20, 4_400));
        for free in ["edge", "flite", "espeak-ng", "piper"] {
            assert_eq!(price(&bench.profile, free, "", 5000).unwrap(), Price::FREE);
        }
        assert!(price(&bench.profile, "somebody", "", 1).is_err());
    }

    #[test]
    fn the_providers_own_multiplier_and_the_profiles_own_price_win() {
        let bench = bench();
        let given = price_with(&bench.profile, "elevenlabs", "eleven_v3", 30, Some(0.1)).unwrap();
        assert_eq!(given.characters, 3);
        own_price(&bench.profile, "elevenlabs", Some(100_000)).unwrap();
        assert_eq!(price_of(&bench.profile, "eleven_v3", 1000), (1000, 100_000));
        let listed = price_list(&bench.profile).unwrap().remove(0);
        assert_eq!((listed.own, listed.microusd_per_1000), (true, 100_000));
        own_price(&bench.profile, "elevenlabs", None).unwrap();
        assert_eq!(price_of(&bench.profile, "eleven_v3", 1000), (1000, 220_000));
        assert!(own_price(&bench.profile, "edge", Some(1)).is_err());
    }
}
