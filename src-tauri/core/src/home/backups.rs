//! Copies of a profile's database: the ones there are, making one a day, and putting one back.
//!
//! Nothing is ever lost by putting one back: what was in its place is kept beside the copies, and money that was spent
//! since stays spent.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Home, HomeError, ProfileInfo, profile_migrations};
use crate::ids::ProfileId;
use crate::profile::daily;
use crate::profile::db::{self, Db, DbError};
use crate::profile::lock::RunnerLock;
use crate::profile::media::MediaError;
use crate::profile::part::PartFile;
use crate::time::now_ms;
use crate::{budget, credentials};

/// A copy of a profile's database.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Backup {
    /// Its file name in the profile's `backups` folder.
    pub name: String,
    /// When it was made, UTC milliseconds.
    pub at: i64,
    /// Its size.
    pub bytes: u64,
}

const DATABASE: &str = "profile.sqlite";
/// What SQLite may keep beside a database.
const BESIDE: [&str; 2] = ["-wal", "-shm"];

impl Home {
    fn backups_of(&self, id: ProfileId) -> PathBuf {
        self.folder_of(id).join("backups")
    }

    /// The copies of a profile's database, the newest first. The profile need not open.
    ///
    /// # Errors
    /// [`HomeError::NotFound`]; [`HomeError::Media`] when the folder cannot be read.
    pub fn backups(&self, id: ProfileId) -> Result<Vec<Backup>, HomeError> {
        self.info(id)?;
        let folder = self.backups_of(id);
        let entries = match std::fs::read_dir(&folder) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
            entries => entries.map_err(MediaError::io("read", &folder))?,
        };
        let mut all = Vec::new();
        for entry in entries {
            let entry = entry.map_err(MediaError::io("read", &folder))?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let Some(at) = made_at(&name) else { continue };
            let bytes = entry.metadata().map_err(MediaError::io("read", &entry.path()))?.len();
            all.push(Backup { name, at, bytes });
        }
        all.sort_by_key(|b| std::cmp::Reverse(b.at));
        Ok(all)
    }

    /// Copies a profile's database now, whether it changed or not.
    ///
    /// # Errors
    /// As [`Home::profile`]; [`HomeError::Db`] when there is no room.
    pub fn back_up(&self, id: ProfileId) -> Result<Backup, HomeError> {
        let made = self.profile(id)?.back_up_now()?;
        let name = made.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let bytes = made.metadata().map_err(MediaError::io("read", &made))?.len();
        Ok(Backup { at: made_at(&name).unwrap_or_else(now_ms), name, bytes })
    }

    /// Puts a copy in the place of a profile's database. What is there now is moved into the `backups` folder first, with
    /// its write-ahead log. The profile must not be open anywhere.
    ///
    /// # Errors
    /// [`HomeError::NoBackup`]; [`HomeError::Open`] while a window or a job of this process has the profile;
    /// [`HomeError::Busy`] while another process runs its jobs; [`HomeError::Db`] when the copy itself is damaged or
    /// newer than this program. The profile is as it was then.
    pub fn restore(&self, id: ProfileId, backup: &str) -> Result<ProfileInfo, HomeError> {
        let info = self.info(id)?;
        let known = self.backups(id)?;
        // A name from the list, so that no path gets in.
        let chosen = known.iter().find(|b| b.name == backup);
        let chosen = chosen.ok_or_else(|| HomeError::NoBackup(backup.to_owned()))?;
        // Held to the end: nobody opens the profile meanwhile.
        let open = self.inner.open.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if open.get(&id).is_some_and(|inner| inner.strong_count() > 0) {
            return Err(HomeError::Open(info.name));
        }
        let root = self.folder_of(id);
        let _runner = RunnerLock::take(&root, &self.inner.host.process_name)?;
        let from = self.backups_of(id).join(&chosen.name);
        let goal = root.join(DATABASE);
        let part = PartFile::beside(&goal)?;
        prepare(&from, chosen.at, &goal, part.path())?;
        swap(part, &self.backups_of(id))?;
        tracing::info!(profile = %id, backup, "a backup was put back");
        drop(open);
        self.profile(id)?;
        self.info(id)
    }
}

/// When a copy was made, by its name: `profile-…-<UTC ms>.sqlite`, compressed with `.zst` behind it.
fn made_at(name: &str) -> Option<i64> {
    let name = name.strip_prefix("profile-")?;
    let name = name.strip_suffix(daily::COMPRESSED).or_else(|| name.strip_suffix(daily::PLAIN))?;
    name.rsplit('-').next()?.parse().ok()
}

/// Makes of a copy what takes the place of the database in use: brought to this version, and with what does not go back
/// in time (what was paid since, limits, what is said of keys).
fn prepare(copy: &Path, copied_at: i64, in_use: &Path, to: &Path) -> Result<(), HomeError> {
    let (migrations, schema) = profile_migrations();
    let desk = tempfile::Builder::new().prefix(".restore-").tempdir_in(to.parent().unwrap_or(to));
    let desk = desk.map_err(MediaError::io("made", to))?;
    let file = desk.path().join(DATABASE);
    daily::unfold(copy, &file)?;
    // A database that was set aside after a crash has its last changes beside it.
    let beside = |file: &Path| {
        let mut name = file.as_os_str().to_owned();
        name.push(BESIDE[0]);
        PathBuf::from(name)
    };
    match std::fs::copy(beside(copy), beside(&file)) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            return Err(MediaError::io("copied", copy)(error).into());
        }
        _ => {}
    }
    db::check(&file, schema)?;
    let made = Db::open(&file, desk.path(), &migrations, schema)?;
    let carried = Db::as_it_is(in_use).and_then(|in_use| {
        in_use.read(|from| {
            made.write(|to| {
                credentials::carry(from, to)?;
                budget::carry(from, to)
            })
        })
    });
    let sound = db::check(in_use, schema);
    match (&carried, &sound) {
        (Ok(calls), Ok(())) => tracing::info!(calls, "what was paid is taken over from the database in use"),
        // A database of a later version is sound, and its books were read.
        (Ok(_), Err(DbError::Newer { .. })) => {}
        _ => {
            tracing::warn!(
                ?carried,
                ?sound,
                "the database in use cannot be trusted; what was paid since may be missing"
            );
            made.write(|to| budget::note_lost(to, copied_at))?;
        }
    }
    // What the server has counts once more when somebody links it again; until then nothing there undoes this.
    made.write::<_, DbError>(|tx| {
        crate::publish::doubt(tx)?;
        crate::sync::forget(tx)
    })?;
    // Closed, all of it is in the one file.
    drop(made);
    std::fs::copy(&file, to).map_err(MediaError::io("copied", &file))?;
    Ok(db::check(to, schema)?)
}

/// Puts the new file in the place of the database, which is kept. Where the database is one file, there is never a moment
/// without one.
fn swap(part: PartFile, backups: &Path) -> Result<(), MediaError> {
    let goal = part.goal().to_owned();
    let lone = BESIDE.iter().all(|ending| !goal.with_file_name(format!("{DATABASE}{ending}")).exists());
    if goal.is_file() && lone {
        let kept = PartFile::beside(&backups.join(format!("profile-replaced-{}.sqlite", now_ms())))?;
        std::fs::copy(&goal, kept.path()).map_err(MediaError::io("copied", &goal))?;
        kept.commit()?;
    } else {
        set_aside(&goal, backups)?;
    }
    part.commit()
}

/// Moves a database and what belongs to it into the folder of copies.
fn set_aside(database: &Path, backups: &Path) -> Result<(), MediaError> {
    let stem = format!("profile-replaced-{}.sqlite", now_ms());
    for ending in BESIDE.iter().chain(&[""]) {
        let from = database.with_file_name(format!("{DATABASE}{ending}"));
        let to = backups.join(format!("{stem}{ending}"));
        match std::fs::rename(&from, &to) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(MediaError::io("moved", &from)(error));
            }
            _ => {}
        }
    }
    Ok(())
}

#[cfg(test)]
#[path = "backups_tests.rs"]
mod tests;
