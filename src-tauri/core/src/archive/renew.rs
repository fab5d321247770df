//! New ids for everything in a profile that was taken in: what comes out of one file twice has nothing in common then.
//!
//! An id keeps its first twelve bytes, the time it was made and its place among others of that moment (RFC 9562, section
//! 5.7), so lists stay in their order. Its last four are changed, by the same amount in all of them.

use std::collections::BTreeSet;
use std::path::Path;

use rusqlite::params_from_iter;
use rusqlite::types::Value;
use uuid::Uuid;

use crate::ids::ProfileId;
use crate::profile::db::{Db, DbError, Writer};
use crate::profile::media::MediaError;

use super::ArchiveError;

/// Columns that name things of the profile which are no rows of a table of their own.
const MORE: [(&str, &str); 2] = [("variants", "batch_id"), ("jobs", "batch_id")];
/// Said by somebody else, or by a person: never changed.
const THEIRS: [(&str, &str); 5] = [
    ("ledger", "request_id"),
    ("ledger", "device"),
    ("ledger", "owner"),
    ("quota_shares", "device"),
    ("scripts", "text"),
];

/// What becomes of which id.
struct Names {
    known: BTreeSet<Uuid>,
    old: ProfileId,
    new: ProfileId,
    amount: [u8; 4],
}

/// Gives every row of the database and every file in the folder that is named after one a new id; and `old`, wherever it
/// stands, becomes `new`.
pub(crate) fn renew(db: &Db, folder: &Path, old: ProfileId, new: ProfileId) -> Result<(), ArchiveError> {
    let mut amount = [0; 4];
    // Never 0, which would change nothing.
    while amount == [0; 4] {
        getrandom::fill(&mut amount)
            .map_err(|e| MediaError::io("made", folder)(std::io::Error::other(e.to_string())))?;
    }
    let names = db.write::<_, DbError>(|tx| {
        // Every row is changed: in between they point to nothing.
        tx.pragma_update(None, "defer_foreign_keys", true)?;
        let names = Names { known: known(tx)?, old, new, amount };
        for (table, columns) in tables(tx)? {
            rows(tx, &table, &columns, &names)?;
        }
        Ok(names)
    })?;
    files(folder, &names)?;
    Ok(())
}

/// Tables with the columns that hold text.
fn tables(tx: &Writer<'_>) -> Result<Vec<(String, Vec<String>)>, DbError> {
    let mut query = tx.prepare(
        "SELECT t.name, c.name FROM sqlite_schema t JOIN pragma_table_info(t.name) c
         WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%' AND c.type = 'TEXT' ORDER BY t.name, c.cid",
    )?;
    let mut all: Vec<(String, Vec<String>)> = Vec::new();
    let mut found = query.query([])?;
    while let Some(row) = found.next()? {
        let (table, column): (String, String) = (row.get(0)?, row.get(1)?);
        if THEIRS.contains(&(table.as_str(), column.as_str())) {
            continue;
        }
        match all.last_mut() {
            Some((last, columns)) if *last == table => columns.push(column),
            _ => all.push((table, vec![column])),
        }
    }
    Ok(all)
}

/// The ids of the profile's own things.
fn known(tx: &Writer<'_>) -> Result<BTreeSet<Uuid>, DbError> {
    let mut known = BTreeSet::new();
    for (table, columns) in tables(tx)? {
        for column in columns {
            if column != "id" && !MORE.contains(&(table.as_str(), column.as_str())) {
                continue;
            }
            let mut query =
                tx.prepare(&format!("SELECT \"{column}\" FROM \"{table}\" WHERE \"{column}\" IS NOT NULL"))?;
            for id in query.query_map([], |r| r.get::<_, String>(0))? {
                known.extend(Uuid::parse_str(&id?).ok());
            }
        }
    }
    Ok(known)
}

/// Changes what a table's rows say. They are found by their place in it, or by their key where they have none.
fn rows(tx: &Writer<'_>, table: &str, columns: &[String], names: &Names) -> Result<(), DbError> {
    let keyed: bool = tx.query_row("SELECT wr FROM pragma_table_list WHERE name = ?1", [table], |r| r.get(0))?;
    let keys: Vec<String> = if keyed {
        let mut query = tx.prepare("SELECT name FROM pragma_table_info(?1) WHERE pk > 0 ORDER BY pk")?;
        query.query_map([table], |r| r.get(0))?.collect::<Result<_, _>>()?
    } else {
        vec!["rowid".to_owned()]
    };
    let listed = |names: &[String]| names.iter().map(|n| format!("\"{n}\"")).collect::<Vec<_>>().join(", ");
    let mut query = tx.prepare(&format!("SELECT {}, {} FROM \"{table}\"", listed(&keys), listed(columns)))?;
    let mut changes: Vec<(Vec<Value>, Vec<Value>)> = Vec::new();
    let mut found = query.query([])?;
    while let Some(row) = found.next()? {
        let key: Vec<Value> = (0..keys.len()).map(|i| row.get(i)).collect::<Result<_, _>>()?;
        let mut said: Vec<Value> =
            (keys.len()..keys.len() + columns.len()).map(|i| row.get(i)).collect::<Result<_, _>>()?;
        let mut changed = false;
        for value in &mut said {
            let Value::Text(text) = value else { continue };
            if let Some(other) = names.in_text(text) {
                *text = other;
                changed = true;
            }
        }
        if changed {
            changes.push((key, said));
        }
    }
    drop(found);
    let set = columns.iter().enumerate().map(|(i, c)| format!("\"{c}\" = ?{}", i + 1)).collect::<Vec<_>>().join(", ");
    let at = keys.iter().enumerate().map(|(i, k)| format!("\"{k}\" = ?{}", columns.len() + i + 1));
    let sql = format!("UPDATE \"{table}\" SET {set} WHERE {}", at.collect::<Vec<_>>().join(" AND "));
    let mut update = tx.prepare(&sql)?;
    for (key, said) in changes {
        update.execute(params_from_iter(said.into_iter().chain(key)))?;
    }
    Ok(())
}

impl Names {
    fn of(&self, id: Uuid) -> Option<Uuid> {
        if id.to_string() == self.old.to_string() {
            return Uuid::parse_str(&self.new.to_string()).ok();
        }
        self.known.contains(&id).then(|| {
            let mut bytes = id.into_bytes();
            for (byte, by) in bytes[12..].iter_mut().zip(self.amount) {
                *byte ^= by;
            }
            Uuid::from_bytes(bytes)
        })
    }

    /// The text with every known id in it changed; `None` when there is none.
    fn in_text(&self, text: &str) -> Option<String> {
        const LENGTH: usize = 36;
        let mut out: Option<String> = None;
        let (mut at, mut taken) = (0, 0);
        while at + LENGTH <= text.len() {
            let shaped =
                text.as_bytes()[at + 8] == b'-' && text.is_char_boundary(at) && text.is_char_boundary(at + LENGTH);
            let id = if shaped { Uuid::try_parse(&text[at..at + LENGTH]).ok() } else { None };
            match id.and_then(|id| self.of(id)) {
                Some(new) => {
                    let out = out.get_or_insert_default();
                    out.push_str(&text[taken..at]);
                    out.push_str(&new.to_string());
                    at += LENGTH;
                    taken = at;
                }
                None => at += 1,
            }
        }
        out.map(|out| out + &text[taken..])
    }
}

/// Gives files and folders that are named after an id the new name.
fn files(folder: &Path, names: &Names) -> Result<(), MediaError> {
    let entries = std::fs::read_dir(folder).map_err(MediaError::io("read", folder))?;
    let entries: Vec<_> = entries.collect::<Result<_, _>>().map_err(MediaError::io("read", folder))?;
    for path in entries.into_iter().map(|entry| entry.path()) {
        if path.is_dir() {
            files(&path, names)?;
        }
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if let Some(new) = names.in_text(name) {
            std::fs::rename(&path, path.with_file_name(new)).map_err(MediaError::io("renamed", &path))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_ids_are_changed_wherever_they_stand_and_nothing_else_is() {
        let (id, other, old, new) = (Uuid::now_v7(), Uuid::now_v7(), ProfileId::new(), ProfileId::new());
        let names = Names { known: BTreeSet::from([id]), old, new, amount: [1, 2, 3, 4] };
        let changed = names.of(id).unwrap();
        assert_eq!(changed.as_bytes()[..12], id.as_bytes()[..12]);
        assert_ne!(changed, id);
        let text = format!("ș{{\"a\":\"{id}\"}}{old}-{other}-{id}");
        assert_eq!(names.in_text(&text).unwrap(), format!("ș{{\"a\":\"{changed}\"}}{new}-{other}-{changed}"));
        assert_eq!(names.in_text("nothing — of – that kind at all, however long it may be"), None);
        assert_eq!(names.of(other), None);
    }
}
