//! `profile`: the workspaces.

use edit_factory_core::api::{ProfileColour, ProfileCreate, ProfileDelete, ProfileList, ProfileRename, ProfileUse};
use edit_factory_core::error::Failure;
use edit_factory_core::ids::ProfileId;
use serde_json::json;

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
            Outcome::new(&json!({ "profiles": profiles }), text)
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
        Profile::Use { which } => {
            let used = caller.ask(ProfileUse { id: id(session, &which)? }).await?;
            Outcome::new(&used, format!("Commands without --profile now work in \"{}\".", plain(&used.name)))
        }
    }
}

fn id(session: &Session, which: &Which) -> Result<ProfileId, Failure> {
    let profiles = session.caller.home.profiles()?;
    let all = || Ok(profiles.into_iter().map(|p| (p.id, p.name)).collect());
    super::find::one("profile", &which.which, all)
}
