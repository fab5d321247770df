//! Noting what changes: triggers that give each changed column a clock, in the transaction of the change itself. So no way of
//! changing a row can forget it, and a change that is undone was never noted.
//!
//! The triggers are written from the list in [`super::tables`]. They are there only while the profile is linked; one that is
//! not pays nothing.

use std::fmt::Write as _;

use rusqlite::OptionalExtension;

use super::gather::{GATHERED, Gathering, gathering};
use super::remote::Cursor;
use super::tables::{Here, SETTINGS, TABLES, Table};
use crate::profile::db::{DbError, Reader, Writer};

/// The time of what was there before the profile was linked: later than what was on the server before there were clocks,
/// earlier than every change that was seen to be made.
const BEFORE: i64 = 2;

/// A column of the server, and when it has changed; without a condition whenever its row is touched.
struct Watched {
    name: &'static str,
    touches: Option<&'static str>,
    changed: String,
    there: String,
}

fn watched(table: &Table) -> Vec<Watched> {
    let mut all: Vec<Watched> = Vec::new();
    for column in table.columns {
        let (touches, value) = match column.here {
            Here::Column(name) => (name, format!("{{}}.{name}")),
            Here::Part(name, path) => (name, format!("({{}}.{name} ->> '{path}')")),
            Here::Gathered(_) => match gathering(table.name, column).and_then(|how| how.by) {
                Some(by) => (by, format!("{{}}.{by}")),
                // The triggers of the gathered table see to it.
                None => continue,
            },
        };
        let (old, new) = (value.replace("{}", "OLD"), value.replace("{}", "NEW"));
        all.push(Watched {
            name: column.name,
            touches: Some(touches),
            changed: format!("{old} IS NOT {new}"),
            there: format!("{new} IS NOT NULL"),
        });
    }
    let (touches, changed) = if table.is_marked() {
        (Some("deleted_at"), "(OLD.deleted_at IS NULL) <> (NEW.deleted_at IS NULL)".to_owned())
    } else {
        (None, "false".to_owned())
    };
    // Noted from the beginning, so that a row that comes back after it was deleted for good is later than its end.
    all.push(Watched { name: "deleted", touches, changed, there: "true".to_owned() });
    all
}

const TICK: &str = "UPDATE sync_link SET clock = max(clock + 1, \
                    (CAST(unixepoch('subsec') * 1000 AS INTEGER) + ahead_ms) << 16);";

const NOW: &str = "(SELECT printf('%016x:%s', clock, node) FROM sync_link)";

const AGAIN: &str = "ON CONFLICT (t, id, c) DO UPDATE SET clock = excluded.clock, waiting = 1;";

/// Gives those of these columns whose condition holds a clock.
fn stamp(table: &str, row: &str, which: &[(&str, &str)]) -> String {
    let which: Vec<String> = which.iter().map(|(name, when)| format!("SELECT '{name}' AS c WHERE {when}")).collect();
    format!(
        "{TICK}\n    INSERT INTO sync_clocks (t, id, c, clock, waiting)\n    \
         SELECT '{table}', {row}, w.c, {NOW}, 1 FROM ({}) w WHERE true\n    {AGAIN}\n    \
         DELETE FROM sync_set_aside WHERE t = '{table}' AND id = {row};",
        which.join(" UNION ALL ")
    )
}

fn trigger(name: &str, when: &str, on: &str, guard: &str, body: &str) -> (String, String) {
    let name = format!("sync_{name}");
    let sql = format!(
        "CREATE TRIGGER {name} AFTER {when} ON {on} WHEN (SELECT applying FROM sync_link) = 0{guard}\nBEGIN\n    {body}\nEND"
    );
    (name, sql)
}

fn of_table(table: &Table, all: &mut Vec<(String, String)>) {
    let (here, key) = (table.here, table.key());
    let only = |row: &str| {
        if here == "settings" {
            let names: Vec<String> = SETTINGS.iter().map(|name| format!("'{name}'")).collect();
            format!(" AND {row}.name IN ({})", names.join(", "))
        } else {
            String::new()
        }
    };
    let watched = watched(table);
    let new = format!("NEW.{key}");
    let there: Vec<(&str, &str)> = watched.iter().map(|one| (one.name, one.there.as_str())).collect();
    all.push(trigger(&format!("{here}_added"), "INSERT", here, &only("NEW"), &stamp(table.name, &new, &there)));

    let changing: Vec<&Watched> = watched.iter().filter(|one| one.touches.is_some()).collect();
    let mut touches: Vec<&str> = changing.iter().filter_map(|one| one.touches).collect();
    touches.dedup();
    let any: Vec<&str> = changing.iter().map(|one| one.changed.as_str()).collect();
    let changed: Vec<(&str, &str)> = changing.iter().map(|one| (one.name, one.changed.as_str())).collect();
    all.push(trigger(
        &format!("{here}_changed"),
        &format!("UPDATE OF {}", touches.join(", ")),
        here,
        &format!("{} AND ({})", only("NEW"), any.join(" OR ")),
        &stamp(table.name, &new, &changed),
    ));

    let old = format!("OLD.{key}");
    let end = format!(
        "{}\n    UPDATE sync_clocks SET waiting = 0 WHERE t = '{}' AND id = {old} AND c <> 'deleted';",
        stamp(table.name, &old, &[("deleted", "true")]),
        table.name
    );
    all.push(trigger(&format!("{here}_gone"), "DELETE", here, &only("OLD"), &end));
}

fn of_gathered(how: &Gathering, all: &mut Vec<(String, String)>) {
    let (owner, column) = how.of;
    let name = |when: &str| format!("{}_{when}_{owner}_{column}", how.table);
    let Some(by) = how.by else {
        for (when, row) in [("INSERT", "NEW"), ("UPDATE", "NEW"), ("DELETE", "OLD")] {
            let body = stamp(owner, &format!("{row}.{}", how.key), &[(column, "true")]);
            all.push(trigger(&name(&when.to_lowercase()), when, how.table, "", &body));
        }
        return;
    };
    let Some(table) = Table::named(owner) else { return };
    let body = format!(
        "{TICK}\n    INSERT INTO sync_clocks (t, id, c, clock, waiting)\n    SELECT '{owner}', o.id, '{column}', {NOW}, 1 \
         FROM {} o WHERE o.{by} = NEW.{}\n    {AGAIN}",
        table.here, how.key
    );
    all.push(trigger(&name("update"), "UPDATE", how.table, "", &body));
}

/// Every trigger, by its name.
#[must_use]
pub fn triggers() -> Vec<(String, String)> {
    let mut all = Vec::new();
    TABLES.iter().for_each(|table| of_table(table, &mut all));
    GATHERED.iter().for_each(|how| of_gathered(how, &mut all));
    all
}

/// Which tables and columns this program knows, in one word.
pub(super) fn knows() -> String {
    let mut text = String::new();
    for table in TABLES {
        let _ = write!(text, "{}(", table.name);
        table.columns.iter().for_each(|column| {
            let _ = write!(text, "{} ", column.name);
        });
    }
    blake3::hash(text.as_bytes()).to_hex()[..16].to_owned()
}

fn present(tx: &Reader<'_>) -> Result<Vec<(String, String)>, DbError> {
    let sql = "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND name LIKE 'sync\\_%' ESCAPE '\\'";
    let mut query = tx.prepare(sql)?;
    Ok(query.query_map([], |r| Ok((r.get(0)?, r.get(1)?)))?.collect::<Result<_, _>>()?)
}

/// Takes the triggers away.
pub(super) fn stop(tx: &Writer<'_>) -> Result<(), DbError> {
    for (name, _) in present(&tx.as_reader())? {
        tx.execute_batch(&format!("DROP TRIGGER {name}"))?;
    }
    Ok(())
}

/// Makes the triggers, and notes what has no clock yet: everything, when the profile has just been linked.
pub(super) fn begin(tx: &Writer<'_>) -> Result<(), DbError> {
    stop(tx)?;
    for (_, sql) in triggers() {
        tx.execute_batch(&sql)?;
    }
    TABLES.iter().try_for_each(|table| note_all(tx, table))
}

/// Gives every column that holds something and has no clock the earliest one.
fn note_all(tx: &Writer<'_>, table: &Table) -> Result<(), DbError> {
    let (here, key) = (table.here, table.key());
    let only = if here == "settings" {
        let names: Vec<String> = SETTINGS.iter().map(|name| format!("'{name}'")).collect();
        format!("o.name IN ({}) AND ", names.join(", "))
    } else {
        String::new()
    };
    let note = |column: &str, holds: &str| -> Result<(), DbError> {
        tx.execute(
            &format!(
                "INSERT INTO sync_clocks (t, id, c, clock, waiting)
                 SELECT ?1, o.{key}, ?2, (SELECT printf('%016x:%s', ?3, node) FROM sync_link), 1 FROM {here} o
                 WHERE {only}({holds}) AND NOT EXISTS (SELECT 1 FROM sync_clocks s
                                                       WHERE s.t = ?1 AND s.id = o.{key} AND s.c = ?2)"
            ),
            (table.name, column, BEFORE),
        )?;
        Ok(())
    };
    for column in table.columns {
        let holds = match column.here {
            Here::Column(name) => format!("o.{name} IS NOT NULL"),
            Here::Part(name, path) => format!("(o.{name} ->> '{path}') IS NOT NULL"),
            Here::Gathered(_) => match gathering(table.name, column) {
                Some(Gathering { by: Some(by), .. }) => format!("o.{by} IS NOT NULL"),
                Some(Gathering { table, key, .. }) => format!("EXISTS (SELECT 1 FROM {table} g WHERE g.{key} = o.id)"),
                None => continue,
            },
        };
        note(column.name, &holds)?;
    }
    note("deleted", "true")
}

/// Whether a linked profile's triggers are not the ones this version wants: looked at when it is opened.
///
/// # Errors
/// [`DbError`].
pub(crate) fn is_stale(tx: &Reader<'_>) -> Result<bool, DbError> {
    let known: Option<String> = tx.query_row("SELECT knows FROM sync_link", [], |r| r.get(0)).optional()?;
    let Some(known) = known else { return Ok(false) };
    let mut wanted = triggers();
    let mut there = present(tx)?;
    wanted.sort();
    there.sort();
    Ok(known != knows() || wanted != there)
}

/// Makes the triggers what this version wants. After an update everything is pulled again once, for columns that came by
/// while nobody here knew them.
///
/// # Errors
/// [`DbError`].
pub(crate) fn refresh(tx: &Writer<'_>) -> Result<(), DbError> {
    begin(tx)?;
    let start = place(&Cursor::start())?;
    tx.execute("UPDATE sync_link SET knows = ?1, place = ?2 WHERE knows <> ?1", (knows(), start))?;
    Ok(())
}

/// A place as it is stored.
pub(super) fn place(cursor: &Cursor) -> Result<String, DbError> {
    serde_json::to_string(cursor).map_err(|e| rusqlite::Error::ToSqlConversionFailure(Box::new(e)).into())
}
