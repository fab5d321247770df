//! What came is written into the profile's own tables: all of it in one transaction, column by column, the later change first.
//!
//! Nothing here is an edit, so nothing of it is noted as one, but for what follows from it on this device alone: a pin that
//! goes with its shot, the second of two sources that are the same file. One row that cannot be written (its parent is not
//! here, it lacks something) stays staged with the reason and keeps no other out.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::types::Value as Sql;
use serde_json::{Map, Value};

use super::clock::Clock;
use super::gather::gathering;
use super::rows;
use super::tables::{Here, SETTINGS, TABLES, Table};
use super::{outbox, place_of_files};
use crate::profile::db::{DbError, Writer};

/// What a round of writing did.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Applied {
    /// The rows that changed, by the table of the profile.
    pub changed: Vec<(&'static str, String)>,
    /// Clips that are no longer deleted: their files may be in the trash.
    pub back: Vec<String>,
    /// How many rows stay staged.
    pub held: usize,
}

/// What is gathered while rows are written.
#[derive(Debug, Default)]
pub(super) struct Round {
    pub(super) applied: Applied,
    /// Columns of [`rows::FOLLOWS`] that got the server's value.
    pub(super) taken: BTreeSet<(&'static str, String, &'static str)>,
    /// Columns that changed here because of it, unless they came themselves.
    pub(super) follows: BTreeSet<(&'static str, String, &'static str)>,
    /// Columns that changed here because this device had to decide, whatever came.
    pub(super) decided: BTreeSet<(&'static str, String, &'static str)>,
    /// Sources that went because another one is the same file: the one that went, the one that stays.
    pub(super) twins: Vec<(String, String)>,
    /// The latest time that was seen.
    latest: i64,
}

/// What became of a row.
pub(super) enum Outcome {
    /// Written, or known already.
    Done,
    /// It stays staged, for this reason.
    Held(String),
}

/// Writes everything that is staged.
pub(super) fn apply(tx: &Writer<'_>) -> Result<Applied, DbError> {
    let mut round = Round::default();
    tx.execute("UPDATE sync_link SET applying = 1", [])?;
    for table in TABLES {
        let ids: Vec<String> = {
            let mut query = tx.prepare_cached("SELECT id FROM sync_staged WHERE t = ?1 ORDER BY id")?;
            query.query_map([table.name], |r| r.get(0))?.collect::<Result<_, _>>()?
        };
        for id in ids {
            one(tx, table, &id, &mut round)?;
        }
    }
    rows::hand_over(tx, &mut round)?;
    tx.execute("UPDATE sync_link SET applying = 0, clock = max(clock, ?1), seen = max(seen, ?1)", [round.latest])?;
    // What also came, came from somebody who had reason to.
    let follows: BTreeSet<_> = round.follows.difference(&round.taken).chain(&round.decided).collect();
    outbox::note(tx, follows)?;
    Ok(round.applied)
}

fn one(tx: &Writer<'_>, table: &'static Table, id: &str, round: &mut Round) -> Result<(), DbError> {
    let text: String = tx
        .prepare_cached("SELECT row FROM sync_staged WHERE t = ?1 AND id = ?2")?
        .query_row((table.name, id), |r| r.get(0))?;
    let row: Map<String, Value> = serde_json::from_str(&text)
        .map_err(|error| rusqlite::Error::FromSqlConversionFailure(0, rusqlite::types::Type::Text, Box::new(error)))?;
    tx.prepare_cached("SAVEPOINT one_row")?.execute([])?;
    let outcome = match take(tx, table, id, &row, round) {
        Ok(outcome) => outcome,
        Err(DbError::Sqlite(rusqlite::Error::SqliteFailure(error, said)))
            if error.code == rusqlite::ErrorCode::ConstraintViolation =>
        {
            tx.prepare_cached("ROLLBACK TO one_row")?.execute([])?;
            Outcome::Held(said.unwrap_or_else(|| error.to_string()))
        }
        Err(error) => return Err(error),
    };
    tx.prepare_cached("RELEASE one_row")?.execute([])?;
    match outcome {
        Outcome::Done => {
            tx.prepare_cached("DELETE FROM sync_staged WHERE t = ?1 AND id = ?2")?.execute((table.name, id))?;
        }
        Outcome::Held(why) => {
            let mut hold = tx.prepare_cached("UPDATE sync_staged SET held_for = ?3 WHERE t = ?1 AND id = ?2")?;
            hold.execute((table.name, id, why))?;
            round.applied.held += 1;
        }
    }
    Ok(())
}

/// The row's key here; `None` for one that is of no concern here.
fn key_here(table: &Table, id: &str, row: &Map<String, Value>) -> Option<String> {
    match table.here {
        // A job is done where it was asked for; the others only list it.
        "jobs" => None,
        "settings" => {
            let name = row.get("name")?.as_str()?;
            SETTINGS.contains(&name).then(|| name.to_owned())
        }
        _ => Some(id.to_owned()),
    }
}

fn take(
    tx: &Writer<'_>,
    table: &'static Table,
    id: &str,
    row: &Map<String, Value>,
    round: &mut Round,
) -> Result<Outcome, DbError> {
    let incoming: BTreeMap<&str, (Clock, &str)> = row
        .get("clock")
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
        .filter_map(|(column, clock)| Some((column.as_str(), (clock.as_str()?.parse().ok()?, clock.as_str()?))))
        .collect();
    if let Some(latest) = incoming.values().map(|(clock, _)| clock.time).max() {
        round.latest = round.latest.max(latest);
    }
    let Some(key) = key_here(table, id, row) else { return Ok(Outcome::Done) };
    let known: BTreeMap<String, String> = {
        let mut query = tx.prepare_cached("SELECT c, clock FROM sync_clocks WHERE t = ?1 AND id = ?2")?;
        query.query_map((table.name, &key), |r| Ok((r.get(0)?, r.get(1)?)))?.collect::<Result<_, _>>()?
    };
    let wins = |column: &str| {
        incoming.get(column).is_some_and(|(_, clock)| known.get(column).is_none_or(|known| *clock > known.as_str()))
    };
    let mut won: Vec<&'static str> =
        table.columns.iter().map(|column| column.name).chain(["deleted"]).filter(|name| wins(name)).collect();
    if won.is_empty() {
        return Ok(Outcome::Done);
    }
    let is_deleted = row.get("deleted").and_then(Value::as_bool).unwrap_or(false);
    let sql = format!("SELECT EXISTS (SELECT 1 FROM {} WHERE {} = ?1)", table.here, table.key());
    let exists: bool = tx.prepare_cached(&sql)?.query_row([&key], |r| r.get(0))?;
    let deleted_at = is_deleted.then(|| incoming.get("deleted").map_or(0, |(clock, _)| clock.ms()).max(1));
    let mut missing = BTreeSet::new();
    if exists {
        let held = update(tx, table, &key, row, &won, deleted_at, round)?;
        missing.extend(held);
    } else {
        // Deleted for good here, or elsewhere before it was ever here: nothing of it comes back until somebody puts it back.
        let erased = !known.is_empty();
        let gone = if erased && !won.contains(&"deleted") { true } else { is_deleted };
        let needed = matches!(table.here, "projects" | "scripts" | "sources") && !erased;
        if !gone || needed {
            let all: Vec<&'static str> = table.columns.iter().map(|column| column.name).collect();
            if let Some(why) = insert(tx, table, &key, row, deleted_at)? {
                return Ok(Outcome::Held(why));
            }
            won = all.iter().copied().chain(["deleted"]).filter(|name| incoming.contains_key(name)).collect();
            missing.extend(gathered(tx, table, &key, row, &all, round)?);
            if table.here == "sources" && !is_deleted {
                rows::one_of_two(tx, &key, round)?;
            }
            // What was changed here before it was erased is gone with it: the row is the server's, all of it.
            tx.prepare_cached("DELETE FROM sync_clocks WHERE t = ?1 AND id = ?2")?.execute((table.name, &key))?;
        }
    }
    let mut keep = tx.prepare_cached(
        "INSERT INTO sync_clocks (t, id, c, clock, waiting) VALUES (?1, ?2, ?3, ?4, 0)
         ON CONFLICT (t, id, c) DO UPDATE SET clock = excluded.clock, waiting = 0 WHERE excluded.clock > clock",
    )?;
    for name in won.iter().filter(|name| !missing.contains(**name)) {
        if let Some((_, clock)) = incoming.get(name) {
            keep.execute((table.name, &key, name, clock))?;
            // Only what may also follow from something else has to be remembered: a first sync brings a million columns.
            if rows::FOLLOWS.contains(&(table.name, *name)) {
                round.taken.insert((table.name, key.clone(), name));
            }
        }
    }
    tx.prepare_cached(
        "DELETE FROM sync_set_aside WHERE t = ?1 AND id = ?2 AND NOT EXISTS
                       (SELECT 1 FROM sync_clocks s WHERE s.t = ?1 AND s.id = ?2 AND s.waiting = 1)",
    )?
    .execute((table.name, &key))?;
    if won.contains(&"deleted") && table.here == "clips" && !is_deleted {
        round.applied.back.push(key.clone());
    }
    round.applied.changed.push((table.here, key));
    Ok(match missing.first() {
        Some(column) => Outcome::Held(format!("{column} names something that is not here")),
        None => Outcome::Done,
    })
}

/// Writes the columns that won into a row that is there; gives the ones that could not be written whole.
fn update(
    tx: &Writer<'_>,
    table: &'static Table,
    key: &str,
    row: &Map<String, Value>,
    won: &[&'static str],
    deleted_at: Option<i64>,
    round: &mut Round,
) -> Result<Vec<&'static str>, DbError> {
    let mut sets = Vec::new();
    let mut values = vec![Sql::Text(key.to_owned())];
    for column in table.columns.iter().filter(|column| won.contains(&column.name)) {
        if let Here::Column(name) = column.here {
            values.push(rows::of_column(column, row));
            sets.push(format!("{name} = ?{}", values.len()));
        }
    }
    if table.is_marked() && won.contains(&"deleted") {
        // Two with the same content cannot both be on the list, not even for a moment.
        let none_left = table.here == "sources" && deleted_at.is_none() && !rows::has_room(tx, key, row, round)?;
        let deleted_at = if none_left { Some(crate::time::now_ms()) } else { deleted_at };
        values.push(deleted_at.map_or(Sql::Null, Sql::Integer));
        sets.push(format!("deleted_at = ?{}", values.len()));
    }
    // Its plan first: the row refers to it.
    let held = gathered(tx, table, key, row, won, round)?;
    if !sets.is_empty() {
        let sql = format!("UPDATE {} SET {} WHERE {} = ?1", table.here, sets.join(", "), table.key());
        tx.prepare_cached(&sql)?.execute(rusqlite::params_from_iter(values))?;
    }
    if table.here == "clips" && won.contains(&"receipt") {
        rows::follow_receipt(tx, key)?;
    }
    // A row that only went away for good there goes here too, where rows are not only marked.
    if !table.is_marked() && deleted_at.is_some() && won.contains(&"deleted") {
        let sql = format!("DELETE FROM {} WHERE {} = ?1", table.here, table.key());
        tx.prepare_cached(&sql)?.execute([key])?;
    }
    Ok(held)
}

/// Writes a row that is not there, without what is gathered for it; gives why that cannot be.
fn insert(
    tx: &Writer<'_>,
    table: &'static Table,
    key: &str,
    row: &Map<String, Value>,
    deleted_at: Option<i64>,
) -> Result<Option<String>, DbError> {
    let mut names = vec![];
    let mut values = vec![];
    if table.key() == "id" {
        names.push("id");
        values.push(Sql::Text(key.to_owned()));
    }
    for column in table.columns {
        if let Here::Column(name) = column.here {
            names.push(name);
            values.push(rows::of_column(column, row));
        }
    }
    if table.is_marked() {
        names.push("deleted_at");
        values.push(deleted_at.map_or(Sql::Null, Sql::Integer));
    }
    match table.here {
        "sources" => {
            names.push("path");
            values.push(Sql::Text(place_of_files::source(key, row)));
            if deleted_at.is_none() && rows::is_second(tx, key, row)? {
                // The one that is here keeps its place; which of the two stays is decided below, for all devices alike.
                if let Some(at) = names.iter().position(|name| *name == "deleted_at") {
                    values[at] = Sql::Integer(crate::time::now_ms());
                }
            }
        }
        "clips" => {
            let Some(plan) = rows::plan(tx, row)? else {
                return Ok(Some("the plan it was made of, or its script, is not here".to_owned()));
            };
            names.extend(["variant_id", "folder"]);
            values.extend([Sql::Text(plan), Sql::Text(place_of_files::clip(key))]);
        }
        // What was said, and by which process, is not known of calls of other devices.
        "ledger" => {
            names.extend(["what", "owner"]);
            values.extend([Sql::Text(String::new()), Sql::Text(String::new())]);
        }
        _ => {}
    }
    let places: Vec<String> = (1..=names.len()).map(|n| format!("?{n}")).collect();
    let sql = format!("INSERT INTO {} ({}) VALUES ({})", table.here, names.join(", "), places.join(", "));
    tx.prepare_cached(&sql)?.execute(rusqlite::params_from_iter(values))?;
    if table.here == "clips" {
        rows::follow_receipt(tx, key)?;
    }
    Ok(None)
}

/// Writes the rows that columns of this row are gathered from; gives the columns that name something that is not here.
fn gathered(
    tx: &Writer<'_>,
    table: &'static Table,
    key: &str,
    row: &Map<String, Value>,
    which: &[&'static str],
    round: &mut Round,
) -> Result<Vec<&'static str>, DbError> {
    let mut held = Vec::new();
    for column in table.columns.iter().filter(|column| which.contains(&column.name)) {
        let Some(how) = gathering(table.name, column) else { continue };
        let value = row.get(column.name).unwrap_or(&Value::Null);
        let whole = match (how.of, how.by) {
            // The plan says which project it is of.
            (("clips", "project_id"), _) => true,
            (_, Some(by)) => match rows::plan(tx, row)? {
                Some(id) => {
                    let sql = format!("UPDATE {} SET {by} = ?2 WHERE id = ?1", table.here);
                    tx.prepare_cached(&sql)?.execute((key, id))?;
                    true
                }
                None => false,
            },
            (_, None) => rows::write(tx, how, key, value, round)?,
        };
        if !whole {
            held.push(column.name);
        }
    }
    Ok(held)
}
