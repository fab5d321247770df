//! `sync`: keeping the profile on a server.

use edit_factory_core::api::{
    SyncErase, SyncFetch, SyncHolds, SyncLink, SyncMedia, SyncMissing, SyncNow, SyncProfiles, SyncRetry, SyncShow,
    SyncSignIn, SyncSignOut, SyncUnlink,
};
use edit_factory_core::error::Failure;
use edit_factory_core::sync::desk::SyncShown;
use edit_factory_core::sync::{SyncState, SyncStatus};
use serde_json::json;

use super::credential::from_stdin;
use crate::args::sync::Sync;
use crate::output::Outcome;
use crate::session::Session;
use crate::table::{count, plain, short, table};

const EXAMPLE: &str = "edit-factory sync sign-in --url … --key … --email … < password.txt";

pub async fn run(session: &mut Session, what: Sync) -> Result<Outcome, Failure> {
    session.choose_profile()?;
    let caller = &session.caller;
    match what {
        Sync::SignIn { url, key, email } => {
            let password = from_stdin("The password", EXAMPLE)?.into();
            let shown = caller.ask(SyncSignIn { url, key, email: email.clone(), password }).await?;
            let next = if shown.status.remote.is_some() {
                "It goes on with `edit-factory sync now`.".to_owned()
            } else {
                "Choose where to keep the profile: `edit-factory sync profiles`, then `edit-factory sync link`."
                    .to_owned()
            };
            Outcome::new(&shown, format!("Signed in as {}. {next}", plain(&email)))
        }
        Sync::Profiles => {
            let all = caller.ask(SyncProfiles {}).await?;
            let text = if all.is_empty() {
                "There is none yet. `edit-factory sync link --new` makes one.".to_owned()
            } else {
                table(["NAME", "ID"], all.iter().map(|one| [one.name.clone(), short(one.id)]))
            };
            Outcome::new(&all, text)
        }
        Sync::Link { remote, new: _ } => {
            let holds = caller.ask(SyncHolds {}).await?;
            let id = match &remote {
                None => None,
                Some(named) => {
                    let all = caller.ask(SyncProfiles {}).await?;
                    Some(super::find::one("profile there", named, || {
                        Ok(all.into_iter().map(|one| (one.id, one.name)).collect())
                    })?)
                }
            };
            let shown = caller.ask(SyncLink { remote: id }).await?;
            let n = |n: u64| usize::try_from(n).unwrap_or(usize::MAX);
            let text = format!(
                "Linked. {}, {} and {} of this profile will be copied there, and what is there comes here: `edit-factory \
                 sync now`.",
                count(n(holds.clips), "clip"),
                count(n(holds.projects), "project"),
                count(n(holds.sources), "footage file")
            );
            Outcome::new(&shown, text)
        }
        Sync::Status => told(&caller.ask(SyncShow {}).await?),
        Sync::Now => {
            let done = caller.ask(SyncNow {}).await?;
            let shown = caller.ask(SyncShow {}).await?;
            let mut text = format!(
                "Sent {}, received {}. {}",
                count(usize::try_from(done.sent).unwrap_or(usize::MAX), "row"),
                done.received,
                sentence(&shown.status)
            );
            if done.files.sent > 0 {
                text.push_str(&format!("\nSent {}.", count(done.files.sent as usize, "file")));
            }
            for left in &done.files.left {
                text.push_str(&format!("\nNot sent: {}: {}", plain(&left.name), plain(&left.failure.message)));
            }
            Outcome::new(&json!({ "done": done, "status": shown.status }), text)
        }
        Sync::Retry => told(&caller.ask(SyncRetry { table: None, id: None }).await?),
        Sync::Media { policy } => told(&caller.ask(SyncMedia { policy: policy.into() }).await?),
        Sync::Fetch { names } => {
            let mut fetched = Vec::new();
            for file in caller.ask(SyncMissing {}).await? {
                if names.is_empty() || names.iter().any(|name| name.eq_ignore_ascii_case(&file.name)) {
                    caller.ask(SyncFetch { of: file.of }).await?;
                    fetched.push(file.name);
                }
            }
            let text = if fetched.is_empty() {
                "No such file is missing here.".to_owned()
            } else {
                format!("Fetched {}.", fetched.iter().map(|name| plain(name)).collect::<Vec<_>>().join(", "))
            };
            Outcome::new(&json!({ "fetched": fetched }), text)
        }
        Sync::SignOut => told(&caller.ask(SyncSignOut {}).await?),
        Sync::Unlink => told(&caller.ask(SyncUnlink {}).await?),
        Sync::Erase { name } => {
            let erased = caller.ask(SyncErase { name }).await?;
            let text = format!(
                "Erased there: {} rows, {} files. Everything on this machine stays.",
                erased.rows, erased.files
            );
            Outcome::new(&erased, text)
        }
    }
}

fn told(shown: &SyncShown) -> Result<Outcome, Failure> {
    let mut lines = vec![sentence(&shown.status)];
    if let Some(account) = &shown.account {
        lines.push(format!("Signed in as {} at {}.", plain(&account.email), plain(&account.url)));
    }
    if let Some(failure) = &shown.status.failure {
        lines.push(plain(&failure.message));
    }
    for row in &shown.status.set_aside {
        let name = row.name.clone().unwrap_or_else(|| row.id.clone());
        lines.push(format!("Set aside: {} ({}): {}", plain(&name), row.table, plain(&row.why)));
    }
    if shown.missing > 0 {
        lines.push(format!(
            "{} of the library not on this machine: `edit-factory sync fetch`.",
            count(shown.missing as usize, "file")
        ));
    }
    Outcome::new(shown, lines.join("\n"))
}

fn sentence(status: &SyncStatus) -> String {
    let waiting = format!("{} waiting", count(usize::try_from(status.waiting).unwrap_or(usize::MAX), "change"));
    match status.state {
        SyncState::Off => "This profile is kept on this machine only.".into(),
        SyncState::InSync => "In sync.".into(),
        SyncState::Waiting => format!("{waiting}."),
        SyncState::SetAside => format!("In sync but for {} set aside.", count(status.set_aside.len(), "row")),
        SyncState::Offline => format!("The server cannot be reached; {waiting}."),
        SyncState::SignIn => format!("Sign in again; {waiting}."),
        SyncState::OtherVersion => format!("The server was made for another version of the program; {waiting}."),
        SyncState::Failing => format!("It does not go on; {waiting}."),
    }
}
