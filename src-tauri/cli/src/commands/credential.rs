//! `credential`: keys go in through standard input, and never come out.

use std::io::{IsTerminal, Read};

use edit_factory_core::api::{CredentialList, CredentialRemove, CredentialSet, CredentialTest};
use edit_factory_core::credentials::{CredentialInfo, KeptIn};
use edit_factory_core::error::{Code, Failure};
use secrecy::SecretString;
use secrecy::zeroize::Zeroizing;

use crate::args::money::{Credential, Place};
use crate::output::Outcome;
use crate::session::Session;
use crate::table::table;

/// No key is longer; a film that was piped in by mistake is not read to its end.
const LONGEST: u64 = 8192;
/// Names the file with the passphrase. Not the passphrase itself: a program's environment goes to what it starts.
const PASSPHRASE_FILE: &str = "EDIT_FACTORY_PASSPHRASE_FILE";

pub async fn run(session: &mut Session, what: Credential) -> Result<Outcome, Failure> {
    session.choose_profile()?;
    let caller = &session.caller;
    match what {
        Credential::Set { provider, keep_in, untested } => {
            let secret = from_stdin("The key", &format!("edit-factory credential set {provider} < key.txt"))?.into();
            let keep_in = keep_in.map(|place| match place {
                Place::Keyring => KeptIn::Keyring,
                Place::File => KeptIn::File,
            });
            let kept = caller.ask(CredentialSet { provider: provider.clone(), secret, keep_in }).await?;
            if untested {
                return Outcome::new(&kept, described(&kept));
            }
            let checked = caller.ask(CredentialTest { provider }).await?;
            let text = format!("{}\n{}", described(&kept), checked.says);
            let document = serde_json::json!({ "credential": kept, "check": checked });
            Outcome::new(&document, text)
        }
        Credential::List => {
            let all = caller.ask(CredentialList {}).await?;
            let rows = all.iter().map(|info| {
                let place = info.kept_in.map_or("", |place| match place {
                    KeptIn::Keyring => "the system's keyring",
                    KeptIn::File => "the file with a passphrase",
                });
                [info.provider.clone(), ending(info), place.to_owned()]
            });
            Outcome::new(&all, table(["PROVIDER", "KEY", "KEPT IN"], rows))
        }
        Credential::Test { provider } => {
            let checked = caller.ask(CredentialTest { provider }).await?;
            let failure = (!checked.works).then(|| Failure::new(Code::InvalidInput, checked.says.clone()));
            let text = if checked.works { checked.says.clone() } else { String::new() };
            Ok(Outcome::new(&checked, text)?.but(failure))
        }
        Credential::Remove { provider } => {
            let removed = caller.ask(CredentialRemove { provider }).await?;
            Outcome::new(&removed, format!("There is no key for {} any more.", removed.provider))
        }
    }
}

/// Takes the passphrase of the file with keys, when the environment says where it is.
pub fn unlock(home: &edit_factory_core::home::Home) -> Result<(), Failure> {
    let Some(file) = std::env::var_os(PASSPHRASE_FILE) else { return Ok(()) };
    let unread = |why: String| {
        Failure::new(
            Code::InvalidInput,
            format!("The passphrase cannot be read from the file that {PASSPHRASE_FILE} names: {why}."),
        )
    };
    let text = std::fs::read_to_string(&file).map(Zeroizing::new).map_err(|e| unread(e.to_string()))?;
    let first = text.lines().next().unwrap_or_default();
    home.secret_file().unlock(SecretString::from(first.to_owned()))?;
    Ok(())
}

/// What is piped in: a key or a passphrase. `example` is what to do when nothing is.
///
/// # Errors
/// [`Code::InvalidInput`] at a terminal; [`Code::Unreadable`].
pub fn from_stdin(what: &str, example: &str) -> Result<SecretString, Failure> {
    let stdin = std::io::stdin();
    if stdin.is_terminal() {
        // What is typed would stand on the screen.
        return Err(Failure::new(Code::InvalidInput, format!("{what} is read from standard input: `{example}`.")));
    }
    let mut text = Zeroizing::new(String::new());
    // An error may say what it could not read; it is not repeated.
    let read = stdin.lock().take(LONGEST).read_to_string(&mut text);
    read.map_err(|e| Failure::new(Code::Unreadable, format!("{what} could not be read ({}).", e.kind())))?;
    Ok(SecretString::from(text.trim().to_owned()))
}

fn ending(info: &CredentialInfo) -> String {
    match (info.set, &info.ends_in) {
        (true, Some(end)) => format!("set, ends in …{end}"),
        (true, None) => "set".to_owned(),
        (false, _) => "not set".to_owned(),
    }
}

fn described(info: &CredentialInfo) -> String {
    format!("{}: {}.", info.provider, ending(info))
}
