//! The keys of a profile: which there are, what may be said of them, and the way of a key to whoever needs it in Rust.
//!
//! A key goes in and never comes out again to a window or a terminal. SQLite holds the provider's name, where the key is
//! kept and its last four characters. What is not here: the stores themselves (`profile::secrets`).

mod secret;

use rusqlite::{OptionalExtension, params};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::profile::Profile;
use crate::profile::db::{DbError, Reader, Writer, rows};
use crate::profile::events::Event;
pub use crate::profile::secret_file::{SecretFile, SecretFileState};
pub use crate::profile::secrets::{KeptIn, SecretError};
pub use secret::Secret;

/// Who takes a key.
pub const PROVIDERS: [&str; 2] = ["elevenlabs", "postiz"];

/// A key this short is not shown in part: too much of it would be.
const SHORT: usize = 12;
/// No key is longer.
const LONGEST: usize = 4096;
/// How many characters of a key are shown.
const SHOWN: usize = 4;

/// What may be said of a key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CredentialInfo {
    /// Whose.
    pub provider: String,
    /// There is one.
    pub set: bool,
    /// Its last four characters; `null` for a short one.
    pub ends_in: Option<String>,
    /// Where it is kept; `null` when there is none.
    pub kept_in: Option<KeptIn>,
}

/// What a provider says of a key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CredentialCheck {
    /// It is accepted.
    pub works: bool,
    /// What the provider says, for a person.
    pub says: String,
    /// The name of the plan.
    pub plan: Option<String>,
    /// How many characters are left in the plan's period.
    pub characters_left: Option<u64>,
}

fn known(provider: &str) -> Result<(), SecretError> {
    if PROVIDERS.contains(&provider) {
        return Ok(());
    }
    let all = PROVIDERS.join(", ");
    Err(SecretError::Invalid(format!("\"{provider}\" takes no key. There are: {all}. Nothing was changed.")))
}

fn info(provider: &str, row: Option<(Option<String>, Option<String>)>) -> CredentialInfo {
    let (kept_in, ends_in) = row.unwrap_or_default();
    let kept_in = kept_in.as_deref().and_then(place);
    CredentialInfo { provider: provider.to_owned(), set: kept_in.is_some(), ends_in, kept_in }
}

fn place(word: &str) -> Option<KeptIn> {
    match word {
        "keyring" => Some(KeptIn::Keyring),
        "file" => Some(KeptIn::File),
        _ => None,
    }
}

fn word(kept_in: KeptIn) -> &'static str {
    match kept_in {
        KeptIn::Keyring => "keyring",
        KeptIn::File => "file",
    }
}

/// What may be said of the key for one provider.
///
/// # Errors
/// [`SecretError::Invalid`] for a provider that takes none.
pub fn show(profile: &Profile, provider: &str) -> Result<CredentialInfo, SecretError> {
    known(provider)?;
    shown(profile, provider)
}

fn shown(profile: &Profile, name: &str) -> Result<CredentialInfo, SecretError> {
    profile.read::<_, SecretError>(|tx| {
        let row = tx
            .prepare_cached("SELECT kept_in, ends_in FROM secret_names WHERE name = ?1")
            .and_then(|mut q| q.query_row([name], |r| Ok((r.get(0)?, r.get(1)?))).optional())
            .map_err(DbError::from)?;
        Ok(info(name, row))
    })
}

/// Every provider that takes a key, set or not. No store is asked.
///
/// # Errors
/// [`SecretError::Db`].
pub fn list(profile: &Profile) -> Result<Vec<CredentialInfo>, SecretError> {
    PROVIDERS.iter().map(|provider| show(profile, provider)).collect()
}

/// The key, for use in Rust; `None` when there is none. May wait for the keyring: not for async code itself.
///
/// # Errors
/// [`SecretError`] when the store does not answer.
pub fn get(profile: &Profile, provider: &str) -> Result<Option<SecretString>, SecretError> {
    known(provider)?;
    kept(profile, provider)
}

/// Stores a key in place of the one before. Without a wish it goes where the one before was, else into the file when that
/// was unlocked, else into the keyring.
///
/// # Errors
/// [`SecretError::Invalid`] for something that is no key; it is not repeated. When a store refuses, the key before stays.
pub fn set(
    profile: &Profile,
    provider: &str,
    secret: &SecretString,
    keep_in: Option<KeptIn>,
) -> Result<CredentialInfo, SecretError> {
    known(provider)?;
    store(profile, provider, secret, keep_in)?;
    profile.announce(Event::Settings {});
    show(profile, provider)
}

/// Stores a secret that nobody typed and nobody is shown: what goes on with a session.
pub(crate) fn keep(profile: &Profile, name: &str, secret: &SecretString) -> Result<(), SecretError> {
    match store(profile, name, secret, None) {
        // Whoever gave a passphrase to this process wants the file where there is no keyring.
        Err(SecretError::Unavailable(_)) if profile.secrets().file_is_unlocked() => {
            store(profile, name, secret, Some(KeptIn::File))
        }
        done => done,
    }
}

/// What [`keep`] stored; `None` when there is nothing. May wait for the keyring: not for async code itself.
pub(crate) fn kept(profile: &Profile, name: &str) -> Result<Option<SecretString>, SecretError> {
    match shown(profile, name)?.kept_in {
        Some(kept_in) => profile.secrets().get(kept_in, name),
        None => Ok(None),
    }
}

/// Removes what [`keep`] stored; fine if there was nothing.
pub(crate) fn drop_kept(profile: &Profile, name: &str) -> Result<(), SecretError> {
    forget(profile, name)
}

fn store(profile: &Profile, name: &str, secret: &SecretString, keep_in: Option<KeptIn>) -> Result<(), SecretError> {
    let before = shown(profile, name)?.kept_in;
    let secret = sound(secret)?;
    let usual = || if profile.secrets().file_is_open() { KeptIn::File } else { KeptIn::Keyring };
    let goal = keep_in.or(before).unwrap_or_else(usual);
    // The name first: after a crash in between, deleting the profile still finds the entry.
    profile.write::<_, SecretError>(|tx| {
        let sql = "INSERT INTO secret_names (name) VALUES (?1) ON CONFLICT DO NOTHING";
        tx.execute(sql, [name]).map_err(DbError::from)?;
        Ok(())
    })?;
    profile.secrets().set(goal, name, &secret)?;
    // Of what nobody typed nothing is shown.
    let ends_in = known(name).is_ok().then(|| ending(&secret)).flatten();
    profile.write::<_, SecretError>(|tx| {
        let sql = "UPDATE secret_names SET kept_in = ?2, ends_in = ?3, set_at = ?4 WHERE name = ?1";
        tx.execute(sql, params![name, word(goal), ends_in, crate::time::now_ms()]).map_err(DbError::from)?;
        Ok(())
    })?;
    if let Some(before) = before.filter(|before| *before != goal)
        && let Err(error) = profile.secrets().remove(before, name)
    {
        tracing::warn!(%error, name, "the key before this one stays where it was kept");
    }
    Ok(())
}

/// Removes a key; fine if there was none.
///
/// # Errors
/// [`SecretError`] when the store refuses; the key is still listed then.
pub fn remove(profile: &Profile, provider: &str) -> Result<CredentialInfo, SecretError> {
    known(provider)?;
    forget(profile, provider)?;
    profile.announce(Event::Settings {});
    show(profile, provider)
}

/// Removes every key of a profile that is about to be deleted.
pub(crate) fn remove_all(profile: &Profile) -> Result<(), SecretError> {
    let names = profile.read(|tx| profile.secrets().names(tx))?;
    names.iter().try_for_each(|name| forget(profile, name))
}

/// Takes over what is said of keys, as it is: a keyring does not go back in time when a copy of a database is put back.
pub(crate) fn carry(from: &Reader<'_>, to: &Writer<'_>) -> Result<(), DbError> {
    let Some(names) = rows(from, "secret_names", &to.as_reader())? else { return Ok(()) };
    to.execute("DELETE FROM secret_names", [])?;
    let places: Vec<String> = (1..=names.columns.len()).map(|n| format!("?{n}")).collect();
    let sql = format!("INSERT INTO secret_names ({}) VALUES ({})", names.columns.join(", "), places.join(", "));
    for row in &names.values {
        to.prepare_cached(&sql)?.execute(rusqlite::params_from_iter(row))?;
    }
    Ok(())
}

fn forget(profile: &Profile, name: &str) -> Result<(), SecretError> {
    let row: Option<Option<String>> = profile.read::<_, SecretError>(|tx| {
        let sql = "SELECT kept_in FROM secret_names WHERE name = ?1";
        Ok(tx.query_row(sql, [name], |r| r.get(0)).optional().map_err(DbError::from)?)
    })?;
    // Not listed at all: nothing was ever stored, and no keyring is bothered.
    let Some(kept_in) = row else { return Ok(()) };
    // Without a place it was being stored when the program ended; it can only have reached the keyring.
    let kept_in = kept_in.as_deref().and_then(place).unwrap_or(KeptIn::Keyring);
    profile.secrets().remove(kept_in, name)?;
    profile.write::<_, SecretError>(|tx| {
        tx.execute("DELETE FROM secret_names WHERE name = ?1", [name]).map_err(DbError::from)?;
        Ok(())
    })
}

/// The key without what copying brings along at its ends. A key is one word of ASCII: it goes into a header.
fn sound(secret: &SecretString) -> Result<SecretString, SecretError> {
    let text = secret.expose_secret().trim();
    if text.is_empty() || text.len() > LONGEST || !text.chars().all(|c| c.is_ascii_graphic()) {
        let says = "That is no key: a key is one word of letters, digits and signs. Nothing was stored.";
        return Err(SecretError::Invalid(says.into()));
    }
    Ok(SecretString::from(text.to_owned()))
}

fn ending(secret: &SecretString) -> Option<String> {
    let text = secret.expose_secret();
    (text.len() >= SHORT).then(|| text.chars().skip(text.len() - SHOWN).collect())
}

#[cfg(test)]
mod tests;
