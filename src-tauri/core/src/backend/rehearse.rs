//! Tries a migration on a copy: a snapshot of the database (`pg_dump`, with everything in it), restored on the same server
//! under another name, migrated there, counted, and dropped.

use std::path::PathBuf;
use std::process::{Command, Stdio};

use serde::{Deserialize, Serialize};
use tokio_postgres::Client;
use tokio_util::sync::CancellationToken;

use super::{BackendError, Check, Migrated, Target, check, counts, migrate, quoted};

/// The programs of PostgreSQL that a copy is made with; `None` where one is not installed.
#[derive(Debug, Clone, Default)]
pub struct Programs {
    /// `pg_dump`.
    pub dump: Option<PathBuf>,
    /// `psql`.
    pub psql: Option<PathBuf>,
}

/// What came of it on the copy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rehearsed {
    /// The migration of the copy.
    pub migrated: Migrated,
    /// What a look at the migrated copy found.
    pub check: Check,
}

/// Rehearses a migration. The database itself is only read.
///
/// # Errors
/// [`BackendError`]; the copy is gone then, too.
pub async fn rehearse(
    target: &Target,
    owner: Option<&str>,
    programs: &Programs,
    cancel: &CancellationToken,
    heard: &(dyn Fn(&str) + Send + Sync),
) -> Result<Rehearsed, BackendError> {
    let dump = programs.dump.clone().ok_or(BackendError::Program("pg_dump"))?;
    let psql = programs.psql.clone().ok_or(BackendError::Program("psql"))?;
    let client = target.connect().await?;
    // One name for each database: what a killed run left is replaced, and never piles up.
    let name = format!("edit_factory_rehearsal_of_{}", target.database());
    make(&client, &name).await?;
    let copy = target.of_database(&name);
    let done = on_copy(target, &copy, owner, (dump, psql), cancel, heard).await;
    let dropped = client.batch_execute(&format!("drop database if exists {} with (force)", quoted(&name))).await;
    let done = done?;
    dropped?;
    Ok(done)
}

async fn make(client: &Client, name: &str) -> Result<(), BackendError> {
    let name = quoted(name);
    client.batch_execute(&format!("drop database if exists {name} with (force)")).await?;
    client.batch_execute(&format!("create database {name} template template0")).await.map_err(|error| {
        match error.code() {
            Some(code) if code.code() == "42501" => BackendError::MayNotCreate,
            _ => error.into(),
        }
    })
}

async fn on_copy(
    target: &Target,
    copy: &Target,
    owner: Option<&str>,
    (dump, psql): (PathBuf, PathBuf),
    cancel: &CancellationToken,
    heard: &(dyn Fn(&str) + Send + Sync),
) -> Result<Rehearsed, BackendError> {
    heard("copy");
    let (from, to) = (target.clone(), copy.clone());
    let copied = tokio::task::spawn_blocking(move || pour(&from, &to, &dump, &psql)).await;
    let complaint = copied.map_err(|error| BackendError::Copy(error.to_string()))??;
    // Extensions that belong to one database may complain; what counts is that every row is there.
    let (before, after) = (counts(&target.connect().await?).await?, counts(&copy.connect().await?).await?);
    if before != after {
        let why = if complaint.is_empty() { "its rows are not the same".to_owned() } else { complaint };
        return Err(BackendError::Copy(why));
    }
    let migrated = migrate(copy, owner, cancel, heard).await?;
    Ok(Rehearsed { migrated, check: check(copy).await? })
}

/// Pours the one into the other; gives the last line that psql complained with.
fn pour(from: &Target, to: &Target, dump: &PathBuf, psql: &PathBuf) -> Result<String, BackendError> {
    let failed = |what: &str, why: String| BackendError::Copy(format!("{what}: {why}"));
    let mut reads = Command::new(dump);
    from.tell(&mut reads);
    reads.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut reads = reads.spawn().map_err(|e| failed("pg_dump", e.to_string()))?;
    let Some(flow) = reads.stdout.take() else { return Err(failed("pg_dump", "it has no output".into())) };
    let mut writes = Command::new(psql);
    to.tell(&mut writes);
    writes.args(["-X", "-q", "-o", if cfg!(windows) { "NUL" } else { "/dev/null" }]);
    writes.stdin(Stdio::from(flow)).stdout(Stdio::null()).stderr(Stdio::piped());
    let written = writes.output().map_err(|e| failed("psql", e.to_string()))?;
    let read = reads.wait_with_output().map_err(|e| failed("pg_dump", e.to_string()))?;
    let last = |bytes: &[u8]| {
        let text = String::from_utf8_lossy(bytes);
        text.lines().rev().find(|line| !line.trim().is_empty()).unwrap_or_default().to_owned()
    };
    if !read.status.success() {
        return Err(failed("pg_dump", last(&read.stderr)));
    }
    Ok(last(&written.stderr))
}
