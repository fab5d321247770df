//! Books are not put back: when a copy of a profile's database takes its place, what was paid since, and the limits that
//! were set since, come along.

use rusqlite::types::Value;
use rusqlite::{OptionalExtension, params_from_iter};

use super::ledger::LedgerState;
use super::quota;
use crate::profile::db::{DbError, Reader, Rows, Writer, rows};

/// Later states win: a call that is over is never open again.
fn rank(word: &str) -> usize {
    let order =
        [LedgerState::Reserved, LedgerState::Sent, LedgerState::Unknown, LedgerState::Released, LedgerState::Settled];
    order.iter().position(|state| state.word() == word).unwrap_or(0)
}

/// Takes over what the books in use know and the older ones do not; gives how many calls that were.
pub(crate) fn carry(from: &Reader<'_>, to: &Writer<'_>) -> Result<usize, DbError> {
    let mut carried = 0;
    if let Some(ledger) = rows(from, "ledger", &to.as_reader())? {
        for row in &ledger.values {
            let known: Option<String> = to
                .prepare_cached("SELECT state FROM ledger WHERE id = ?1")?
                .query_row([ledger.of(row, "id")], |r| r.get(0))
                .optional()?;
            let newer = match ledger.of(row, "state") {
                Some(Value::Text(state)) => known.is_none_or(|known| rank(state) >= rank(&known)),
                _ => false,
            };
            if newer {
                put(to, "ledger", &ledger, row)?;
                carried += 1;
            }
        }
    }
    for (table, key) in [("quotas", "provider = ?1"), ("quota_shares", "provider = ?1 AND device = ?2")] {
        let Some(limits) = rows(from, table, &to.as_reader())? else { continue };
        for row in &limits.values {
            let names = ["provider", "device"].iter().take(if table == "quotas" { 1 } else { 2 });
            let key_of: Vec<Option<&Value>> = names.map(|name| limits.of(row, name)).collect();
            let set_at: Option<i64> = to
                .prepare_cached(&format!("SELECT set_at FROM {table} WHERE {key}"))?
                .query_row(params_from_iter(key_of), |r| r.get(0))
                .optional()?;
            let newer =
                matches!(limits.of(row, "set_at"), Some(Value::Integer(at)) if set_at.is_none_or(|set| *at >= set));
            if newer {
                put(to, table, &limits, row)?;
            }
        }
    }
    Ok(carried)
}

fn put(to: &Writer<'_>, table: &str, rows: &Rows, row: &[Value]) -> Result<(), DbError> {
    let places: Vec<String> = (1..=row.len()).map(|n| format!("?{n}")).collect();
    let sql = format!("INSERT OR REPLACE INTO {table} ({}) VALUES ({})", rows.columns.join(", "), places.join(", "));
    to.prepare_cached(&sql)?.execute(params_from_iter(row))?;
    Ok(())
}

/// Notes that the books in use could not be read, so that what was paid since the newest call of the copy may be missing.
pub(crate) fn note_lost(to: &Writer<'_>, copied_at: i64) -> Result<(), DbError> {
    quota::note_gap(to, copied_at)
}
