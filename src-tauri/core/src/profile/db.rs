//! A SQLite file: one writer, several readers, migrations with a backup before them.
//!
//! WAL, foreign keys on, `synchronous=FULL`, STRICT tables, UUIDv7 keys as text, UTC milliseconds. What is not here:
//! any table's SQL; that stays in the room that owns the table.

use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rusqlite::types::Value;
use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};
use rusqlite_migration::Migrations;
use serde_json::json;

use crate::error::{Code, Explain};

/// Why a database call failed.
#[derive(Debug, thiserror::Error)]
pub enum DbError {
    /// SQLite refused.
    #[error("the database could not do that: {0}")]
    Sqlite(#[from] rusqlite::Error),
    /// The schema is from a later version of the program.
    #[error(
        "{} was written by a newer version of Edit Factory (schema {found}, this version knows {known}). \
         Nothing was changed. Install the newer version to open it.", path.display()
    )]
    Newer {
        /// The database.
        path: PathBuf,
        /// `user_version` in the file.
        found: i64,
        /// The newest we know.
        known: i64,
    },
    /// A migration failed; the backup is beside the file.
    #[error(
        "{} could not be brought to this version. It was left as it was; a copy is at {}.",
        path.display(), backup.as_ref().map_or_else(|| "(none was needed)".to_owned(), |b| b.display().to_string())
    )]
    Migration {
        /// The database.
        path: PathBuf,
        /// The copy made before.
        backup: Option<PathBuf>,
        /// What SQLite said.
        #[source]
        source: rusqlite_migration::Error,
    },
    /// The file is not a sound database.
    #[error(
        "{} is damaged ({found}). It was not changed; put back a copy from the backups folder beside it, or move it away \
         to start empty.", path.display()
    )]
    Damaged {
        /// The database.
        path: PathBuf,
        /// What the check found.
        found: String,
    },
    /// The file or its folder cannot be reached.
    #[error("{} cannot be opened: {source}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
}

impl Explain for DbError {
    fn code(&self) -> Code {
        match self {
            Self::Newer { .. } => Code::NewerDatabase,
            Self::Damaged { .. } => Code::DamagedDatabase,
            Self::Sqlite(rusqlite::Error::SqliteFailure(e, _)) => match e.code {
                rusqlite::ErrorCode::DiskFull => Code::DiskFull,
                rusqlite::ErrorCode::DatabaseCorrupt | rusqlite::ErrorCode::NotADatabase => Code::DamagedDatabase,
                _ => Code::Internal,
            },
            Self::Sqlite(_) | Self::Migration { .. } => Code::Internal,
            Self::Io { source, .. } if crate::error::is_disk_full(source) => Code::DiskFull,
            Self::Io { .. } => Code::Unreadable,
        }
    }

    fn details(&self) -> serde_json::Value {
        match self {
            Self::Newer { found, known, .. } => json!({ "found": found, "known": known }),
            _ => json!({}),
        }
    }
}

/// A connection for reading, lent by a profile. Holding one proves which profile it is of.
pub struct Reader<'a>(&'a Connection);

impl Deref for Reader<'_> {
    type Target = Connection;
    fn deref(&self) -> &Connection {
        self.0
    }
}

/// An open IMMEDIATE transaction, lent by a profile. Whoever lends it commits it.
pub struct Writer<'a>(Transaction<'a>);

impl Deref for Writer<'_> {
    type Target = Connection;
    fn deref(&self) -> &Connection {
        &self.0
    }
}

impl<'a> Writer<'a> {
    /// The same transaction for a function that only reads.
    #[must_use]
    pub fn as_reader(&'a self) -> Reader<'a> {
        Reader(&self.0)
    }
}

/// One SQLite file, open.
pub(crate) struct Db {
    path: PathBuf,
    writer: Mutex<Connection>,
    readers: Mutex<Vec<Connection>>,
}

const BUSY: Duration = Duration::from_secs(10);
/// Readers kept open for the next caller; more may be open at once.
const SPARE_READERS: usize = 4;

impl Db {
    /// Opens the file (made when missing), refuses a newer or damaged one, migrates an older one after a backup copy
    /// into `backups`.
    pub(crate) fn open(path: &Path, backups: &Path, migrations: &Migrations<'_>, known: i64) -> Result<Self, DbError> {
        let io = |source| DbError::Io { path: path.to_owned(), source };
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent).map_err(io)?;
        }
        let existed = path.metadata().is_ok_and(|m| m.len() > 0);
        let damaged = |error: rusqlite::Error| match &error {
            rusqlite::Error::SqliteFailure(e, _)
                if matches!(e.code, rusqlite::ErrorCode::NotADatabase | rusqlite::ErrorCode::DatabaseCorrupt) =>
            {
                DbError::Damaged { path: path.to_owned(), found: error.to_string() }
            }
            _ => DbError::Sqlite(error),
        };
        // A newer or damaged file is looked at read-only, so that refusing it changes nothing, not even its journal mode.
        if existed {
            let look = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
            look.busy_timeout(BUSY)?;
            let found: i64 = look.query_row("PRAGMA user_version", [], |r| r.get(0)).map_err(damaged)?;
            if found > known {
                return Err(DbError::Newer { path: path.to_owned(), found, known });
            }
        }
        let mut writer = Connection::open(path)?;
        prepare(&writer).map_err(damaged)?;
        let found: i64 = writer.query_row("PRAGMA user_version", [], |r| r.get(0)).map_err(damaged)?;
        if found < known {
            let backup = if existed && found > 0 { Some(backup(&writer, backups, path, found)?) } else { None };
            migrations.to_latest(&mut writer).map_err(|source| DbError::Migration {
                path: path.to_owned(),
                backup,
                source,
            })?;
        }
        Ok(Self { path: path.to_owned(), writer: Mutex::new(writer), readers: Mutex::new(Vec::new()) })
    }

    /// A database that is there, as it is: nothing is migrated, and only [`Self::read`] does anything. When it is dropped
    /// and nobody else has the file open, all of it is in the one file.
    pub(crate) fn as_it_is(path: &Path) -> Result<Self, DbError> {
        let look = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        look.busy_timeout(BUSY)?;
        Ok(Self { path: path.to_owned(), writer: Mutex::new(look), readers: Mutex::new(Vec::new()) })
    }

    pub(crate) fn read<T, E: From<DbError>>(&self, work: impl FnOnce(&Reader<'_>) -> Result<T, E>) -> Result<T, E> {
        let spare = lock(&self.readers).pop();
        let reader = match spare {
            Some(reader) => reader,
            None => self.open_reader().map_err(E::from)?,
        };
        let result = {
            // One snapshot for the whole closure, so that two queries of one call agree.
            let snapshot = reader.unchecked_transaction().map_err(|e| E::from(DbError::from(e)))?;
            let result = work(&Reader(&snapshot));
            snapshot.finish().map_err(|e| E::from(DbError::from(e)))?;
            result
        };
        let mut spares = lock(&self.readers);
        if spares.len() < SPARE_READERS {
            spares.push(reader);
        }
        result
    }

    pub(crate) fn write<T, E: From<DbError>>(&self, work: impl FnOnce(&Writer<'_>) -> Result<T, E>) -> Result<T, E> {
        let mut connection = lock(&self.writer);
        let tx = connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(|e| E::from(DbError::from(e)))?;
        let writer = Writer(tx);
        let value = work(&writer)?;
        writer.0.commit().map_err(|e| E::from(DbError::from(e)))?;
        Ok(value)
    }

    /// Copies the file as it is now to a file that is not there yet.
    pub(crate) fn copy_to(&self, to: &Path) -> Result<(), DbError> {
        copy_to(&self.open_reader()?, to)
    }

    /// Writes the file anew, so that nothing that was deleted stands in it any more.
    pub(crate) fn compact(&self) -> Result<(), DbError> {
        Ok(lock(&self.writer).execute_batch("VACUUM")?)
    }

    fn open_reader(&self) -> Result<Connection, DbError> {
        let reader = Connection::open_with_flags(
            &self.path,
            OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX,
        )?;
        prepare(&reader)?;
        reader.pragma_update(None, "query_only", true)?;
        Ok(reader)
    }
}

/// Rows of a table as they are, of the columns that two databases both have.
#[derive(Debug)]
pub(crate) struct Rows {
    pub(crate) columns: Vec<String>,
    pub(crate) values: Vec<Vec<Value>>,
}

impl Rows {
    /// The value of a row in the column of this name.
    pub(crate) fn of<'a>(&self, row: &'a [Value], column: &str) -> Option<&'a Value> {
        row.get(self.columns.iter().position(|name| name == column)?)
    }
}

/// All rows of a table; `None` when one of the two databases has no such table.
pub(crate) fn rows(from: &Reader<'_>, table: &str, to: &Reader<'_>) -> Result<Option<Rows>, DbError> {
    let columns = |db: &Reader<'_>| -> Result<Vec<String>, DbError> {
        let mut query = db.prepare("SELECT name FROM pragma_table_info(?1)")?;
        Ok(query.query_map([table], |r| r.get(0))?.collect::<Result<_, _>>()?)
    };
    let theirs = columns(to)?;
    let columns: Vec<String> = columns(from)?.into_iter().filter(|name| theirs.contains(name)).collect();
    if columns.is_empty() {
        return Ok(None);
    }
    let mut query = from.prepare(&format!("SELECT {} FROM {table}", columns.join(", ")))?;
    let each = |r: &rusqlite::Row<'_>| (0..columns.len()).map(|i| r.get(i)).collect::<Result<Vec<Value>, _>>();
    let values = query.query_map([], each)?.collect::<Result<_, _>>()?;
    Ok(Some(Rows { columns, values }))
}

/// Looks whether a file is a sound database of a schema up to `known`.
pub(crate) fn check(path: &Path, known: i64) -> Result<(), DbError> {
    let damaged = |error: rusqlite::Error| DbError::Damaged { path: path.to_owned(), found: error.to_string() };
    let look = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE).map_err(damaged)?;
    let found: i64 = look.query_row("PRAGMA user_version", [], |r| r.get(0)).map_err(damaged)?;
    if found > known {
        return Err(DbError::Newer { path: path.to_owned(), found, known });
    }
    let says: String = look.query_row("PRAGMA quick_check(1)", [], |r| r.get(0)).map_err(damaged)?;
    if says == "ok" && found > 0 {
        return Ok(());
    }
    let found = if found == 0 { "it holds no profile".to_owned() } else { says };
    Err(DbError::Damaged { path: path.to_owned(), found })
}

/// A panic while holding the lock rolled its transaction back; the connection itself is sound.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn prepare(connection: &Connection) -> rusqlite::Result<()> {
    connection.busy_timeout(BUSY)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.set_prepared_statement_cache_capacity(128);
    Ok(())
}

/// Copies the database (with what is still in its WAL) to `backups/<name>-schema<N>-<UTC ms>.sqlite`.
fn backup(from: &Connection, backups: &Path, path: &Path, schema: i64) -> Result<PathBuf, DbError> {
    copy(from, backups, path, &format!("schema{schema}"))
}

/// Copies the database to `backups/<name>-<label>-<UTC ms>.sqlite`. The copy appears whole or not at all.
fn copy(from: &Connection, backups: &Path, path: &Path, label: &str) -> Result<PathBuf, DbError> {
    let io = |source| DbError::Io { path: backups.to_owned(), source };
    std::fs::create_dir_all(backups).map_err(io)?;
    let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let goal = backups.join(format!("{stem}-{label}-{}.sqlite", crate::time::now_ms()));
    let part = goal.with_extension("sqlite.part");
    copy_to(from, &part)?;
    std::fs::File::open(&part).and_then(|f| f.sync_all()).map_err(io)?;
    std::fs::rename(&part, &goal).map_err(io)?;
    Ok(goal)
}

fn copy_to(from: &Connection, to: &Path) -> Result<(), DbError> {
    let mut to = Connection::open(to)?;
    rusqlite::backup::Backup::new(from, &mut to)?.run_to_completion(i32::MAX, Duration::ZERO, None)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use rusqlite_migration::M;

    fn two_steps() -> Vec<M<'static>> {
        vec![M::up("CREATE TABLE a (x INTEGER) STRICT;"), M::up("CREATE TABLE b (x INTEGER) STRICT;")]
    }

    fn open(dir: &Path, steps: usize) -> Result<Db, DbError> {
        let migrations = Migrations::new(two_steps().into_iter().take(steps).collect());
        Db::open(&dir.join("p.sqlite"), &dir.join("backups"), &migrations, i64::try_from(steps).unwrap())
    }

    #[test]
    fn an_older_file_is_migrated_after_a_backup_that_holds_its_rows() {
        let dir = tempfile::tempdir().unwrap();
        let db = open(dir.path(), 1).unwrap();
        db.write::<_, DbError>(|w| Ok(w.execute("INSERT INTO a VALUES (7)", [])?)).unwrap();
        drop(db);
        open(dir.path(), 2).unwrap();
        let copies: Vec<_> = std::fs::read_dir(dir.path().join("backups")).unwrap().flatten().collect();
        assert_eq!(copies.len(), 1);
        let copy = Connection::open(copies[0].path()).unwrap();
        assert_eq!(copy.query_row("SELECT x FROM a", [], |r| r.get::<_, i64>(0)).unwrap(), 7);
    }

    #[test]
    fn a_newer_file_is_refused_and_left_as_it_is() {
        let dir = tempfile::tempdir().unwrap();
        drop(open(dir.path(), 2).unwrap());
        let before = std::fs::read(dir.path().join("p.sqlite")).unwrap();
        assert!(matches!(open(dir.path(), 1), Err(DbError::Newer { found: 2, known: 1, .. })));
        assert_eq!(std::fs::read(dir.path().join("p.sqlite")).unwrap(), before);
    }

    #[test]
    fn a_file_that_is_no_database_is_refused_and_left_as_it_is() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("p.sqlite"), b"this is not a database, it is a note to myself".repeat(40))
            .unwrap();
        assert!(matches!(open(dir.path(), 1), Err(DbError::Damaged { .. })));
        assert!(std::fs::read(dir.path().join("p.sqlite")).unwrap().starts_with(b"this is not"));
    }

    #[test]
    fn a_failed_write_leaves_nothing_behind() {
        let dir = tempfile::tempdir().unwrap();
        let db = open(dir.path(), 1).unwrap();
        let result: Result<(), DbError> = db.write(|w| {
            w.execute("INSERT INTO a VALUES (1)", [])?;
            Err(DbError::Sqlite(rusqlite::Error::QueryReturnedNoRows))
        });
        assert!(result.is_err());
        let rows: i64 =
            db.read::<_, DbError>(|r| Ok(r.query_row("SELECT count(*) FROM a", [], |r| r.get(0))?)).unwrap();
        assert_eq!(rows, 0);
    }

    #[test]
    fn a_reader_cannot_write() {
        let dir = tempfile::tempdir().unwrap();
        let db = open(dir.path(), 1).unwrap();
        let result: Result<usize, DbError> = db.read(|r| Ok(r.execute("INSERT INTO a VALUES (1)", [])?));
        assert!(result.is_err());
    }
}
