//! What a provider's history says of calls whose end nobody saw. Each entry of it stands for one call at most: two calls
//! of the same text are not both paid by one entry, and an entry that was settled already stands for nothing else.

use std::collections::HashSet;

use rusqlite::params;

use super::error::BudgetError;
use super::ledger::{self, LedgerState, Move};
use super::prices;
use super::reservation::Charge;
use crate::ids::LedgerId;
use crate::profile::Profile;
use crate::profile::db::{DbError, Reader};
use crate::profile::events::Event;

/// A call this young may not be in the history yet: only later does its absence say anything.
const YOUNG_MS: i64 = 10 * 60 * 1000;

/// How far this machine's clock and the provider's may lie apart: a day, so that neither a wrong time zone nor a clock
/// that was set since makes a call look as if it had never been made.
pub const CLOCKS_APART_MS: i64 = 24 * 60 * 60 * 1000;

/// An entry of a provider's history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastCall {
    /// Hash of its text, as in [`super::Need::what`].
    pub what: String,
    /// The provider's names for it: the one that the ledger keeps first.
    pub names: Vec<String>,
    /// What was charged; `None` when it does not say, which counts as the most it can be.
    pub characters: Option<u64>,
    /// When, UTC milliseconds at the provider; 0 when it does not say.
    pub at_ms: i64,
}

/// A history that was read to its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Looked {
    /// From when on it was read, UTC milliseconds.
    pub from_ms: i64,
    /// When reading it began, UTC milliseconds.
    pub at_ms: i64,
    /// All entries since `from_ms`.
    pub calls: Vec<PastCall>,
}

/// A call whose end nobody saw.
#[derive(Debug, Clone)]
struct Lost {
    id: LedgerId,
    model: String,
    what: String,
    since: i64,
    most: u64,
}

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Verdict {
    /// This entry is it.
    Is(usize),
    /// It is not there, and would be.
    NotThere,
}

/// The names of calls sent since then that are settled: what they name stands for no other call.
///
/// # Errors
/// [`BudgetError`].
pub fn taken(profile: &Profile, provider: &str, since_ms: i64) -> Result<HashSet<String>, BudgetError> {
    profile.read::<_, BudgetError>(|tx| Ok(named(tx, provider, since_ms)?))
}

fn named(tx: &Reader<'_>, provider: &str, since_ms: i64) -> Result<HashSet<String>, DbError> {
    let mut query = tx.prepare_cached(
        "SELECT request_id FROM ledger
         WHERE provider = ?1 AND request_id IS NOT NULL AND coalesce(sent_at, created_at) >= ?2",
    )?;
    Ok(query.query_map(params![provider, since_ms - CLOCKS_APART_MS], |r| r.get(0))?.collect::<Result<_, _>>()?)
}

/// Ends the unknown calls of a provider that its history tells of, all in one transaction; gives how many. Those that are
/// neither in it nor old enough to be missed stay unknown.
///
/// # Errors
/// [`BudgetError`]; nothing was changed then.
pub fn settle_from(profile: &Profile, provider: &str, looked: &Looked) -> Result<usize, BudgetError> {
    let ended = profile.write::<_, BudgetError>(|tx| {
        let lost = lost(&tx.as_reader(), provider)?;
        let taken = named(&tx.as_reader(), provider, looked.from_ms)?;
        let verdicts = assign(&lost, looked, &taken);
        for (lost, verdict) in &verdicts {
            let at = crate::time::now_ms();
            match verdict {
                Verdict::Is(entry) => {
                    let call = &looked.calls[*entry];
                    // The history's number holds the model's multiplier already; without one the upper bound stands.
                    let characters = call.characters.unwrap_or(lost.most);
                    let price = prices::price_with(profile, provider, &lost.model, characters, Some(1.0))?;
                    let charge = Charge { price, request_id: call.names.first().cloned() };
                    ledger::step(tx, lost.id, &[LedgerState::Unknown], &Move::Settle(&charge), at)?;
                    ledger::note_found(tx, lost.id)?;
                }
                Verdict::NotThere => {
                    let why = Move::Release("the provider does not know it");
                    ledger::step(tx, lost.id, &[LedgerState::Unknown], &why, at)?;
                }
            }
        }
        Ok(verdicts.len())
    })?;
    if ended > 0 {
        profile.announce(Event::Costs {});
    }
    Ok(ended)
}

/// The calls of this machine whose outcome is not known: of another one's it is not known here what they said.
fn lost(tx: &Reader<'_>, provider: &str) -> Result<Vec<Lost>, DbError> {
    let mut query = tx.prepare_cached(
        "SELECT id, model, what, coalesce(sent_at, created_at), characters_reserved FROM ledger
         WHERE state = 'unknown' AND provider = ?1 AND what <> ''",
    )?;
    let rows = query.query_map([provider], |r| {
        Ok(Lost { id: r.get(0)?, model: r.get(1)?, what: r.get(2)?, since: r.get(3)?, most: r.get(4)? })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Which entry is which call. The latest calls choose first: every entry that may be theirs may be an earlier call's too,
/// but not the other way round, so no call goes without one that could have had it.
fn assign<'a>(lost: &'a [Lost], looked: &Looked, taken: &HashSet<String>) -> Vec<(&'a Lost, Verdict)> {
    let mut free: Vec<usize> =
        (0..looked.calls.len()).filter(|i| !looked.calls[*i].names.iter().any(|name| taken.contains(name))).collect();
    free.sort_by_key(|i| looked.calls[*i].at_ms);
    let mut in_turn: Vec<&Lost> = lost.iter().collect();
    in_turn.sort_by_key(|lost| std::cmp::Reverse(lost.since));
    let mut verdicts = Vec::new();
    for lost in in_turn {
        let is_it = |i: &usize| {
            let call = &looked.calls[*i];
            call.what == lost.what && (call.at_ms == 0 || call.at_ms >= lost.since - CLOCKS_APART_MS)
        };
        if let Some(at) = free.iter().position(is_it) {
            verdicts.push((lost, Verdict::Is(free.remove(at))));
        } else if lost.since - CLOCKS_APART_MS >= looked.from_ms && looked.at_ms - lost.since > YOUNG_MS {
            verdicts.push((lost, Verdict::NotThere));
        }
    }
    verdicts
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: i64 = 3_600_000;

    fn lost(what: &str, since: i64) -> Lost {
        Lost { id: LedgerId::new(), model: "m".into(), what: what.into(), since, most: 9 }
    }

    fn call(what: &str, name: &str, at_ms: i64) -> PastCall {
        PastCall { what: what.into(), names: vec![name.into(), format!("item-{name}")], characters: Some(5), at_ms }
    }

    fn verdicts(lost: &[Lost], calls: Vec<PastCall>, taken: &[&str]) -> Vec<Option<Verdict>> {
        let looked = Looked { from_ms: 0, at_ms: 100 * HOUR, calls };
        let taken = taken.iter().map(|name| (*name).to_owned()).collect();
        let given = assign(lost, &looked, &taken);
        lost.iter().map(|l| given.iter().find(|(of, _)| of.id == l.id).map(|(_, v)| v.clone())).collect()
    }

    #[test]
    fn one_entry_is_one_call() {
        let two = [lost("a", 50 * HOUR), lost("a", 51 * HOUR)];
        let given = verdicts(&two, vec![call("a", "r1", 51 * HOUR)], &[]);
        assert_eq!(given, [Some(Verdict::NotThere), Some(Verdict::Is(0))]);
        let both = verdicts(&two, vec![call("a", "r2", 51 * HOUR), call("a", "r1", 50 * HOUR)], &[]);
        let mut entries: Vec<_> = both.into_iter().flatten().collect();
        entries.sort_by_key(|v| if let Verdict::Is(i) = v { *i } else { 9 });
        assert_eq!(entries, [Verdict::Is(0), Verdict::Is(1)]);
    }

    #[test]
    fn an_entry_that_was_settled_stands_for_nothing_else_by_either_of_its_names() {
        let one = [lost("a", 50 * HOUR)];
        for name in ["r1", "item-r1"] {
            assert_eq!(verdicts(&one, vec![call("a", "r1", 51 * HOUR)], &[name]), [Some(Verdict::NotThere)]);
        }
        assert_eq!(verdicts(&one, vec![call("b", "r1", 51 * HOUR)], &[]), [Some(Verdict::NotThere)]);
    }

    #[test]
    fn what_is_too_young_or_before_what_was_read_is_not_missed() {
        let calls = || vec![call("b", "r1", 51 * HOUR)];
        assert_eq!(verdicts(&[lost("a", 100 * HOUR - YOUNG_MS)], calls(), &[]), [None]);
        assert_eq!(verdicts(&[lost("a", CLOCKS_APART_MS - 1)], calls(), &[]), [None]);
        // A clock that is hours ahead of the provider's hides nothing.
        assert_eq!(verdicts(&[lost("a", 60 * HOUR)], vec![call("a", "r1", 51 * HOUR)], &[]), [Some(Verdict::Is(0))]);
    }
}
