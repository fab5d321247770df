//! `profile`: the workspaces.

use edit_factory_core::api::{
    ProfileAudit, ProfileColour, ProfileCreate, ProfileDelete, ProfileList, ProfileRename, ProfileUse,
};
use edit_factory_core::audit::AuditReport;
use edit_factory_core::error::{Code, Failure};
use edit_factory_core::ids::ProfileId;

use crate::args::profile::{Profile, Which};
use crate::output::Outcome;
use crate::session::Session;
use crate::table::{plain, short, table};

pub async fn run(session: &Session, what: Profile) -> Result<Outcome, Failure> {
    let caller = &session.caller;
    match what {
        Profile::Create { name, colour } => {
            let made = caller.ask(ProfileCreate { name, colour }).await?;
            Outcome::new(&made, format!("Made profile \"{}\" ({}).", made.name, made.colour))
        }
        Profile::List => {
            let profiles = caller.ask(ProfileList {}).await?;
            let rows = profiles.iter().map(|p| {
                let note = match (p.missing, p.default) {
                    (true, _) => "its folder is missing",
                    (false, true) => "default",
                    (false, false) => "",
                };
                [p.name.clone(), p.colour.clone(), short(p.id), note.to_owned()]
            });
            let text = if profiles.is_empty() {
                "There is no profile yet. The first command that needs one makes it.".to_owned()
            } else {
                table(["NAME", "COLOUR", "ID", ""], rows)
            };
            Outcome::new(&profiles, text)
        }
        Profile::Rename { which, name } => {
            let renamed = caller.ask(ProfileRename { id: id(session, &which)?, name }).await?;
            Outcome::new(&renamed, format!("It is now called \"{}\".", plain(&renamed.name)))
        }
        Profile::Colour { which, colour } => {
            let changed = caller.ask(ProfileColour { id: id(session, &which)?, colour }).await?;
            Outcome::new(&changed, format!("\"{}\" is now {}.", plain(&changed.name), changed.colour))
        }
        Profile::Delete { which } => {
            let deleted = caller.ask(ProfileDelete { id: id(session, &which)? }).await?;
            let text =
                format!("Moved profile \"{}\" to the trash. Put it back from there to undo.", plain(&deleted.name));
            Outcome::new(&deleted, text)
        }
        Profile::Audit { seed, calls } => {
            let report = caller.ask(ProfileAudit { seed, calls }).await?;
            let failure = (report.found() > 0).then(|| {
                let says = format!(
                    "{} leaks were found. Do not go on working with these profiles: keep a copy of the home and report \
                     this.",
                    report.found()
                );
                Failure::new(Code::Leak, says)
            });
            Ok(Outcome::new(&report, audited(&report))?.but(failure))
        }
        Profile::Export { which, out, passphrase } => {
            super::archive::export(session, id(session, &which)?, out, passphrase).await
        }
        Profile::Import { file, passphrase } => super::archive::import(session, file, passphrase).await,
        Profile::Backup(what) => super::archive::backup(session, what).await,
        Profile::Use { which } => {
            let used = caller.ask(ProfileUse { id: id(session, &which)? }).await?;
            Outcome::new(&used, format!("Commands without --profile now work in \"{}\".", plain(&used.name)))
        }
    }
}

fn audited(report: &AuditReport) -> String {
    let mut lines = Vec::new();
    let rows = report.profiles.iter().map(|p| {
        let rows: u64 = p.rows.values().sum();
        let size = format!("{:.1} MB", p.bytes as f64 / 1_000_000.0);
        let outside = if p.outside == 0 { String::new() } else { format!("{} files outside", p.outside) };
        [p.name.clone(), format!("{rows} rows"), format!("{} files", p.files), size, outside]
    });
    lines.push(table(["PROFILE", "OWNS", "", "", ""], rows));
    lines.extend(report.unread.iter().map(|(name, why)| format!("Not read: {}: {why}", plain(name))));
    lines.extend(report.leaks.iter().map(|leak| format!("LEAK in {}: {}", leak.found_in, leak.what)));
    if let Some(rehearsal) = &report.rehearsal {
        lines.extend(rehearsal.leaks.iter().map(|what| format!("LEAK in the rehearsal: {what}")));
        lines.push(format!(
            "Leak test (seed {}): {} random calls on two throw-away profiles, {} refused, {} leaks.",
            rehearsal.seed,
            rehearsal.calls,
            rehearsal.refused,
            rehearsal.leaks.len()
        ));
    }
    if report.found() == 0 {
        lines.push("Nothing of one profile was found in another.".to_owned());
    }
    lines.join("\n")
}

pub(super) fn id(session: &Session, which: &Which) -> Result<ProfileId, Failure> {
    let profiles = session.caller.home.profiles()?;
    let all = || Ok(profiles.into_iter().map(|p| (p.id, p.name)).collect());
    super::find::one("profile", &which.which, all)
}
