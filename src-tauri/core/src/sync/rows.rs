//! Single values and rows that came, as this profile keeps them.

use rusqlite::OptionalExtension;
use rusqlite::types::Value as Sql;
use serde_json::{Map, Value};

use super::apply::Round;
use super::gather::{GATHERED, Gathering, Shape, to_sql};
use super::place_of_files;
use super::tables::{Column, Kind};
use crate::profile::db::{DbError, Writer};
use crate::time::now_ms;

/// Columns that may change because of what came for another row.
pub(super) const FOLLOWS: &[(&str, &str)] = &[PINS];
/// The server's name for the pins of a script.
const PINS: (&str, &str) = ("scripts", "pins");

/// What a column of a row that came holds here.
pub(super) fn of_column(column: &Column, row: &Map<String, Value>) -> Sql {
    let shape = if column.kind == Kind::Json { Shape::Json } else { Shape::Plain };
    to_sql(row.get(column.name).unwrap_or(&Value::Null), shape)
}

/// What gathered rows may refer to besides the row they are gathered for: their column, and the table of it.
fn refers(how: &Gathering) -> Option<(&'static str, &'static str)> {
    match how.table {
        "project_sources" => Some(("source_id", "sources")),
        "pins" => Some(("shot_id", "shots")),
        _ => None,
    }
}

/// Writes the rows of a gathered column in place of the ones that are there. False when one refers to something that is not
/// here: the others are written.
pub(super) fn write(
    tx: &Writer<'_>,
    how: &Gathering,
    key: &str,
    value: &Value,
    round: &mut Round,
) -> Result<bool, DbError> {
    let rows = how.rows(value);
    let columns: Vec<&str> = how.columns.iter().map(|(name, _)| *name).collect();
    let own_ids = columns.contains(&"id");
    if own_ids {
        // Rows that others refer to are changed, not made anew.
        let ids: Vec<&Sql> = rows.iter().filter_map(|row| row.first()).collect();
        let ids: Vec<&str> =
            ids.iter().filter_map(|id| if let Sql::Text(id) = id { Some(id.as_str()) } else { None }).collect();
        let kept = serde_json::json!(ids).to_string();
        pins_that_go(tx, key, &kept, round)?;
        let sql =
            format!("DELETE FROM {} WHERE {} = ?1 AND id NOT IN (SELECT value FROM json_each(?2))", how.table, how.key);
        tx.prepare_cached(&sql)?.execute((key, kept))?;
    } else {
        tx.prepare_cached(&format!("DELETE FROM {} WHERE {} = ?1", how.table, how.key))?.execute([key])?;
    }
    let names = columns.join(", ");
    let places: Vec<String> = (0..columns.len()).map(|n| format!("?{}", n + 2)).collect();
    let again = if own_ids {
        let sets: Vec<String> =
            columns.iter().filter(|name| **name != "id").map(|name| format!("{name} = excluded.{name}")).collect();
        format!(" ON CONFLICT (id) DO UPDATE SET {}", sets.join(", "))
    } else {
        " ON CONFLICT DO NOTHING".to_owned()
    };
    let only = refers(how).map_or_else(
        || "true".to_owned(),
        |(column, table)| {
            let at = columns.iter().position(|name| *name == column).unwrap_or_default() + 2;
            format!("EXISTS (SELECT 1 FROM {table} WHERE id = ?{at})")
        },
    );
    let sql = format!(
        "INSERT INTO {} ({}, {names}) SELECT ?1, {} WHERE {only}{again}",
        how.table,
        how.key,
        places.join(", ")
    );
    let mut put = tx.prepare_cached(&sql)?;
    let mut whole = true;
    for row in rows {
        let values = std::iter::once(Sql::Text(key.to_owned())).chain(row);
        whole &= put.execute(rusqlite::params_from_iter(values))? > 0 || refers(how).is_none();
    }
    Ok(whole)
}

/// Scripts lose pins when the shots of a source change: on this device that is a change of the script.
fn pins_that_go(tx: &Writer<'_>, source: &str, kept: &str, round: &mut Round) -> Result<(), DbError> {
    let mut query = tx.prepare_cached(
        "SELECT DISTINCT p.script_id FROM shots s JOIN pins p ON p.shot_id = s.id
         WHERE s.source_id = ?1 AND s.id NOT IN (SELECT value FROM json_each(?2))",
    )?;
    let scripts: Vec<String> = query.query_map((source, kept), |r| r.get(0))?.collect::<Result<_, _>>()?;
    round.follows.extend(scripts.into_iter().map(|script| (PINS.0, script, PINS.1)));
    Ok(())
}

/// Stores the plan that a clip was made of and gives its id; `None` when there is none, or its script is not here.
pub(super) fn plan(tx: &Writer<'_>, row: &Map<String, Value>) -> Result<Option<String>, DbError> {
    let Some(how) = GATHERED.iter().find(|how| how.of == ("clips", "plan")) else { return Ok(None) };
    let value = row.get("plan").unwrap_or(&Value::Null);
    let text = |name: &str| value.get(name).and_then(Value::as_str);
    let (Some(id), Some(project), Some(script)) = (text("id"), text("project_id"), text("script_id")) else {
        return Ok(None);
    };
    let known: Option<bool> = tx
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM projects WHERE id = ?1) AND EXISTS (SELECT 1 FROM scripts WHERE id = ?2)",
        )?
        .query_row((project, script), |r| r.get(0))
        .optional()?;
    if known != Some(true) {
        return Ok(None);
    }
    let columns: Vec<&str> = how.columns.iter().map(|(name, _)| *name).collect();
    let places: Vec<String> = (1..=columns.len()).map(|n| format!("?{n}")).collect();
    let sql = format!(
        "INSERT INTO variants ({}) VALUES ({}) ON CONFLICT (id) DO NOTHING",
        columns.join(", "),
        places.join(", ")
    );
    for values in how.rows(value) {
        tx.prepare_cached(&sql)?.execute(rusqlite::params_from_iter(values))?;
    }
    Ok(Some(id.to_owned()))
}

/// What is taken out of a clip's receipt so that lists need not read it, and which shots it shows.
pub(super) fn follow_receipt(tx: &Writer<'_>, clip: &str) -> Result<(), DbError> {
    tx.prepare_cached(
        "UPDATE clips SET platform = receipt ->> '$.platform', opening = receipt ->> '$.shots[0].shot',
                instead = CASE WHEN receipt -> '$.voice.asked' <> receipt -> '$.voice.used' THEN json_object(
                    'asked', receipt -> '$.voice.asked', 'used', receipt -> '$.voice.used',
                    'steps', coalesce(receipt -> '$.timeline.voice.steps', json('[]'))) END
         WHERE id = ?1",
    )?
    .execute([clip])?;
    tx.prepare_cached("DELETE FROM shot_uses WHERE clip_id = ?1")?.execute([clip])?;
    tx.prepare_cached(
        "INSERT OR IGNORE INTO shot_uses (clip_id, shot_id)
         SELECT ?1, value ->> '$.shot' FROM json_each((SELECT receipt FROM clips WHERE id = ?1), '$.shots')
         WHERE value ->> '$.shot' IS NOT NULL",
    )?
    .execute([clip])?;
    Ok(())
}

/// Another source on the list with the same content.
fn other(tx: &Writer<'_>, id: &str, hash: &str) -> Result<Option<String>, DbError> {
    let sql = "SELECT id FROM sources WHERE hash = ?2 AND id <> ?1 AND deleted_at IS NULL";
    Ok(tx.prepare_cached(sql)?.query_row((id, hash), |r| r.get(0)).optional()?)
}

/// Whether a source that comes has the same content as one that is on the list.
pub(super) fn is_second(tx: &Writer<'_>, id: &str, row: &Map<String, Value>) -> Result<bool, DbError> {
    let hash = row.get("hash").and_then(Value::as_str).unwrap_or_default();
    Ok(other(tx, id, hash)?.is_some())
}

/// Whether a source that is put back may be on the list. Of two with the same content the one that was made first may: the
/// other goes off the list.
pub(super) fn has_room(
    tx: &Writer<'_>,
    id: &str,
    row: &Map<String, Value>,
    round: &mut Round,
) -> Result<bool, DbError> {
    let hash = row.get("hash").and_then(Value::as_str).unwrap_or_default();
    let Some(other) = other(tx, id, hash)? else { return Ok(true) };
    if id < other.as_str() {
        tx.prepare_cached("UPDATE sources SET deleted_at = ?2 WHERE id = ?1")?.execute((&other, now_ms()))?;
        round.decided.insert(("sources", other, "deleted"));
        return Ok(true);
    }
    round.decided.insert(("sources", id.to_owned(), "deleted"));
    Ok(false)
}

/// Two devices imported the same file, each as a source of its own. One stays on the list, on every device the same: the one
/// that was made first.
pub(super) fn one_of_two(tx: &Writer<'_>, came: &str, round: &mut Round) -> Result<(), DbError> {
    let twin: Option<(String, String)> = tx
        .prepare_cached(
            "SELECT o.id, o.name FROM sources c JOIN sources o ON o.hash = c.hash AND o.id <> c.id
             WHERE c.id = ?1 AND c.deleted_at IS NOT NULL AND o.deleted_at IS NULL",
        )?
        .query_row([came], |r| Ok((r.get(0)?, r.get(1)?)))
        .optional()?;
    let Some((here, name)) = twin else { return Ok(()) };
    let (stays, goes) = if came < here.as_str() { (came, here.as_str()) } else { (here.as_str(), came) };
    if stays == came {
        // The file is here already: it is that of the one which stays.
        let row = Map::from_iter([("name".to_owned(), Value::String(name))]);
        let places: (Option<String>, Option<String>) =
            tx.query_row("SELECT path, outside FROM sources WHERE id = ?1", [goes], |r| Ok((r.get(0)?, r.get(1)?)))?;
        tx.execute(
            "UPDATE sources SET deleted_at = ?2, path = ?3, outside = NULL WHERE id = ?1",
            (goes, now_ms(), place_of_files::source(goes, &row)),
        )?;
        tx.execute(
            "UPDATE sources SET deleted_at = NULL, path = ?2, outside = ?3 WHERE id = ?1",
            (stays, places.0, places.1),
        )?;
    }
    round.decided.insert(("sources", goes.to_owned(), "deleted"));
    round.twins.push((goes.to_owned(), stays.to_owned()));
    Ok(())
}

/// What projects had of a source that went they have of its twin.
pub(super) fn hand_over(tx: &Writer<'_>, round: &mut Round) -> Result<(), DbError> {
    for (goes, stays) in std::mem::take(&mut round.twins) {
        let projects: Vec<String> = {
            let mut query = tx.prepare_cached("SELECT project_id FROM project_sources WHERE source_id = ?1")?;
            query.query_map([&goes], |r| r.get(0))?.collect::<Result<_, _>>()?
        };
        for project in projects {
            tx.execute(
                "INSERT OR IGNORE INTO project_sources (project_id, source_id) VALUES (?1, ?2)",
                (&project, &stays),
            )?;
            round.decided.insert(("projects", project, "sources"));
        }
    }
    Ok(())
}
