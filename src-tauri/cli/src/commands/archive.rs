//! `profile export`, `import` and `backup`: a profile in one file, and the copies of its database.

use std::path::{Path, PathBuf};
use std::time::Duration;

use edit_factory_core::api::{Ask, ProfileBackup, ProfileBackups, ProfileExport, ProfileImport, ProfileRestore};
use edit_factory_core::error::Failure;
use edit_factory_core::ids::ProfileId;
use indicatif::{ProgressBar, ProgressStyle};

use super::credential::from_stdin;
use crate::args::profile::Backup;
use crate::output::Outcome;
use crate::session::Session;
use crate::table::{count, plain, table};

/// How often the bar is drawn again.
const DRAW_EVERY: Duration = Duration::from_millis(200);
const EXAMPLE: &str = "edit-factory profile export NAME --out FILE --passphrase < passphrase.txt";

/// Writes a profile into a file.
///
/// # Errors
/// What core says.
pub async fn export(session: &Session, id: ProfileId, out: PathBuf, sealed: bool) -> Result<Outcome, Failure> {
    let passphrase = if sealed { Some(from_stdin("The passphrase", EXAMPLE)?.into()) } else { None };
    let done = watched(session, ProfileExport { id, to: absolute(&out), passphrase }).await?;
    let mut lines = vec![format!(
        "Wrote {} ({}, {}).",
        plain(&out.display().to_string()),
        count(usize::try_from(done.files).unwrap_or(usize::MAX), "file"),
        megabytes(done.bytes)
    )];
    if done.copied > 0 {
        lines.push(format!("{} that lie elsewhere went along as copies.", count(done.copied as usize, "footage file")));
    }
    if !done.missing.is_empty() {
        let names: Vec<String> = done.missing.iter().map(|name| plain(name)).collect();
        lines.push(format!(
            "Not in it, because they are not where they were, or not the same any more: {}.",
            names.join(", ")
        ));
    }
    lines.push("Keys are not in it; the profile will ask for them again.".into());
    Outcome::new(&done, lines.join("\n"))
}

/// Takes a profile out of a file.
///
/// # Errors
/// What core says.
pub async fn import(session: &Session, file: PathBuf, sealed: bool) -> Result<Outcome, Failure> {
    let passphrase = if sealed {
        Some(from_stdin("The passphrase", "edit-factory profile import FILE --passphrase < passphrase.txt")?.into())
    } else {
        None
    };
    let made = watched(session, ProfileImport { path: absolute(&file), passphrase }).await?;
    let text = format!("Imported as profile \"{}\". Its keys are not in the file; set them anew.", plain(&made.name));
    Outcome::new(&made, text)
}

/// The copies of a profile's database.
///
/// # Errors
/// What core says.
pub async fn backup(session: &Session, what: Backup) -> Result<Outcome, Failure> {
    let caller = &session.caller;
    match what {
        Backup::List { which } => {
            let all = caller.ask(ProfileBackups { id: super::profile::id(session, &which)? }).await?;
            let rows = all.iter().map(|b| [b.name.clone(), when(b.at), megabytes(b.bytes)]);
            let text = if all.is_empty() {
                "There is no copy yet. One a day is made while jobs are run; `edit-factory profile backup now` makes one."
                    .to_owned()
            } else {
                table(["NAME", "MADE (UTC)", "SIZE"], rows)
            };
            Outcome::new(&all, text)
        }
        Backup::Now { which } => {
            let made = caller.ask(ProfileBackup { id: super::profile::id(session, &which)? }).await?;
            Outcome::new(&made, format!("Copied the database: {} ({}).", made.name, megabytes(made.bytes)))
        }
        Backup::Restore { which, backup } => {
            let id = super::profile::id(session, &which)?;
            let restored = caller.ask(ProfileRestore { id, backup }).await?;
            let text = format!(
                "\"{}\" is as it was then. What it was until now is kept among the backups.",
                plain(&restored.name)
            );
            Outcome::new(&restored, text)
        }
    }
}

/// The program may be asked from anywhere; core is told whole paths.
fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

fn megabytes(bytes: u64) -> String {
    format!("{:.1} MB", bytes as f64 / 1e6)
}

fn when(at: i64) -> String {
    edit_factory_core::time::iso(at)
}

/// Asks, and shows how far it is meanwhile.
async fn watched<A: Ask>(session: &Session, call: A) -> Result<A::Reply, Failure> {
    let bar = if session.chatty() { ProgressBar::new(0) } else { ProgressBar::hidden() };
    let style = ProgressStyle::with_template("{msg} {bytes} of {total_bytes} {wide_bar} {eta}");
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    let mut asking = std::pin::pin!(session.caller.ask(call));
    let done = loop {
        tokio::select! {
            biased;
            done = &mut asking => break done,
            () = tokio::time::sleep(DRAW_EVERY) => {}
        }
        let Some(transfer) = session.caller.home.transfers().show() else { continue };
        bar.set_length(transfer.total);
        bar.set_position(transfer.done);
        bar.set_message(plain(&transfer.name));
    };
    bar.finish_and_clear();
    done
}
