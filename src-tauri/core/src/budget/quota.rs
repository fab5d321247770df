//! The limits of a month, and whether something fits into them. The decision is pure.

use std::collections::BTreeMap;

use rusqlite::params;

use super::amount::{Bound, Price};
use super::error::{BudgetError, OverQuota, Overrun};
use super::ledger::{self, Standing};
use super::prices;
use super::shares::{self, AllShares};
use crate::profile::Profile;
use crate::profile::db::{DbError, Reader, Writer};
use crate::profile::events::Event;
use crate::profile::settings::{self, Key};

/// The limits: of all providers together under `None`, of each by its name.
pub(super) type Limits = BTreeMap<Option<String>, Bound>;

/// What share of a limit warns.
const WARN_AT: Key<f64> = Key::new("quota_warning");
const WARN_AT_FIRST: f64 = 0.8;

/// Since when costs may be missing.
const GAP_NAME: &str = "costs_gap";
const GAP: Key<i64> = Key::new(GAP_NAME);

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

/// Everything that decides whether a call may be paid, as one device sees it in one month.
#[derive(Debug)]
pub(super) struct Books {
    pub limits: Limits,
    pub standing: BTreeMap<String, Standing>,
    shares: AllShares,
    device: String,
    month: String,
}

impl Books {
    pub(super) fn read(tx: &Reader<'_>, month: &str, device: &str) -> Result<Self, DbError> {
        Ok(Self {
            limits: limits(tx)?,
            standing: ledger::standing(tx, month, device)?,
            shares: shares::all(tx)?,
            device: device.to_owned(),
            month: month.to_owned(),
        })
    }

    /// The limit of a provider, or of all; what stands against it; what this device's share of it is; what is left.
    pub(super) fn line(&self, whose: Option<&str>) -> (Bound, Standing, Option<Bound>, Bound) {
        let whose_name = whose.map(str::to_owned);
        let limit = self.limits.get(&whose_name).copied().unwrap_or_default();
        let held = against(&self.standing, whose);
        let share = shares::share_of(self.shares.get(&whose_name), &self.device, limit);
        (limit, held, share, shares::left(limit, share, held.both(), held.own))
    }

    /// Whether all of this fits into every limit.
    pub(super) fn fits(&self, needs: &BTreeMap<&str, Price>) -> Result<(), OverQuota> {
        for whose in self.limits.keys() {
            let counts = |provider: &str| whose.as_deref().is_none_or(|whose| whose == provider);
            let needed: Price = needs.iter().filter(|(provider, _)| counts(provider)).map(|(_, price)| *price).sum();
            let refusal = self.refusal(whose.as_deref(), needed);
            if !refusal.remaining.holds(needed) {
                return Err(refusal);
            }
        }
        Ok(())
    }

    pub(super) fn refusal(&self, whose: Option<&str>, needed: Price) -> OverQuota {
        let (limit, held, share, remaining) = self.line(whose);
        OverQuota {
            month: self.month.clone(),
            limit,
            share,
            used: held.used,
            reserved: held.reserved,
            remaining,
            needed,
            provider: whose.map(str::to_owned),
        }
    }
}

/// A call of one of these providers that cost more than it could and that nobody has seen since. It stops the next call
/// whether or not there is a limit: what a provider charges against its own price is worth a look before it is asked again.
pub(super) fn overrun(
    tx: &Reader<'_>,
    books: &Books,
    needs: &BTreeMap<&str, Price>,
) -> Result<Option<Overrun>, DbError> {
    for (provider, needed) in needs {
        let Some((id, reserved, charged)) = unseen(tx, provider)? else { continue };
        let whose = books.limits.contains_key(&Some((*provider).to_owned())).then_some(*provider);
        let against = books.refusal(whose, *needed);
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

/// What this device may still spend with a provider this month: the tighter of its own limit and the limit of all together.
///
/// # Errors
/// [`BudgetError`].
pub fn remaining(profile: &Profile, provider: &str) -> Result<Bound, BudgetError> {
    let month = ledger::month_of(crate::time::now_ms());
    profile.read(|tx| {
        let books = Books::read(tx, &month, profile.payer().device())?;
        Ok(books.line(None).3.and(books.line(Some(provider)).3))
    })
}

/// Sets the monthly limit of a provider, or of all together; without numbers it goes. Who sets one has seen the overruns
/// there were.
///
/// # Errors
/// [`BudgetError::Invalid`] for a provider that is not known or a number that is a slip; nothing is changed then.
pub fn set_quota(profile: &Profile, provider: Option<&str>, limit: Bound) -> Result<(), BudgetError> {
    known(provider)?;
    if !MOST
        .holds(Price { characters: limit.characters.unwrap_or_default(), microusd: limit.microusd.unwrap_or_default() })
    {
        return Err(BudgetError::Invalid("That limit is too large to mean anything. Nothing was changed.".into()));
    }
    profile.write::<_, BudgetError>(|tx| {
        if limit != Bound::default() {
            shares::allow_limit(&tx.as_reader(), provider, limit)?;
        }
        store(tx, provider.unwrap_or_default(), limit)
    })?;
    profile.announce(Event::Costs {});
    Ok(())
}

fn store(tx: &Writer<'_>, provider: &str, limit: Bound) -> Result<(), BudgetError> {
    if limit == Bound::default() {
        tx.execute("DELETE FROM quotas WHERE provider = ?1", [provider])?;
        shares::forget(tx, provider)?;
    } else {
        tx.execute(
            "INSERT INTO quotas (provider, characters, microusd, set_at) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (provider) DO UPDATE SET characters = excluded.characters, microusd = excluded.microusd,
                                                  set_at = excluded.set_at",
            params![provider, limit.characters, limit.microusd, crate::time::now_ms()],
        )?;
    }
    saw(tx, provider)
}

fn saw(tx: &Writer<'_>, provider: &str) -> Result<(), BudgetError> {
    tx.execute(
        "UPDATE ledger SET overrun_seen = 1
         WHERE overrun_seen = 0 AND (?1 = '' OR provider = ?1)
               AND (characters_charged > characters_reserved OR microusd_charged > microusd_reserved)",
        [provider],
    )?;
    // Whoever decides about limits has seen what the pages of costs say about missing ones.
    tx.execute("DELETE FROM settings WHERE name = ?1", [GAP_NAME])?;
    Ok(())
}

/// Says that somebody has seen what stopped paid calls: overruns of this provider (`None`: of every one), and costs that
/// were lost with a database. They are paid again from then on.
///
/// # Errors
/// [`BudgetError::Invalid`] for a provider that is not known.
pub fn acknowledge(profile: &Profile, provider: Option<&str>) -> Result<(), BudgetError> {
    known(provider)?;
    profile.write::<_, BudgetError>(|tx| saw(tx, provider.unwrap_or_default()))?;
    profile.announce(Event::Costs {});
    Ok(())
}

/// Since when costs may be missing, UTC milliseconds: a damaged database was replaced by a copy that is older.
pub(super) fn gap(tx: &Reader<'_>) -> Result<Option<i64>, DbError> {
    settings::get(tx, &GAP)
}

/// Notes that costs since then may be missing. Paid calls stop until somebody has seen it.
pub(crate) fn note_gap(tx: &Writer<'_>, since_ms: i64) -> Result<(), DbError> {
    settings::set(tx, &GAP, &since_ms)
}

fn known(provider: Option<&str>) -> Result<(), BudgetError> {
    match provider {
        Some(provider) if !prices::is_listed(provider)? => {
            Err(BudgetError::Invalid(format!("There is no provider \"{provider}\". Nothing was changed.")))
        }
        _ => Ok(()),
    }
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
