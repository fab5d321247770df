//! `backend`: looking at the database of a hosted backend, and making it ready.

use std::io::Read;
use std::path::PathBuf;

use edit_factory_core::backend::{self, Check, Count, Migrated, Programs, Target};
use edit_factory_core::error::{Code, Failure};
use secrecy::{ExposeSecret, SecretString};
use serde_json::json;
use tokio_util::sync::CancellationToken;

use crate::args::backend::{Backend, Where};
use crate::output::{Outcome, aside};

pub async fn run(what: Backend, quiet: bool, cancel: &CancellationToken) -> Result<Outcome, Failure> {
    let heard = |step: &str| {
        if !quiet {
            aside(step);
        }
    };
    match what {
        Backend::Check(at) => {
            let found = backend::check(&target(&at)?).await?;
            let text = seen(&found);
            let failure = (!found.ready).then(|| {
                let says = "Devices cannot sync with it as it is. `edit-factory backend migrate` makes it ready.";
                Failure::new(Code::WrongState, says)
            });
            Ok(Outcome::new(&found, text)?.but(failure))
        }
        Backend::Migrate(given) => {
            let target = target(&given.at)?;
            let owner = given.owner.as_deref();
            if given.dry_run {
                let done = backend::rehearse(&target, owner, &programs(), cancel, &heard).await?;
                let text =
                    format!("{}\n\nOn the copy: {}\nNothing was changed.", seen(&done.check), told(&done.migrated));
                return Outcome::new(&json!({ "rehearsed": done }), text);
            }
            let done = backend::migrate(&target, owner, cancel, &heard).await?;
            Outcome::new(&done, told(&done))
        }
    }
}

fn target(at: &Where) -> Result<Target, Failure> {
    let url: SecretString = match at.url.as_str() {
        "-" => {
            let mut text = String::new();
            // An address is one line; more is not read.
            std::io::stdin().take(64 << 10).read_to_string(&mut text).map_err(|e| {
                Failure::new(Code::Unreadable, format!("The address could not be read from standard input: {e}"))
            })?;
            text.lines().next().unwrap_or_default().to_owned().into()
        }
        given => given.to_owned().into(),
    };
    let password = std::env::var("PGPASSWORD").ok().filter(|text| !text.is_empty()).map(SecretString::from);
    Ok(Target::new(url.expose_secret(), password.as_ref(), at.ca.as_deref())?)
}

/// The programs of PostgreSQL: on the PATH, else where Debian keeps those of the newest version.
fn programs() -> Programs {
    let mut folders: Vec<PathBuf> = std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default()).collect();
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut versions: Vec<u32> = versions.filter_map(|e| e.file_name().to_string_lossy().parse().ok()).collect();
    versions.sort_unstable();
    // The newest first, and before the PATH: it reads every older server.
    for version in versions {
        folders.insert(0, PathBuf::from(format!("/usr/lib/postgresql/{version}/bin")));
    }
    let find = |name: &str| {
        let file = format!("{name}{}", std::env::consts::EXE_SUFFIX);
        folders.iter().map(|folder| folder.join(&file)).find(|path| path.is_file())
    };
    Programs { dump: find("pg_dump"), psql: find("psql") }
}

fn seen(found: &Check) -> String {
    let mut lines = table(&found.tables);
    for finding in &found.findings {
        lines.push(match finding.rows {
            Some(rows) => format!("MISS  {}: {rows}", finding.what),
            None => format!("MISS  {}", finding.what),
        });
    }
    if found.ready {
        lines.push("ok    Devices can sync with it.".into());
    }
    lines.join("\n")
}

fn told(done: &Migrated) -> String {
    let mut lines = vec![match (done.ran.len(), done.known.len()) {
        (0, _) => "It was ready already.".to_owned(),
        (ran, 0) => format!("{ran} files ran."),
        (ran, known) => format!("{ran} files ran; {known} had run before."),
    }];
    lines.push("Before:".into());
    lines.extend(table(&done.before));
    lines.push("After:".into());
    lines.extend(table(&done.after));
    if done.set_aside > 0 {
        lines.push(format!(
            "{} references to what is not there any more are noted in private.set_aside.",
            done.set_aside
        ));
    }
    lines.join("\n")
}

fn table(counts: &[Count]) -> Vec<String> {
    let line = |count: &Count| {
        let nobody = count.without_profile;
        let more = if nobody > 0 { format!(", {nobody} of no profile") } else { String::new() };
        format!("  {:<24} {:>9} rows{more}", count.table, count.rows)
    };
    counts.iter().map(line).collect()
}
