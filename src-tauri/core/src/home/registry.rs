//! The list of profiles: create, rename, colour, default, last used, delete.

use rusqlite::{OptionalExtension, Row};

use super::{Home, HomeError, ProfileInfo};
use crate::ids::ProfileId;
use crate::profile::Profile;
use crate::profile::db::DbError;
use crate::profile::settings::{self, Key};
use crate::time::now_ms;

/// The profile colours, by name. A new profile gets the one used least so far.
pub const COLOURS: [&str; 8] = ["coral", "amber", "lime", "green", "teal", "blue", "violet", "pink"];

/// Kept inside the profile too, so that a folder put back from the trash knows its name.
pub(super) const IDENTITY: Key<(String, String)> = Key::new("identity");
const DEFAULT: &str = "default_profile";
pub(super) const FIRST_NAME: &str = "My brand";

pub(super) fn checked(name: &str) -> Result<String, HomeError> {
    let name = name.trim();
    let length = name.chars().count();
    if length == 0 || length > 300 || name.chars().any(char::is_control) {
        return Err(HomeError::BadName);
    }
    Ok(name.to_owned())
}

impl Home {
    fn row(&self, row: &Row<'_>, default: Option<ProfileId>) -> rusqlite::Result<ProfileInfo> {
        let id: ProfileId = row.get(0)?;
        Ok(ProfileInfo {
            id,
            name: row.get(1)?,
            colour: row.get(2)?,
            default: default == Some(id),
            created_at: row.get(3)?,
            used_at: row.get(4)?,
            missing: !self.folder_of(id).join("profile.sqlite").is_file(),
        })
    }

    /// All profiles, the last used first.
    ///
    /// # Errors
    /// [`HomeError::Db`].
    pub fn profiles(&self) -> Result<Vec<ProfileInfo>, HomeError> {
        let default = self.default_id()?;
        self.read(|tx| {
            let mut query = tx.prepare_cached(
                "SELECT id, name, colour, created_at, used_at FROM profiles ORDER BY used_at DESC, id DESC",
            )?;
            let list = query.query_map([], |r| self.row(r, default))?.collect::<Result<_, _>>()?;
            Ok(list)
        })
    }

    /// One profile of the list.
    ///
    /// # Errors
    /// [`HomeError::NotFound`].
    pub fn info(&self, id: ProfileId) -> Result<ProfileInfo, HomeError> {
        let found = self.profiles()?.into_iter().find(|p| p.id == id);
        found.ok_or_else(|| HomeError::NotFound(id.to_string()))
    }

    /// The profile with this id or name (letter case aside).
    ///
    /// # Errors
    /// [`HomeError::NotFound`].
    pub fn find(&self, id_or_name: &str) -> Result<ProfileInfo, HomeError> {
        let wanted = id_or_name.trim().to_lowercase();
        let found =
            self.profiles()?.into_iter().find(|p| p.id.to_string() == wanted || p.name.to_lowercase() == wanted);
        found.ok_or_else(|| HomeError::NotFound(id_or_name.to_owned()))
    }

    /// The profile to work in when none is named: the default, else the last used, else a new first one. Missing ones
    /// are passed over. It counts as used.
    ///
    /// # Errors
    /// [`HomeError`] when it cannot be opened.
    pub fn current(&self) -> Result<Profile, HomeError> {
        let profiles = self.profiles()?;
        let chosen = profiles.iter().find(|p| p.default && !p.missing).or_else(|| profiles.iter().find(|p| !p.missing));
        let id = match chosen {
            Some(info) => info.id,
            None => self.create(&self.free_name(FIRST_NAME)?, None)?.id,
        };
        self.enter(id)
    }

    /// Opens the profile and remembers that it was the last one used.
    ///
    /// # Errors
    /// As [`Home::profile`].
    pub fn enter(&self, id: ProfileId) -> Result<Profile, HomeError> {
        let profile = self.profile(id)?;
        self.inner.app.write::<_, HomeError>(|tx| {
            // Never equal, so that two in the same millisecond still have an order.
            tx.execute(
                "UPDATE profiles SET used_at = max(?2, (SELECT max(used_at) + 1 FROM profiles)) WHERE id = ?1",
                (id, now_ms()),
            )?;
            Ok(())
        })?;
        Ok(profile)
    }

    /// Makes a profile: its folder first, then its place in the list.
    ///
    /// # Errors
    /// [`HomeError::BadName`], [`HomeError::NameTaken`], [`HomeError::BadColour`].
    pub fn create(&self, name: &str, colour: Option<&str>) -> Result<ProfileInfo, HomeError> {
        let name = checked(name)?;
        let colour = match colour {
            Some(colour) => known_colour(colour)?,
            None => self.least_used_colour()?,
        };
        if self.find(&name).is_ok() {
            return Err(HomeError::NameTaken(name));
        }
        let id = ProfileId::new();
        let profile = self.assemble(id)?;
        profile.write::<_, DbError>(|tx| settings::set(tx, &IDENTITY, &(name.clone(), colour.clone())))?;
        self.list_it(id, &name, &colour)?;
        tracing::info!(profile = %id, "profile made");
        self.info(id)
    }

    pub(super) fn list_it(&self, id: ProfileId, name: &str, colour: &str) -> Result<(), HomeError> {
        let now = now_ms();
        self.inner.app.write::<_, HomeError>(|tx| {
            let added = tx.execute(
                "INSERT INTO profiles (id, name, colour, created_at, used_at) VALUES (?1, ?2, ?3, ?4, ?4)
                 ON CONFLICT DO NOTHING",
                (id, name, colour, now),
            )?;
            // Another process may have found the folder and listed it a moment ago.
            let listed: bool =
                tx.query_row("SELECT EXISTS (SELECT 1 FROM profiles WHERE id = ?1)", [id], |r| r.get(0))?;
            if added == 0 && !listed { Err(HomeError::NameTaken(name.to_owned())) } else { Ok(()) }
        })
    }

    /// Gives it another name.
    ///
    /// # Errors
    /// As [`Home::create`], and [`HomeError::NotFound`].
    pub fn rename(&self, id: ProfileId, name: &str) -> Result<ProfileInfo, HomeError> {
        let name = checked(name)?;
        if self.profiles()?.iter().any(|p| p.id != id && p.name.to_lowercase() == name.to_lowercase()) {
            return Err(HomeError::NameTaken(name));
        }
        let colour = self.info(id)?.colour;
        self.identify(id, &name, &colour)
    }

    /// Gives it another colour.
    ///
    /// # Errors
    /// [`HomeError::BadColour`], [`HomeError::NotFound`].
    pub fn recolour(&self, id: ProfileId, colour: &str) -> Result<ProfileInfo, HomeError> {
        let colour = known_colour(colour)?;
        let name = self.info(id)?.name;
        self.identify(id, &name, &colour)
    }

    fn identify(&self, id: ProfileId, name: &str, colour: &str) -> Result<ProfileInfo, HomeError> {
        let profile = self.profile(id)?;
        self.inner.app.write::<_, HomeError>(|tx| {
            tx.execute("UPDATE profiles SET name = ?2, colour = ?3 WHERE id = ?1", (id, name, colour))?;
            Ok(())
        })?;
        profile.write::<_, DbError>(|tx| settings::set(tx, &IDENTITY, &(name.to_owned(), colour.to_owned())))?;
        self.info(id)
    }

    /// Opened when no other is asked for, from now on.
    ///
    /// # Errors
    /// [`HomeError::NotFound`].
    pub fn set_default(&self, id: ProfileId) -> Result<ProfileInfo, HomeError> {
        self.info(id)?;
        self.inner.app.write::<_, HomeError>(|tx| {
            tx.execute(
                "INSERT INTO settings (name, value) VALUES (?1, json_quote(?2))
                 ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                (DEFAULT, id),
            )?;
            Ok(())
        })?;
        self.info(id)
    }

    fn default_id(&self) -> Result<Option<ProfileId>, HomeError> {
        self.read(|tx| {
            let id = tx
                .prepare_cached("SELECT json_extract(value, '$') FROM settings WHERE name = ?1")?
                .query_row([DEFAULT], |r| r.get(0))
                .optional()?;
            Ok(id)
        })
    }

    /// Deletes a profile: its keyring entries, then its folder (to the operating system's trash), then its place in the
    /// list. A profile whose jobs are running is refused.
    ///
    /// # Errors
    /// [`HomeError::Busy`], [`HomeError::Trash`]; nothing of its files is lost then.
    pub fn delete(&self, id: ProfileId) -> Result<(), HomeError> {
        let info = self.info(id)?;
        let folder = self.folder_of(id);
        if !info.missing {
            match self.profile(id) {
                Ok(profile) => {
                    let _runner = profile.lock_runner()?;
                    crate::credentials::remove_all(&profile)?;
                }
                // Newer or damaged: it can still be put in the trash, where nothing is lost.
                Err(HomeError::Db(error)) => tracing::warn!(profile = %id, %error, "deleting a profile unread"),
                Err(error) => return Err(error),
            }
            trash::delete(&folder).map_err(|source| HomeError::Trash { folder: folder.clone(), source })?;
        }
        self.inner.open.lock().unwrap_or_else(std::sync::PoisonError::into_inner).remove(&id);
        self.inner.app.write::<_, HomeError>(|tx| {
            tx.execute("DELETE FROM profiles WHERE id = ?1", [id])?;
            tx.execute("DELETE FROM settings WHERE name = ?1 AND json_extract(value, '$') = ?2", (DEFAULT, id))?;
            Ok(())
        })?;
        tracing::info!(profile = %id, "profile deleted");
        Ok(())
    }

    /// Lists profiles whose folder is there but which the list does not know: put back from the trash, or made just
    /// before a crash.
    pub(super) fn adopt_unlisted(&self) -> Result<(), HomeError> {
        let folder = self.inner.root.join("profiles");
        let listed: Vec<ProfileId> = self.profiles()?.into_iter().map(|p| p.id).collect();
        let entries = std::fs::read_dir(&folder).map_err(crate::profile::media::MediaError::io("read", &folder))?;
        for entry in entries.flatten() {
            let Some(id) = entry.file_name().to_str().and_then(|n| n.parse::<ProfileId>().ok()) else { continue };
            if listed.contains(&id) || !entry.path().join("profile.sqlite").is_file() {
                continue;
            }
            match self.assemble(id) {
                Ok(profile) => {
                    let identity = profile.read::<_, DbError>(|tx| settings::get(tx, &IDENTITY))?;
                    // One without a name is still being made by another process.
                    let Some((name, colour)) = identity else { continue };
                    self.list_it(id, &self.free_name(&name)?, &colour)?;
                    tracing::info!(profile = %id, "a profile that was not listed is listed again");
                }
                Err(error) => tracing::warn!(profile = %id, %error, "an unlisted profile could not be read"),
            }
        }
        Ok(())
    }

    pub(super) fn free_name(&self, name: &str) -> Result<String, HomeError> {
        let taken: Vec<String> = self.profiles()?.into_iter().map(|p| p.name.to_lowercase()).collect();
        let mut candidates = std::iter::once(name.to_owned()).chain((2..).map(|n| format!("{name} {n}")));
        Ok(candidates.find(|c| !taken.contains(&c.to_lowercase())).unwrap_or_else(|| name.to_owned()))
    }

    pub(super) fn least_used_colour(&self) -> Result<String, HomeError> {
        let used: Vec<String> = self.profiles()?.into_iter().map(|p| p.colour).collect();
        let count = |colour: &str| used.iter().filter(|u| *u == colour).count();
        let least = COLOURS.into_iter().min_by_key(|c| count(c)).unwrap_or(COLOURS[0]);
        Ok(least.to_owned())
    }
}

fn known_colour(colour: &str) -> Result<String, HomeError> {
    let colour = colour.trim().to_lowercase();
    if COLOURS.contains(&colour.as_str()) { Ok(colour) } else { Err(HomeError::BadColour(colour)) }
}
