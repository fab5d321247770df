//! Runs the numbered files, each once. Stopped at any moment, it goes on with the file it was in: every file can be run
//! again.

use serde::{Deserialize, Serialize};
use tokio_postgres::Client;
use tokio_util::sync::CancellationToken;

use super::statements::statements;
use super::{BackendError, Count, File, Target, check, counts, files, said};

/// How long a run waits for another one, which may be what a killed one left at work.
const WAIT: &str = "60s";

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Migrated {
    /// The files that ran.
    pub ran: Vec<String>,
    /// The files that had run before, as they are.
    pub known: Vec<String>,
    /// Rows before.
    pub before: Vec<Count>,
    /// Rows after.
    pub after: Vec<Count>,
    /// References to what is not there any more, taken out of rows and noted in `private.set_aside`.
    pub set_aside: i64,
}

/// Makes a project's database ready, or says why not. `owner` is the user who gets rows of nobody.
///
/// # Errors
/// [`BackendError`].
pub async fn migrate(
    target: &Target,
    owner: Option<&str>,
    cancel: &CancellationToken,
    heard: &(dyn Fn(&str) + Send + Sync),
) -> Result<Migrated, BackendError> {
    let client = target.connect().await?;
    tokio::select! {
        biased;
        // The client goes, and with it whatever the server was at: that is undone, what was committed stays.
        () = cancel.cancelled() => Err(BackendError::Asked("stopped; the same command goes on from there".into())),
        done = run(&client, owner, heard) => done,
    }
}

async fn run(
    client: &Client,
    owner: Option<&str>,
    heard: &(dyn Fn(&str) + Send + Sync),
) -> Result<Migrated, BackendError> {
    lock(client).await?;
    let before = counts(client).await?;
    let rows: i64 = before.iter().filter(|count| is_ours(&count.table)).map(|count| count.without_profile).sum();
    match owner {
        Some(owner) => name_owner(client, owner).await?,
        None if rows > 0 => return Err(BackendError::OwnerNeeded { rows }),
        None => {}
    }
    let mut done = recorded(client).await?;
    let all_known = files().iter().all(|file| done.contains(&(file.name.to_owned(), file.hash())));
    if all_known && !check::of(client).await?.ready {
        // Something was changed since: everything runs again, which harms nothing.
        done.clear();
    }
    let (mut ran, mut known) = (Vec::new(), Vec::new());
    // What comes after a file that has to run, runs too: it may stand on it.
    let mut from_here = false;
    for file in files() {
        from_here |= !done.contains(&(file.name.to_owned(), file.hash()));
        if !from_here {
            known.push(file.name.to_owned());
            continue;
        }
        heard(file.name);
        run_file(client, file).await?;
        record(client, file).await?;
        ran.push(file.name.to_owned());
    }
    let after = counts(client).await?;
    for Count { table, rows, .. } in &before {
        let now = after.iter().find(|count| count.table == *table).map_or(0, |count| count.rows);
        if now < *rows {
            return Err(BackendError::Fewer { table: table.clone(), before: *rows, after: now });
        }
    }
    let set_aside = client.query_one("select count(*) from private.set_aside", &[]).await?.get(0);
    Ok(Migrated { ran, known, before, after, set_aside })
}

fn is_ours(table: &str) -> bool {
    crate::sync::tables::TABLES.iter().any(|ours| ours.name == table)
}

/// How soon the server notices that a run was killed while it waits or works.
const NOTICE: &str = "2s";

/// One at a time. The server lets go when the connection ends, also of one that was killed.
async fn lock(client: &Client) -> Result<(), BackendError> {
    let sql = format!(
        "set client_min_messages = warning; set lock_timeout = '{WAIT}';
         do $$ begin
             perform set_config('client_connection_check_interval', '{NOTICE}', false);
         exception when others then
             -- A server on a system that cannot tell notices later.
             null;
         end $$;
         select pg_advisory_lock(hashtext('edit-factory migrate')); set lock_timeout = 0; set statement_timeout = 0"
    );
    client.batch_execute(&sql).await.map_err(|error| match error.code() {
        Some(code) if code.code() == "55P03" => BackendError::Busy,
        _ => error.into(),
    })
}

async fn name_owner(client: &Client, owner: &str) -> Result<(), BackendError> {
    let no_such = || BackendError::NoSuchOwner(owner.chars().take(60).collect());
    let id: uuid::Uuid = owner.trim().parse().map_err(|_| no_such())?;
    let sql = "select exists (select 1 from auth.users where id::text = $1)";
    if !client.query_one(sql, &[&id.to_string()]).await?.get::<_, bool>(0) {
        return Err(no_such());
    }
    client.query_one("select set_config('edit_factory.owner', $1, false)", &[&id.to_string()]).await?;
    Ok(())
}

/// Names and hashes of the files that ran to their end.
pub(super) async fn recorded(
    client: &impl tokio_postgres::GenericClient,
) -> Result<Vec<(String, String)>, BackendError> {
    let there = client.query_one("select to_regclass('private.files_run') is not null", &[]).await?;
    if !there.get::<_, bool>(0) {
        return Ok(Vec::new());
    }
    let rows = client.query("select name, hash from private.files_run order by name", &[]).await?;
    Ok(rows.iter().map(|row| (row.get(0), row.get(1))).collect())
}

async fn record(client: &Client, file: &File) -> Result<(), BackendError> {
    client
        .batch_execute(
            "create table if not exists private.files_run
                 (name text primary key, hash text not null, at timestamptz not null default now());
             revoke all on private.files_run from public, anon, authenticated",
        )
        .await?;
    let sql = "insert into private.files_run (name, hash) values ($1, $2)
               on conflict (name) do update set hash = excluded.hash, at = now()";
    client.execute(sql, &[&file.name, &file.hash()]).await?;
    Ok(())
}

async fn run_file(client: &Client, file: &File) -> Result<(), BackendError> {
    for statement in statements(file.sql) {
        let Err(error) = client.batch_execute(statement).await else { continue };
        let stopped = BackendError::Stopped {
            file: file.name.to_owned(),
            code: error.code().map_or_else(|| "no connection".to_owned(), |code| code.code().to_owned()),
            says: error.as_db_error().map_or_else(|| said(&error), |db| db.message().to_owned()),
        };
        // Outside a transaction this is a warning; after a broken connection there is nothing to roll back.
        if !client.is_closed() {
            client.batch_execute("rollback").await?;
        }
        return Err(stopped);
    }
    Ok(())
}
