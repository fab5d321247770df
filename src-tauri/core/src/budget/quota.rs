//! The limits of a month, and whether something fits into them. The decision is pure.

use std::collections::BTreeMap;

use rusqlite::params;

use super::amount::{Bound, Price};
use super::error::{BudgetError, OverQuota, Overrun};
use super::ledger::{self, Standing};
use super::prices;
use crate::profile::Profile;
use crate::profile::db::{DbError, Reader, Writer};
use crate::profile::events::Event;
use crate::profile::settings::{self, Key};

/// The limits: of all providers together under `None`, of each by its name.
pub(super) type Limits = BTreeMap<Option<String>, Bound>;

/// What share of a limit warns.
const WARN_AT: Key<f64> = Key::new("quota_warning");
const WARN_AT_FIRST: f64 = 0.8;

/// The greatest limit: a billion dollars, a trillion characters. What passes it is a slip, and sums stay far below 2^63.
const MOST: Bound = Bound { characters: Some(1_000_000_000_000), microusd: Some(1_000_000_000_000_000) };

pub(super) fn limits(tx: &Reader<'_>) -> Result<Limits, DbError> {
    let mut query = tx.prepare_cached("SELECT nullif(provider, ''), characters, microusd FROM quotas")?;
    let rows = query.query_map([], |r| Ok((r.get(0)?, Bound { characters: r.get(1)?, microusd: r.get(2)? })))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub(super) fn warn_at(tx: &Reader<'_>) -> Result<f64, DbError> {
    Ok(settings::get(tx, &WARN_AT)?.unwrap_or(WARN_AT_FIRST))
}

/// What of a month counts against the limit of this provider, or of all.
pub(super) fn against(standing: &BTreeMap<String, Standing>, whose: Option<&str>) -> Standing {
    let counts = |provider: &String| whose.is_none_or(|whose| whose == provider);
    let counted = standing.iter().filter(|(provider, _)| counts(provider));
    counted.fold(Standing::default(), |sum, (_, standing)| sum.plus(*standing))
}

/// Whether all of this fits into every limit.
pub(super) fn fits(
    limits: &Limits,
    standing: &BTreeMap<String, Standing>,
    needs: &BTreeMap<&str, Price>,
    month: &str,
) -> Result<(), OverQuota> {
    for (whose, limit) in limits {
        let counts = |provider: &str| whose.as_deref().is_none_or(|whose| whose == provider);
        let needed: Price = needs.iter().filter(|(provider, _)| counts(provider)).map(|(_, price)| *price).sum();
        let refusal = refusal(whose.clone(), *limit, standing, needed, month);
        if !refusal.remaining.holds(needed) {
            return Err(refusal);
        }
    }
    Ok(())
}

fn refusal(
    whose: Option<String>,
    limit: Bound,
    standing: &BTreeMap<String, Standing>,
    needed: Price,
    month: &str,
) -> OverQuota {
    let held = against(standing, whose.as_deref());
    OverQuota {
        month: month.to_owned(),
        limit,
        used: held.used,
        reserved: held.reserved,
        remaining: limit.less(held.both()),
        needed,
        provider: whose,
    }
}

/// A call of one of these providers that cost more than it could, since when nobody set a limit. Without a limit there is
/// nothing to guard: then it is only shown.
pub(super) fn overrun(
    tx: &Reader<'_>,
    limits: &Limits,
    standing: &BTreeMap<String, Standing>,
    needs: &BTreeMap<&str, Price>,
    month: &str,
) -> Result<Option<Overrun>, DbError> {
    for (provider, needed) in needs {
        let own = Some((*provider).to_owned());
        let Some(whose) = [own, None].into_iter().find(|whose| limits.contains_key(whose)) else { continue };
        let Some((id, reserved, charged)) = unseen(tx, provider)? else { continue };
        let limit = limits.get(&whose).copied().unwrap_or_default();
        let against = refusal(whose, limit, standing, *needed, month);
        return Ok(Some(Overrun { provider: (*provider).to_owned(), id, reserved, charged, against }));
    }
    Ok(None)
}

type Unseen = (crate::ids::LedgerId, Price, Price);

/// The first overrun of a provider that nobody has seen yet.
pub(super) fn unseen(tx: &Reader<'_>, provider: &str) -> Result<Option<Unseen>, DbError> {
    let mut query = tx.prepare_cached(
        "SELECT id, characters_reserved, microusd_reserved, characters_charged, microusd_charged FROM ledger
         WHERE provider = ?1 AND overrun_seen = 0
               AND (characters_charged > characters_reserved OR microusd_charged > microusd_reserved)
         ORDER BY created_at, id LIMIT 1",
    )?;
    let mut rows = query.query([provider])?;
    let Some(r) = rows.next()? else { return Ok(None) };
    let reserved = Price { characters: r.get(1)?, microusd: r.get(2)? };
    Ok(Some((r.get(0)?, reserved, Price { characters: r.get(3)?, microusd: r.get(4)? })))
}

/// What one may still spend with a provider this month: the tighter of its own limit and the limit of all together.
///
/// # Errors
/// [`BudgetError`].
pub fn remaining(profile: &Profile, provider: &str) -> Result<Bound, BudgetError> {
    let month = ledger::month_of(crate::time::now_ms());
    profile.read(|tx| {
        let (limits, standing) = (limits(tx)?, ledger::standing(tx, &month)?);
        let left = |whose: Option<&str>| {
            let limit = limits.get(&whose.map(str::to_owned)).copied().unwrap_or_default();
            limit.less(against(&standing, whose).both())
        };
        Ok(left(None).and(left(Some(provider))))
    })
}

/// Sets the monthly limit of a provider, or of all together; without numbers it goes. Who sets one has seen the overruns
/// there were.
///
/// # Errors
/// [`BudgetError::Invalid`] for a provider that is not known or a number that is a slip; nothing is changed then.
pub fn set_quota(profile: &Profile, provider: Option<&str>, limit: Bound) -> Result<(), BudgetError> {
    if let Some(provider) = provider
        && !prices::is_listed(provider)?
    {
        return Err(BudgetError::Invalid(format!("There is no provider \"{provider}\". Nothing was changed.")));
    }
    if !MOST
        .holds(Price { characters: limit.characters.unwrap_or_default(), microusd: limit.microusd.unwrap_or_default() })
    {
        return Err(BudgetError::Invalid("That limit is too large to mean anything. Nothing was changed.".into()));
    }
    profile.write::<_, BudgetError>(|tx| store(tx, provider.unwrap_or_default(), limit))?;
    profile.announce(Event::Costs {});
    Ok(())
}

fn store(tx: &Writer<'_>, provider: &str, limit: Bound) -> Result<(), BudgetError> {
    if limit == Bound::default() {
        tx.execute("DELETE FROM quotas WHERE provider = ?1", [provider])?;
    } else {
        tx.execute(
            "INSERT INTO quotas (provider, characters, microusd, set_at) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (provider) DO UPDATE SET characters = excluded.characters, microusd = excluded.microusd,
                                                  set_at = excluded.set_at",
            params![provider, limit.characters, limit.microusd, crate::time::now_ms()],
        )?;
    }
    tx.execute(
        "UPDATE ledger SET overrun_seen = 1
         WHERE overrun_seen = 0 AND (?1 = '' OR provider = ?1)
               AND (characters_charged > characters_reserved OR microusd_charged > microusd_reserved)",
        [provider],
    )?;
    Ok(())
}

/// Sets the share of a limit from which on it warns, 0 to 1.
///
/// # Errors
/// [`BudgetError::Invalid`].
pub fn set_warning(profile: &Profile, at: f64) -> Result<(), BudgetError> {
    if !(at > 0.0 && at <= 1.0) {
        return Err(BudgetError::Invalid("A limit warns at more than 0 and at most all of it (1).".into()));
    }
    profile.write::<_, BudgetError>(|tx| Ok(settings::set(tx, &WARN_AT, &at)?))?;
    profile.announce(Event::Costs {});
    Ok(())
}
