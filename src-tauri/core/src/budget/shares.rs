//! What each device may spend of a limit while it cannot see what the others spend.
//!
//! The costs of all devices count in a limit as soon as they are known. Without shares that is all, which is enough for one
//! device. With shares, a device spends no more than its own share, whatever it knows of the others; shares together are
//! no more than the limit, so the limit holds in whatever order devices spend and hear of each other. A device gives
//! away only what it has and has not spent, so a share on its way to another device is nobody's for that time.

use std::collections::BTreeMap;

use rusqlite::params;

use super::amount::{Bound, Price};
use super::error::BudgetError;
use super::ledger;
use super::quota;
use crate::profile::Profile;
use crate::profile::db::{DbError, Reader, Writer};
use crate::profile::events::Event;

/// The shares of one limit, by device.
pub type Shares = BTreeMap<String, Bound>;

/// The shares of every limit: of all providers together under `None`, of each by its name.
pub(super) type AllShares = BTreeMap<Option<String>, Shares>;

/// What a device may still spend: what the limit leaves after everything that is known, and what its share leaves after
/// its own. Where shares are stored, a device without one has nothing.
#[must_use]
pub(super) fn left(limit: Bound, share: Option<Bound>, known: Price, own: Price) -> Bound {
    let of_limit = limit.less(known);
    share.map_or(of_limit, |share| of_limit.and(share.less(own)))
}

/// The share of this device, in every measure that is limited; `None` where nothing is shared out.
#[must_use]
pub(super) fn share_of(shares: Option<&Shares>, device: &str, limit: Bound) -> Option<Bound> {
    let shares = shares.filter(|shares| !shares.is_empty())?;
    let share = shares.get(device).copied().unwrap_or_default();
    let or_nothing = |limit: Option<u64>, share: Option<u64>| limit.map(|_| share.unwrap_or(0));
    Some(Bound {
        characters: or_nothing(limit.characters, share.characters),
        microusd: or_nothing(limit.microusd, share.microusd),
    })
}

/// The shares come to no more than the limit, and nothing is shared that is not limited.
fn within(shares: &Shares, limit: Bound) -> bool {
    let sum = |of: fn(&Bound) -> Option<u64>| shares.values().filter_map(of).try_fold(0_u64, u64::checked_add);
    let fits = |limit: Option<u64>, sum: Option<u64>| match (limit, sum) {
        (Some(limit), Some(sum)) => sum <= limit,
        (None, sum) => sum == Some(0),
        (Some(_), None) => false,
    };
    fits(limit.characters, sum(|b| b.characters)) && fits(limit.microusd, sum(|b| b.microusd))
}

/// Takes a part out of a share; `None` when there is not that much of it unspent.
fn take(share: Bound, own: Price, part: Price) -> Option<Bound> {
    if !share.less(own).holds(part) {
        return None;
    }
    let minus = |share: Option<u64>, part: u64| share.map(|share| share.saturating_sub(part));
    let covered = |share: Option<u64>, part: u64| share.is_some() || part == 0;
    let possible = covered(share.characters, part.characters) && covered(share.microusd, part.microusd);
    possible.then(|| Bound {
        characters: minus(share.characters, part.characters),
        microusd: minus(share.microusd, part.microusd),
    })
}

fn add(share: Bound, part: Price) -> Bound {
    let plus = |share: Option<u64>, part: u64| match (share, part) {
        (None, 0) => None,
        (share, part) => Some(share.unwrap_or(0).saturating_add(part)),
    };
    Bound { characters: plus(share.characters, part.characters), microusd: plus(share.microusd, part.microusd) }
}

pub(super) fn all(tx: &Reader<'_>) -> Result<AllShares, DbError> {
    let mut query = tx.prepare_cached("SELECT nullif(provider, ''), device, characters, microusd FROM quota_shares")?;
    let mut rows = query.query([])?;
    let mut all = AllShares::new();
    while let Some(r) = rows.next()? {
        let share = Bound { characters: r.get(2)?, microusd: r.get(3)? };
        all.entry(r.get(0)?).or_default().insert(r.get(1)?, share);
    }
    Ok(all)
}

fn store(tx: &Writer<'_>, provider: &str, device: &str, share: Bound) -> Result<(), DbError> {
    tx.execute(
        "INSERT INTO quota_shares (provider, device, characters, microusd, set_at) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (provider, device) DO UPDATE SET characters = excluded.characters, microusd = excluded.microusd,
                                                      set_at = excluded.set_at",
        params![provider, device, share.characters, share.microusd, crate::time::now_ms()],
    )?;
    Ok(())
}

pub(super) fn forget(tx: &Writer<'_>, provider: &str) -> Result<(), DbError> {
    tx.execute("DELETE FROM quota_shares WHERE provider = ?1", [provider])?;
    Ok(())
}

/// Refuses a limit that is less than what is shared out of it.
pub(super) fn allow_limit(tx: &Reader<'_>, provider: Option<&str>, limit: Bound) -> Result<(), BudgetError> {
    let shares = all(tx)?.remove(&provider.map(str::to_owned)).unwrap_or_default();
    if within(&shares, limit) {
        return Ok(());
    }
    let says = "More than that is shared out to the devices of this profile. Make their shares smaller first, or take the \
                limit away to start anew. Nothing was changed.";
    Err(BudgetError::Invalid(says.into()))
}

/// What this profile's devices may spend of a limit.
///
/// # Errors
/// [`BudgetError`].
pub fn shares(profile: &Profile, provider: Option<&str>) -> Result<Shares, BudgetError> {
    let all = profile.read::<_, DbError>(all)?;
    Ok(all.get(&provider.map(str::to_owned)).cloned().unwrap_or_default())
}

/// Shares a limit out anew, all of it at once: for when every device has been heard. No shares at all, and all devices
/// spend from the whole limit.
///
/// # Errors
/// [`BudgetError::Invalid`] when they come to more than the limit; nothing is changed then.
pub fn set_shares(profile: &Profile, provider: Option<&str>, shares: &Shares) -> Result<(), BudgetError> {
    let name = provider.unwrap_or_default();
    profile.write::<_, BudgetError>(|tx| {
        let limit = quota::limits(&tx.as_reader())?.get(&provider.map(str::to_owned)).copied().unwrap_or_default();
        if !within(shares, limit) {
            return Err(BudgetError::Invalid(
                "The shares come to more than the limit they are of. Nothing was changed.".into(),
            ));
        }
        forget(tx, name)?;
        shares.iter().try_for_each(|(device, share)| Ok(store(tx, name, device, *share)?))
    })?;
    profile.announce(Event::Costs {});
    Ok(())
}

/// Says what this device may spend of a limit, beside what the other devices may; nothing takes its share away, and
/// when no device has one, all spend from the whole limit.
///
/// # Errors
/// [`BudgetError::Invalid`] when the shares come to more than the limit; nothing is changed then.
pub fn set_own_share(profile: &Profile, provider: Option<&str>, share: Bound) -> Result<(), BudgetError> {
    let mut all = shares(profile, provider)?;
    let device = profile.payer().device();
    let limit = profile.read(quota::limits)?.get(&provider.map(str::to_owned)).copied().unwrap_or_default();
    let left_out = |limit: Option<u64>, share: Option<u64>| limit.is_some() && share.is_none();
    if share != Bound::default()
        && (left_out(limit.characters, share.characters) || left_out(limit.microusd, share.microusd))
    {
        let says = "The limit is in characters and in money. Say the share in both: of what is not said, this device \
                    could spend nothing. Nothing was changed.";
        return Err(BudgetError::Invalid(says.into()));
    }
    if share == Bound::default() {
        all.remove(device);
    } else {
        all.insert(device.to_owned(), share);
    }
    set_shares(profile, provider, &all)
}

/// Gives a part of this device's share to another one.
///
/// # Errors
/// [`BudgetError::Invalid`] when this device has not that much left of its share this month; nothing is changed then.
pub fn give_share(profile: &Profile, provider: Option<&str>, to: &str, part: Price) -> Result<(), BudgetError> {
    let (name, device) = (provider.unwrap_or_default(), profile.payer().device());
    let month = ledger::month_of(crate::time::now_ms());
    profile.write::<_, BudgetError>(|tx| {
        let shares = all(&tx.as_reader())?.remove(&provider.map(str::to_owned)).unwrap_or_default();
        let own = quota::against(&ledger::standing(&tx.as_reader(), &month, device)?, provider).own;
        let left = shares.get(device).and_then(|share| take(*share, own, part)).ok_or_else(|| {
            BudgetError::Invalid("This device has less than that left of its share. Nothing was changed.".into())
        })?;
        store(tx, name, device, left)?;
        let theirs = add(shares.get(to).copied().unwrap_or_default(), part);
        Ok(store(tx, name, to, if to == device { add(left, part) } else { theirs })?)
    })?;
    profile.announce(Event::Costs {});
    Ok(())
}

#[cfg(test)]
#[path = "shares_tests.rs"]
mod tests;
