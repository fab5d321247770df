//! Which project a profile is kept in, who is signed in to it, and which files go there.

use rusqlite::OptionalExtension;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::remote::RemoteError;
use super::supabase::{Address, AddressError, Person, Supabase};
use crate::error::{Code, Explain};
use crate::profile::Profile;
use crate::profile::db::DbError;
use crate::profile::events::Event;

/// Which files of a profile go to the server, and which come from there.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum MediaPolicy {
    /// None: files stay on the machine they are on.
    #[default]
    KeepHere,
    /// Footage and clips go there; a file that is missing here is fetched when somebody asks for it.
    FetchOnDemand,
    /// Clips go there, footage stays. What is there can be fetched.
    ClipsOnly,
}

impl MediaPolicy {
    fn word(self) -> &'static str {
        match self {
            Self::KeepHere => "keep_here",
            Self::FetchOnDemand => "fetch_on_demand",
            Self::ClipsOnly => "clips_only",
        }
    }

    fn of(word: &str) -> Self {
        match word {
            "fetch_on_demand" => Self::FetchOnDemand,
            "clips_only" => Self::ClipsOnly,
            _ => Self::KeepHere,
        }
    }
}

/// A profile's place on a server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// The project.
    pub address: Address,
    /// Who signed in.
    pub person: Person,
    /// Which files go there.
    pub media: MediaPolicy,
}

/// Why the place on the server could not be read or reached.
#[derive(Debug, thiserror::Error)]
pub enum AccountError {
    /// What is kept is no address any more.
    #[error(transparent)]
    Address(#[from] AddressError),
    /// The server.
    #[error(transparent)]
    Remote(#[from] RemoteError),
    /// The profile's database.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl From<rusqlite::Error> for AccountError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Db(error.into())
    }
}

impl Explain for AccountError {
    fn code(&self) -> Code {
        match self {
            Self::Address(e) => e.code(),
            Self::Remote(e) => e.code(),
            Self::Db(e) => e.code(),
        }
    }

    fn details(&self) -> serde_json::Value {
        if let Self::Remote(e) = self { e.details() } else { serde_json::json!({}) }
    }
}

/// The account of this profile; `None` while nobody has signed in.
///
/// # Errors
/// [`AccountError`].
pub fn get(profile: &Profile) -> Result<Option<Account>, AccountError> {
    let row: Option<[String; 5]> = profile.read::<_, AccountError>(|tx| {
        let sql = "SELECT url, key, user_id, email, media FROM sync_project WHERE one = 1";
        let row = tx.query_row(sql, [], |r| Ok([r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?, r.get(4)?]));
        Ok(row.optional()?)
    })?;
    let Some([url, key, id, email, media]) = row else { return Ok(None) };
    Ok(Some(Account {
        address: Address::new(&url, &key)?,
        person: Person { id, email },
        media: MediaPolicy::of(&media),
    }))
}

/// Remembers it in place of the one before.
///
/// # Errors
/// [`AccountError::Db`].
pub fn set(profile: &Profile, account: &Account) -> Result<(), AccountError> {
    let Account { address, person, media } = account;
    profile.write::<_, AccountError>(|tx| {
        tx.execute(
            "INSERT OR REPLACE INTO sync_project (one, url, key, user_id, email, media) VALUES (1, ?1, ?2, ?3, ?4, ?5)",
            (address.url(), address.key(), &person.id, &person.email, media.word()),
        )?;
        Ok(())
    })?;
    profile.announce(Event::Settings {});
    Ok(())
}

/// Changes which files go there. Files that are there already stay.
///
/// # Errors
/// [`AccountError::Db`].
pub fn set_media(profile: &Profile, media: MediaPolicy) -> Result<(), AccountError> {
    profile.write::<_, AccountError>(|tx| {
        tx.execute("UPDATE sync_project SET media = ?1", [media.word()])?;
        Ok(())
    })?;
    profile.announce(Event::Settings {});
    Ok(())
}

/// Forgets the account and what is known of files there. The session in the keyring is ended by [`Supabase::sign_out`].
///
/// # Errors
/// [`AccountError::Db`].
pub fn forget(profile: &Profile) -> Result<(), AccountError> {
    profile.write::<_, AccountError>(|tx| {
        for table in ["sync_project", "media_uploads", "media_there"] {
            tx.execute(&format!("DELETE FROM {table}"), [])?;
        }
        Ok(())
    })?;
    profile.announce(Event::Settings {});
    Ok(())
}

/// The way to the profile's project; `None` while nobody has signed in.
///
/// # Errors
/// [`AccountError`].
pub fn supabase(profile: &Profile) -> Result<Option<Supabase>, AccountError> {
    let Some(account) = get(profile)? else { return Ok(None) };
    Ok(Some(Supabase::new(profile, at_endpoint(profile, account.address)?)?))
}

/// The same project at the address that was given for it instead, if one was.
///
/// # Errors
/// [`AddressError`].
pub fn at_endpoint(profile: &Profile, address: Address) -> Result<Address, AddressError> {
    match profile.endpoint("supabase") {
        Some(url) => Address::new(url, address.key()),
        None => Ok(address),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testkit::bench;

    #[test]
    fn an_account_is_remembered_until_it_is_forgotten() {
        let bench = bench();
        let profile = &bench.profile;
        assert_eq!(get(profile).unwrap(), None);
        let address = Address::new("https://abc.supabase.co", "sb_publishable_x").unwrap();
        let person = Person { id: "u".into(), email: "ana@example.com".into() };
        let account = Account { address, person, media: MediaPolicy::default() };
        set(profile, &account).unwrap();
        for media in [MediaPolicy::FetchOnDemand, MediaPolicy::ClipsOnly, MediaPolicy::KeepHere] {
            set_media(profile, media).unwrap();
            assert_eq!(get(profile).unwrap(), Some(Account { media, ..account.clone() }));
        }
        assert!(supabase(profile).unwrap().is_some());
        forget(profile).unwrap();
        assert!(supabase(profile).unwrap().is_none());
    }
}
