//! Looks at a project's database and changes nothing: it is done in a transaction that cannot write.

use serde::{Deserialize, Serialize};
use tokio_postgres::{Client, GenericClient, IsolationLevel};

use super::{BackendError, Count, Target, counts, files, migrate, quoted};
use crate::sync::tables::{EVERYWHERE, Kind, TABLES};

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Check {
    /// Devices can sync with it.
    pub ready: bool,
    /// What is missing or wrong.
    pub findings: Vec<Finding>,
    /// Every table there, and how many rows it has.
    pub tables: Vec<Count>,
}

/// Something that is missing or wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// What, for a person.
    pub what: String,
    /// How many rows, where it is about rows.
    pub rows: Option<i64>,
}

/// Looks at it.
///
/// # Errors
/// [`BackendError`].
pub async fn check(target: &Target) -> Result<Check, BackendError> {
    let mut client = target.connect().await?;
    let reading = client.build_transaction().read_only(true).isolation_level(IsolationLevel::RepeatableRead);
    let transaction = reading.start().await?;
    let found = look(&transaction).await?;
    transaction.rollback().await?;
    Ok(found)
}

/// The same over a connection that is there.
pub(super) async fn of(client: &Client) -> Result<Check, BackendError> {
    look(client).await
}

async fn look(client: &impl GenericClient) -> Result<Check, BackendError> {
    let tables = counts(client).await?;
    let mut findings = Vec::new();
    missing(client, &tables, &mut findings).await?;
    rows(client, &tables, &mut findings).await?;
    open(client, &mut findings).await?;
    storage(client, &mut findings).await?;
    let done = migrate::recorded(client).await?;
    for file in files() {
        let known = done.iter().find(|(name, _)| name == file.name);
        match known {
            None => findings.push(of_words(format!("{} has not run yet", file.name))),
            Some((_, hash)) if *hash != file.hash() => {
                findings.push(of_words(format!("{} ran as another version of Edit Factory has it", file.name)));
            }
            Some(_) => {}
        }
    }
    Ok(Check { ready: findings.is_empty(), findings, tables })
}

fn of_words(what: String) -> Finding {
    Finding { what, rows: None }
}

/// Tables, columns and functions.
async fn missing(
    client: &impl GenericClient,
    tables: &[Count],
    findings: &mut Vec<Finding>,
) -> Result<(), BackendError> {
    let there = |name: &str| tables.iter().any(|count| count.table == name);
    for name in ["profiles"].into_iter().chain(TABLES.iter().map(|table| table.name)) {
        if !there(name) {
            findings.push(of_words(format!("the table {name} is missing")));
        }
    }
    for table in TABLES.iter().filter(|table| there(table.name)) {
        let sql = "select attname::text from pg_catalog.pg_attribute
                   where attrelid = ('public.' || quote_ident($1))::regclass and attnum > 0 and not attisdropped";
        let has: Vec<String> = client.query(sql, &[&table.name]).await?.iter().map(|row| row.get(0)).collect();
        let wanted = table.columns.iter().map(|column| column.name).chain(EVERYWHERE.iter().copied());
        let lacks: Vec<&str> = wanted.filter(|name| !has.iter().any(|one| one == name)).collect();
        if !lacks.is_empty() {
            findings.push(of_words(format!("{} lacks the columns {}", table.name, lacks.join(", "))));
        }
    }
    for function in [
        "public.sync_push(uuid,jsonb,integer)",
        "public.sync_pull(uuid,jsonb,integer)",
        "public.erase_profile(uuid)",
        "private.my_profiles()",
        "private.lock_head(uuid)",
        "private.stamp()",
    ] {
        // A schema that is missing counts as a function that is.
        let there = client.query_one("select to_regprocedure($1::text) is not null", &[&function]).await?;
        if !there.get::<_, bool>(0) {
            findings.push(of_words(format!("the function {function} is missing")));
        }
    }
    Ok(())
}

/// Rows of no profile, and rows that point at nothing.
async fn rows(client: &impl GenericClient, tables: &[Count], findings: &mut Vec<Finding>) -> Result<(), BackendError> {
    let has = |table: &'static str, column: &'static str| {
        let sql = "select exists (select 1 from pg_catalog.pg_attribute
                   where attrelid = to_regclass('public.' || quote_ident($1)) and attname = $2 and not attisdropped)";
        async move { Ok::<bool, BackendError>(client.query_one(sql, &[&table, &column]).await?.get(0)) }
    };
    for table in TABLES {
        let Some(count) = tables.iter().find(|count| count.table == table.name) else { continue };
        if count.without_profile > 0 {
            let what = format!("{} has rows of no profile", table.name);
            findings.push(Finding { what, rows: Some(count.without_profile) });
        }
        for column in table.columns {
            let Kind::Parent(parent) = column.kind else { continue };
            if !has(table.name, column.name).await? || !tables.iter().any(|count| count.table == parent) {
                continue;
            }
            let owned = has(table.name, "profile_id").await? && has(parent, "profile_id").await?;
            let same = if owned { " and p.profile_id is not distinct from r.profile_id" } else { "" };
            let sql = format!(
                "select count(*) from public.{0} r where r.{1} is not null
                 and not exists (select 1 from public.{2} p where p.id = r.{1}{same})",
                quoted(table.name),
                quoted(column.name),
                quoted(parent)
            );
            let orphans: i64 = client.query_one(&sql, &[]).await?.get(0);
            if orphans > 0 {
                let what = format!("{} has rows whose {} is not there", table.name, column.name);
                findings.push(Finding { what, rows: Some(orphans) });
            }
        }
    }
    Ok(())
}

/// Tables that are open to everybody who has the project's public key.
async fn open(client: &impl GenericClient, findings: &mut Vec<Finding>) -> Result<(), BackendError> {
    let sql = "select c.relname::text, c.relrowsecurity and c.relforcerowsecurity,
                   exists (select 1 from pg_catalog.pg_policy p where p.polrelid = c.oid)
               from pg_catalog.pg_class c
               where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') order by 1";
    for row in client.query(sql, &[]).await? {
        let (name, closed, policies): (String, bool, bool) = (row.get(0), row.get(1), row.get(2));
        if !closed {
            findings.push(of_words(format!("{name} has no row level security that holds for everybody")));
        } else if !policies {
            findings.push(of_words(format!("{name} has no policy, so nobody sees anything of it")));
        }
    }
    Ok(())
}

async fn storage(client: &impl GenericClient, findings: &mut Vec<Finding>) -> Result<(), BackendError> {
    let there = client.query_one("select to_regclass('storage.objects') is not null", &[]).await?;
    if !there.get::<_, bool>(0) {
        // A server without storage keeps no files; everything else works.
        return Ok(());
    }
    let sql = "select (select not public from storage.buckets where id = 'media'),
               exists (select 1 from pg_catalog.pg_policy where polrelid = 'storage.objects'::regclass and polname = 'own_media')";
    let row = client.query_one(sql, &[]).await?;
    match row.get::<_, Option<bool>>(0) {
        None => findings.push(of_words("the bucket for files is missing".into())),
        Some(false) => findings.push(of_words("the bucket for files is public".into())),
        Some(true) => {}
    }
    if !row.get::<_, bool>(1) {
        findings.push(of_words("the policy of the files is missing".into()));
    }
    Ok(())
}
