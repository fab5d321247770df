//! What waits to be sent, put together from the rows as they are now; and what the server said to it.

use std::collections::{BTreeMap, HashMap};

use rusqlite::OptionalExtension;
use serde_json::{Map, Value};

use super::clock::{COUNTER, Clock};
use super::gather::{Shape, gathering, to_json};
use super::link;
use super::remote::{Change, PushReply, RowReply};
use super::tables::{Here, Kind, TABLES, Table};
use crate::profile::db::{DbError, Writer};
use crate::time::now_ms;

/// The most rows of one call.
pub(super) const MOST_ROWS: usize = 500;
/// About the most bytes of one call: plans and receipts are long.
const MOST_BYTES: usize = 2 * 1024 * 1024;
/// Clocks closer than this are taken for the same.
const SAME_MS: i64 = 60_000;
/// The server's word for a parent it does not have.
const NO_PARENT: &str = "23503";
/// The server's word for a clock that is ahead of its own.
const AHEAD: &str = "P0425";

/// A change that was sent, and the row here that it is of.
#[derive(Debug)]
pub(super) struct Sent {
    key: String,
    pub(super) change: Change,
}

/// What came of a call.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Settled {
    /// Rows the server has now.
    pub taken: usize,
    /// Rows it refuses.
    pub refused: usize,
    /// Whether clocks had to be set again.
    pub ahead: bool,
}

/// The next changes to send, parents first; none when nothing waits.
pub(super) fn next(tx: &Writer<'_>) -> Result<Vec<Sent>, DbError> {
    let mut batch = Vec::new();
    let mut bytes = 0;
    for table in TABLES {
        let keys: Vec<String> = {
            let mut query = tx.prepare_cached(
                "SELECT DISTINCT id FROM sync_clocks s WHERE t = ?1 AND waiting = 1
                     AND NOT EXISTS (SELECT 1 FROM sync_set_aside a WHERE a.t = s.t AND a.id = s.id)
                 ORDER BY id LIMIT ?2",
            )?;
            query.query_map((table.name, MOST_ROWS - batch.len()), |r| r.get(0))?.collect::<Result<_, _>>()?
        };
        for key in keys {
            if batch.len() >= MOST_ROWS || bytes >= MOST_BYTES {
                return Ok(batch);
            }
            let Some(change) = change(tx, table, &key)? else { continue };
            bytes += change.f.iter().map(|(name, value)| name.len() + weight(value)).sum::<usize>();
            batch.push(Sent { key, change });
        }
    }
    Ok(batch)
}

fn weight(value: &Value) -> usize {
    match value {
        Value::String(text) => text.len(),
        Value::Array(_) | Value::Object(_) => value.to_string().len(),
        _ => 8,
    }
}

/// What waits of one row. Of one that is gone only its end is sent.
fn change(tx: &Writer<'_>, table: &Table, key: &str) -> Result<Option<Change>, DbError> {
    let mut c: BTreeMap<String, String> = {
        let sql = "SELECT c, clock FROM sync_clocks WHERE t = ?1 AND id = ?2 AND waiting = 1";
        let mut query = tx.prepare_cached(sql)?;
        query.query_map((table.name, key), |r| Ok((r.get(0)?, r.get(1)?)))?.collect::<Result<_, _>>()?
    };
    let f = if let Some(values) = values(tx, table, key, &c)? {
        values
    } else {
        tx.execute(
            "UPDATE sync_clocks SET waiting = 0 WHERE t = ?1 AND id = ?2 AND c <> 'deleted'",
            (table.name, key),
        )?;
        c.retain(|name, _| name == "deleted");
        Map::from_iter([("deleted".to_owned(), Value::Bool(true))])
    };
    // A column the list no longer has.
    c.retain(|name, _| f.contains_key(name));
    Ok((!c.is_empty()).then(|| Change { t: table.name.to_owned(), id: table.id_there(key), f, c }))
}

/// The values of these columns of a row; `None` when it is gone.
fn values(
    tx: &Writer<'_>,
    table: &Table,
    key: &str,
    wanted: &BTreeMap<String, String>,
) -> Result<Option<Map<String, Value>>, DbError> {
    // The same words for every row of a table, so that the statement is prepared once.
    let mut words: Vec<String> = table
        .columns
        .iter()
        .map(|column| match column.here {
            Here::Column(name) => name.to_owned(),
            Here::Part(name, path) => format!("{name} ->> '{path}'"),
            Here::Gathered(_) => gathering(table.name, column).and_then(|how| how.by).unwrap_or("NULL").to_owned(),
        })
        .collect();
    words.push(if table.is_marked() { "deleted_at IS NOT NULL" } else { "0" }.to_owned());
    let sql = format!("SELECT {} FROM {} WHERE {} = ?1", words.join(", "), table.here, table.key());
    let mut query = tx.prepare_cached(&sql)?;
    let mut rows = query.query([key])?;
    let Some(row) = rows.next()? else { return Ok(None) };
    let mut f = Map::new();
    for (index, column) in table.columns.iter().enumerate() {
        if !wanted.contains_key(column.name) {
            continue;
        }
        let value = match gathering(table.name, column) {
            Some(how) => {
                let by: Option<String> = how.by.map(|_| row.get(index)).transpose()?;
                how.value(tx, by.as_deref().unwrap_or(key))?
            }
            None => {
                let shape = if column.kind == Kind::Json { Shape::Json } else { Shape::Plain };
                match to_json(row.get_ref(index)?, shape)? {
                    Value::Number(n) if column.kind == Kind::Flag => Value::Bool(n.as_i64() != Some(0)),
                    value => value,
                }
            }
        };
        f.insert(column.name.to_owned(), value);
    }
    if wanted.contains_key("deleted") {
        f.insert("deleted".to_owned(), Value::Bool(row.get(table.columns.len())?));
    }
    Ok(Some(f))
}

/// Takes note of what the server said. A row that was edited while it was on its way goes on waiting.
pub(super) fn settle(tx: &Writer<'_>, sent: &[Sent], reply: &PushReply) -> Result<Settled, DbError> {
    let by_row: HashMap<(&str, &str), &Sent> =
        sent.iter().map(|one| ((one.change.t.as_str(), one.change.id.as_str()), one)).collect();
    let mut settled = Settled::default();
    for answer in &reply.rows {
        let Some(sent) = by_row.get(&(answer.t.as_str(), answer.id.as_str())) else { continue };
        if answer.ok {
            taken(tx, sent)?;
            settled.taken += 1;
        } else if answer.code.as_deref() == Some(AHEAD) {
            settled.ahead = true;
        } else {
            set_aside(tx, sent, answer)?;
            settled.refused += 1;
        }
    }
    if settled.taken > 0 {
        // What was refused for want of a parent may have it now.
        tx.execute("DELETE FROM sync_set_aside WHERE code = ?1", [NO_PARENT])?;
    }
    keep_time(tx, reply.now_ms)?;
    if settled.ahead {
        restamp(tx, reply.now_ms)?;
    }
    Ok(settled)
}

fn taken(tx: &Writer<'_>, sent: &Sent) -> Result<(), DbError> {
    let mut known = tx.prepare_cached(
        "UPDATE sync_clocks SET waiting = 0 WHERE t = ?1 AND id = ?2 AND c = ?3 AND clock = ?4 AND waiting = 1",
    )?;
    for (column, clock) in &sent.change.c {
        known.execute((&sent.change.t, &sent.key, column, clock))?;
    }
    Ok(())
}

fn set_aside(tx: &Writer<'_>, sent: &Sent, answer: &RowReply) -> Result<(), DbError> {
    let (t, key) = (&sent.change.t, &sent.key);
    for (column, clock) in &sent.change.c {
        let now: Option<String> = tx
            .prepare_cached("SELECT clock FROM sync_clocks WHERE t = ?1 AND id = ?2 AND c = ?3")?
            .query_row((t, key, column), |r| r.get(0))
            .optional()?;
        // Edited since: what was refused is not what it is now.
        if now.as_ref() != Some(clock) {
            return Ok(());
        }
    }
    tx.execute(
        "INSERT INTO sync_set_aside (t, id, code, message, at) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (t, id) DO UPDATE SET code = excluded.code, message = excluded.message, at = excluded.at",
        (t, key, answer.code.as_deref().unwrap_or(""), answer.message.as_deref().unwrap_or(""), now_ms()),
    )?;
    Ok(())
}

/// Follows the server's clock, unless ours shows about the same.
fn keep_time(tx: &Writer<'_>, server_ms: i64) -> Result<(), DbError> {
    let ahead = server_ms - now_ms();
    let wanted = if ahead.abs() < SAME_MS { 0 } else { ahead };
    tx.execute("UPDATE sync_link SET ahead_ms = ?1 WHERE abs(ahead_ms - ?1) >= ?2", (wanted, SAME_MS))?;
    Ok(())
}

/// The server finds our time ahead of its own: what it does not have and is later than its own time gets a time of the
/// server's, in the order in which it was changed.
fn restamp(tx: &Writer<'_>, server_ms: i64) -> Result<(), DbError> {
    // Later than anything that was seen from there, lost here or not: what loses here must lose there too.
    let (seen, node): (i64, String) =
        tx.query_row("SELECT seen, node FROM sync_link", [], |r| Ok((r.get(0)?, r.get(1)?)))?;
    let newest: Option<String> =
        tx.query_row("SELECT max(clock) FROM sync_clocks WHERE waiting = 0", [], |r| r.get(0))?;
    let newest = newest.and_then(|text| text.parse::<Clock>().ok()).map_or(0, |clock| clock.time);
    let mut time = newest.max(seen).max(server_ms << COUNTER);
    let waiting: Vec<(String, String, String)> = {
        let sql = "SELECT t, id, c FROM sync_clocks WHERE waiting = 1 AND clock > ?1 ORDER BY clock, t, id, c";
        let mut query = tx.prepare(sql)?;
        query
            .query_map([format!("{:016x}", server_ms << COUNTER)], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)))?
            .collect::<Result<_, _>>()?
    };
    let mut set = tx.prepare_cached("UPDATE sync_clocks SET clock = ?4 WHERE t = ?1 AND id = ?2 AND c = ?3")?;
    for (t, id, c) in waiting {
        time += 1;
        set.execute((t, id, c, Clock { time, node: node.clone() }.to_string()))?;
    }
    tx.execute("UPDATE sync_link SET clock = ?1", [time])?;
    Ok(())
}

/// Notes columns that changed because of what came, as an edit of this device.
pub(super) fn note<'a>(
    tx: &Writer<'_>,
    columns: impl IntoIterator<Item = &'a (&'static str, String, &'static str)>,
) -> Result<(), DbError> {
    let mut columns = columns.into_iter().peekable();
    if columns.peek().is_none() {
        return Ok(());
    }
    let clock = link::tick(tx)?.to_string();
    let mut set = tx.prepare_cached(
        "INSERT INTO sync_clocks (t, id, c, clock, waiting) VALUES (?1, ?2, ?3, ?4, 1)
         ON CONFLICT (t, id, c) DO UPDATE SET clock = excluded.clock, waiting = 1",
    )?;
    for (t, id, c) in columns {
        set.execute((t, id, c, &clock))?;
    }
    Ok(())
}
