//! The database of a hosted backend, looked at and made ready: by whoever owns the project, over a connection to its
//! Postgres. The SQL is in `migrations/supabase`; this knows in which order, how far a run came, and what is missing.
//!
//! What is not here: using the backend. That is the room `sync`, which never has the rights that are needed here.

mod check;
mod connect;
mod files;
mod migrate;
mod rehearse;
mod statements;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::error::{Code, Explain};
pub use check::{Check, Finding, check};
pub use connect::Target;
pub use files::{File, files};
pub use migrate::{Migrated, migrate};
pub use rehearse::{Programs, Rehearsed, rehearse};

/// How many rows a table has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Count {
    /// The table.
    pub table: String,
    /// Its rows.
    pub rows: i64,
    /// Those of no profile; all of them where the table knows no profiles.
    pub without_profile: i64,
}

/// Why the backend could not be looked at or made ready.
#[derive(Debug, thiserror::Error)]
pub enum BackendError {
    /// Not the address of a Postgres.
    #[error(
        "That is not the address of a Postgres. It looks like postgres://postgres@db.abcdefgh.supabase.co:5432/postgres; the \
         project's page shows it under Connect. Nothing was changed."
    )]
    Url,
    /// A connection that forgets what was said before.
    #[error(
        "Port 6543 is the project's transaction pooler, which forgets settings between two statements. Use the direct \
         connection or the session pooler (port 5432). Nothing was changed."
    )]
    Pooler,
    /// The certificates could not be used.
    #[error("The certificate {0} could not be used: {1}. Nothing was changed.")]
    Certificate(String, String),
    /// No connection.
    #[error("The database cannot be reached: {0}. Nothing was changed.")]
    Unreachable(String),
    /// There are rows of nobody, and nobody was named.
    #[error(
        "There are {rows} rows from before there were profiles. Name the user they go to with --owner UUID (Authentication, \
         Users in the project's page shows it): without an owner nobody could see them any more. Nothing was changed."
    )]
    OwnerNeeded {
        /// How many.
        rows: i64,
    },
    /// The owner is no user there.
    #[error("There is no user {0} in this project. Nothing was changed.")]
    NoSuchOwner(String),
    /// Somebody else is at it.
    #[error(
        "Another migration of this database is running. Wait until it ends, then try again. Nothing was changed by this one."
    )]
    Busy,
    /// A statement was refused.
    #[error(
        "{file} stopped: {says} ({code}). What ran before it stays and is sound; put right what is said here, and run the \
         same command again: it goes on from there."
    )]
    Stopped {
        /// Of which file.
        file: String,
        /// SQLSTATE.
        code: String,
        /// What the server said.
        says: String,
    },
    /// The server refused a question, or the connection broke.
    #[error("The database did not answer a question: {0}.")]
    Asked(String),
    /// There are fewer rows than before.
    #[error(
        "{table} had {before} rows and has {after}. Nothing deletes rows here: look at what else changes this database."
    )]
    Fewer {
        /// The table.
        table: String,
        /// Rows before.
        before: i64,
        /// Rows after.
        after: i64,
    },
    /// This user may not make the database to rehearse on.
    #[error(
        "This user may not make a database on that server, so nothing can be rehearsed there. Ask for the right (ALTER ROLE … \
         CREATEDB), or restore a backup of the project elsewhere and run `migrate` on that. Nothing was changed."
    )]
    MayNotCreate,
    /// A program is missing.
    #[error(
        "{0} is not installed; rehearsing needs pg_dump and psql of PostgreSQL, at least as new as the server. Nothing was \
         changed."
    )]
    Program(&'static str),
    /// The copy is not like what it is a copy of.
    #[error("The copy to rehearse on could not be made: {0}. Nothing was changed.")]
    Copy(String),
}

impl From<tokio_postgres::Error> for BackendError {
    fn from(error: tokio_postgres::Error) -> Self {
        Self::Asked(said(&error))
    }
}

/// What the server said, without the address that was asked.
fn said(error: &tokio_postgres::Error) -> String {
    if let Some(db) = error.as_db_error() {
        return format!("{} ({})", db.message(), db.code().code());
    }
    let mut says = error.to_string();
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        if !says.contains(&cause.to_string()) {
            says = format!("{says}: {cause}");
        }
        source = cause.source();
    }
    says
}

impl Explain for BackendError {
    fn code(&self) -> Code {
        match self {
            Self::Url | Self::Pooler | Self::Certificate(..) | Self::OwnerNeeded { .. } => Code::InvalidInput,
            Self::NoSuchOwner(_) => Code::NotFound,
            Self::Unreachable(_) | Self::Asked(_) => Code::Offline,
            Self::Busy => Code::RunnerBusy,
            Self::Program(_) => Code::ToolMissing,
            Self::Stopped { .. } | Self::MayNotCreate => Code::SyncRefused,
            Self::Fewer { .. } | Self::Copy(_) => Code::Internal,
        }
    }

    fn details(&self) -> Value {
        match self {
            Self::Stopped { file, code, .. } => json!({ "file": file, "said": code }),
            Self::OwnerNeeded { rows } => json!({ "rows": rows }),
            _ => json!({}),
        }
    }
}

/// How many rows each table of the project has.
async fn counts(client: &impl tokio_postgres::GenericClient) -> Result<Vec<Count>, BackendError> {
    let sql = "select c.relname::text, exists (
                   select 1 from pg_catalog.pg_attribute a
                   where a.attrelid = c.oid and a.attname = 'profile_id' and not a.attisdropped)
               from pg_catalog.pg_class c
               where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') order by 1";
    let mut counts = Vec::new();
    for row in client.query(sql, &[]).await? {
        let (table, has_profile): (String, bool) = (row.get(0), row.get(1));
        let owned = if has_profile { "profile_id" } else { "null::uuid" };
        let sql = format!("select count(*), count(*) - count({owned}) from public.{}", quoted(&table));
        let row = client.query_one(&sql, &[]).await?;
        let without = if table == "profiles" { 0 } else { row.get(1) };
        counts.push(Count { table, rows: row.get(0), without_profile: without });
    }
    Ok(counts)
}

/// A name as Postgres takes it, whatever is in it.
fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
