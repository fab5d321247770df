//! The accounts of a workspace, and which of them are this profile's.
//!
//! A workspace may hold the accounts of several brands. A profile's are those of the group it is tied to, or those a person
//! ticked; each belongs to one profile of the home alone ([`crate::home::claims`]).

use rusqlite::{OptionalExtension, Row};

use super::error::PublishError;
use super::keep;
use super::model::{Account, Group, PublishShown};
use super::postiz::{self, Integration, Postiz};
use super::settings::PostSettings;
use crate::home::claims::Thing;
use crate::profile::Profile;
use crate::profile::db::{DbError, Reader, Writer};
use crate::profile::events::Event;
use crate::time::now_ms;

const COLUMNS: &str = "id, name, handle, picture, platform, disabled, gone, ticked, settings";

fn account(row: &Row<'_>) -> rusqlite::Result<Account> {
    let settings: Option<String> = row.get(8)?;
    let settings = settings.map(|text| serde_json::from_str(&text)).transpose();
    Ok(Account {
        id: row.get(0)?,
        name: row.get(1)?,
        handle: row.get(2)?,
        picture: row.get(3)?,
        platform: row.get(4)?,
        disabled: row.get(5)?,
        gone: row.get(6)?,
        ticked: row.get(7)?,
        settings: settings
            .map_err(|e| rusqlite::Error::FromSqlConversionFailure(8, rusqlite::types::Type::Text, Box::new(e)))?,
    })
}

/// Every account that was ever there and is not gone, or is gone but was this profile's.
///
/// # Errors
/// [`DbError`].
pub(super) fn list(tx: &Reader<'_>) -> Result<Vec<Account>, DbError> {
    let sql = format!("SELECT {COLUMNS} FROM accounts WHERE gone = 0 OR ticked = 1 ORDER BY platform, name, id");
    Ok(tx.prepare_cached(&sql)?.query_map([], account)?.collect::<Result<_, _>>()?)
}

fn get(tx: &Reader<'_>, id: &str) -> Result<Account, PublishError> {
    let found = tx
        .prepare_cached(&format!("SELECT {COLUMNS} FROM accounts WHERE id = ?1"))?
        .query_row([id], account)
        .optional()?;
    found.ok_or_else(|| PublishError::NoAccount(id.to_owned()))
}

/// Everything about publishing that a page shows at once.
///
/// # Errors
/// [`PublishError::Db`].
pub fn show(profile: &Profile) -> Result<PublishShown, PublishError> {
    let key = crate::credentials::show(profile, postiz::NAME).map_err(postiz::PostizError::from)?.set;
    let requests_left = postiz::requests_left(profile)?;
    profile.read(|tx| {
        let settings = keep::read(tx)?;
        let zone = super::schedule::zone(&settings)?;
        let count = |state: &str| {
            let sql = "SELECT count(*) FROM publications WHERE state = ?1 AND deleted_at IS NULL";
            tx.prepare_cached(sql)?.query_row([state], |row| row.get(0))
        };
        Ok(PublishShown {
            key,
            time_zone: super::schedule::zone_name(&zone),
            settings,
            accounts: list(tx)?,
            asked_at: tx.query_row("SELECT max(seen_at) FROM accounts WHERE gone = 0", [], |row| row.get(0))?,
            requests_left,
            unknown: count("unknown")?,
            failed: count("failed")?,
        })
    })
}

/// The groups of the workspace.
///
/// # Errors
/// [`PublishError::Postiz`].
pub async fn groups(profile: &Profile) -> Result<Vec<Group>, PublishError> {
    Ok(Postiz::of(profile)?.groups().await?)
}

/// Ties the profile to a group, whose accounts are its own then, and no others; or to none.
///
/// # Errors
/// [`PublishError::OfAnotherProfile`] for a group that is another profile's; nothing has changed then.
pub async fn tie(profile: &Profile, group: Option<&str>) -> Result<(), PublishError> {
    let chosen = match group {
        Some(id) => {
            let found = groups(profile).await?.into_iter().find(|one| one.id == id);
            let found = found.ok_or(PublishError::NoGroup)?;
            if !profile.claims().take(Thing::Group(id))? {
                return Err(PublishError::OfAnotherProfile(found.name));
            }
            Some(found)
        }
        None => None,
    };
    let before = keep::settings_of(profile)?;
    if let Some(left) = before.group.filter(|left| Some(left.id.as_str()) != group) {
        profile.claims().let_go(Thing::Group(&left.id))?;
    }
    if chosen.is_some() {
        // What was ticked before is not in the group, unless the group says so.
        for one in profile.read(list)?.iter().filter(|one| one.ticked) {
            profile.claims().let_go(Thing::Account(&one.id))?;
        }
    }
    profile.write::<_, DbError>(|tx| {
        let settings = keep::read(&tx.as_reader())?;
        if chosen.is_some() {
            tx.execute("UPDATE accounts SET ticked = 0, gone = 1", [])?;
        }
        keep::store(tx, &super::model::PublishSettings { group: chosen, ..settings })
    })?;
    refresh(profile).await
}

/// Asks Postiz for the accounts. Those of the profile's group become its own.
///
/// # Errors
/// [`PublishError::Postiz`]; the list stays as it was.
pub async fn refresh(profile: &Profile) -> Result<(), PublishError> {
    let group = keep::settings_of(profile)?.group;
    let found = Postiz::of(profile)?.accounts(group.as_ref().map(|group| group.id.as_str())).await?;
    let mut ours = Vec::new();
    if group.is_some() {
        for one in &found {
            if profile.claims().take(Thing::Account(&one.id))? {
                ours.push(one.id.as_str());
            }
        }
    }
    profile.write::<_, DbError>(|tx| {
        tx.execute("UPDATE accounts SET gone = 1", [])?;
        for one in &found {
            put(tx, one, ours.contains(&one.id.as_str()))?;
        }
        Ok(())
    })?;
    profile.announce(Event::Publishing {});
    Ok(())
}

fn put(tx: &Writer<'_>, one: &Integration, ours: bool) -> Result<(), DbError> {
    tx.prepare_cached(
        "INSERT INTO accounts (id, name, handle, picture, platform, disabled, ticked, seen_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
         ON CONFLICT (id) DO UPDATE SET name = excluded.name, handle = excluded.handle, picture = excluded.picture,
             platform = excluded.platform, disabled = excluded.disabled, gone = 0,
             ticked = max(ticked, excluded.ticked), seen_at = excluded.seen_at",
    )?
    .execute((&one.id, &one.name, &one.profile, &one.picture, &one.identifier, one.disabled, ours, now_ms()))?;
    Ok(())
}

/// Says that an account is this profile's, or no longer.
///
/// # Errors
/// [`PublishError::OfAnotherProfile`]; [`PublishError::NoAccount`].
pub fn tick(profile: &Profile, id: &str, ticked: bool) -> Result<(), PublishError> {
    let one = profile.read(|tx| get(tx, id))?;
    if ticked {
        if one.gone {
            return Err(PublishError::Gone(one.name));
        }
        if !profile.claims().take(Thing::Account(id))? {
            return Err(PublishError::OfAnotherProfile(one.name));
        }
    }
    profile.write::<_, DbError>(|tx| {
        tx.execute("UPDATE accounts SET ticked = ?2 WHERE id = ?1", (id, ticked))?;
        Ok(())
    })?;
    if !ticked {
        // After the row: one that is still ticked here is never free for another profile.
        profile.claims().let_go(Thing::Account(id))?;
    }
    profile.announce(Event::Publishing {});
    Ok(())
}

/// Says what posts to an account are set to; `None` for the profile's defaults.
///
/// # Errors
/// [`PublishError::OtherPlatform`]; [`PublishError::NoAccount`].
pub fn set_settings(profile: &Profile, id: &str, settings: Option<&PostSettings>) -> Result<(), PublishError> {
    let one = profile.read(|tx| get(tx, id))?;
    if settings.is_some_and(|settings| !settings.fits(&one.platform)) {
        return Err(PublishError::OtherPlatform(one.platform));
    }
    let text = settings
        .map(serde_json::to_string)
        .transpose()
        .map_err(|e| rusqlite::Error::ToSqlConversionFailure(Box::new(e)))?;
    profile.write::<_, DbError>(|tx| {
        tx.execute("UPDATE accounts SET settings = ?2 WHERE id = ?1", (id, text))?;
        Ok(())
    })?;
    profile.announce(Event::Publishing {});
    Ok(())
}

/// What posts on this platform are set to when nothing else is said: the profile's, else the program's.
///
/// # Errors
/// [`DbError`].
pub fn defaults(profile: &Profile, platform: &str) -> Result<PostSettings, DbError> {
    let settings = keep::settings_of(profile)?;
    let own = settings.defaults.into_iter().find(|one| one.fits(platform));
    Ok(own.unwrap_or_else(|| PostSettings::of_platform(platform)))
}

/// The accounts with these ids, each of them this profile's and able to take a post.
///
/// # Errors
/// [`PublishError`], naming the first that is not.
pub(super) fn usable(profile: &Profile, ids: &[String]) -> Result<Vec<Account>, PublishError> {
    let found = profile.read(|tx| ids.iter().map(|id| get(tx, id)).collect::<Result<Vec<_>, PublishError>>())?;
    for one in &found {
        if !one.ticked {
            return Err(PublishError::NotTicked(one.name.clone()));
        }
        if one.gone {
            let any = profile.read::<_, DbError>(|tx| Ok(list(tx)?.iter().any(|other| !other.gone)))?;
            return Err(if any { PublishError::Gone(one.name.clone()) } else { PublishError::AskAgain });
        }
        if one.disabled {
            return Err(PublishError::Disabled(one.name.clone()));
        }
        // A database that was put back may hold ticks of another time.
        if !profile.claims().take(Thing::Account(&one.id))? {
            return Err(PublishError::OfAnotherProfile(one.name.clone()));
        }
    }
    Ok(found)
}

/// The key is another one: nobody knows whether it sees the same accounts. They have to be asked for again.
///
/// # Errors
/// [`DbError`].
pub fn key_changed(profile: &Profile) -> Result<(), DbError> {
    profile.write::<_, DbError>(|tx| {
        tx.execute("UPDATE accounts SET gone = 1", [])?;
        Ok(())
    })?;
    profile.announce(Event::Publishing {});
    Ok(())
}
