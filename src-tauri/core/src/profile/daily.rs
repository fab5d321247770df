//! Copies of the profile's database over time, for the day it is damaged: one a day while something changes, compressed;
//! the last ones of days and of weeks are kept.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Profile;
use super::db::DbError;
use super::part::PartFile;
use super::settings::{self, Key};
use crate::profile::media::MediaError;
use crate::time::now_ms;

/// A copy younger than this will do, milliseconds.
const DAY_MS: i64 = 24 * 60 * 60 * 1000;
const WEEK_MS: i64 = 7 * DAY_MS;
/// How copies that are made by themselves are called; they alone are ever removed.
const DAILY: &str = "profile-daily-";
/// Copies a person asked for.
const BY_HAND: &str = "profile-asked-";
pub(crate) const PLAIN: &str = ".sqlite";
/// Compressed with zstd.
pub(crate) const COMPRESSED: &str = ".sqlite.zst";
/// More of a database's copies than this nobody looks through.
const MOST: u32 = 366;
const KEEP: Key<Keep> = Key::new("backups");

/// Which of the copies that are made by themselves are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Keep {
    /// The last copies of days, this many. At least 1.
    pub daily: u32,
    /// Before those, the last copies of weeks, this many.
    pub weekly: u32,
}

impl Default for Keep {
    fn default() -> Self {
        Self { daily: 7, weekly: 4 }
    }
}

/// Which of these copies (their times) are kept.
fn kept(times: &[i64], keep: Keep) -> BTreeSet<i64> {
    let mut newest_first = times.to_vec();
    newest_first.sort_unstable_by_key(|at| std::cmp::Reverse(*at));
    let (days, older) = newest_first.split_at(newest_first.len().min(keep.daily.max(1) as usize));
    let mut kept: BTreeSet<i64> = days.iter().copied().collect();
    let mut weeks: BTreeSet<i64> = BTreeSet::new();
    for at in older {
        if weeks.len() >= keep.weekly as usize {
            break;
        }
        if weeks.insert(at.div_euclid(WEEK_MS)) {
            kept.insert(*at);
        }
    }
    kept
}

impl Profile {
    /// Which copies are kept.
    ///
    /// # Errors
    /// [`DbError`].
    pub fn keep(&self) -> Result<Keep, DbError> {
        self.read(|tx| Ok(settings::get(tx, &KEEP)?.unwrap_or_default()))
    }

    /// Says which copies are kept from the next one on; gives it as it is stored.
    ///
    /// # Errors
    /// [`DbError`].
    pub fn set_keep(&self, keep: Keep) -> Result<Keep, DbError> {
        let keep = Keep { daily: keep.daily.clamp(1, MOST), weekly: keep.weekly.min(MOST) };
        self.write::<_, DbError>(|tx| settings::set(tx, &KEEP, &keep))?;
        Ok(keep)
    }

    /// Copies the database into the `backups` folder unless that was looked at within a day, or nothing changed since the
    /// last copy; gives the copy. Copies that are not kept any more ([`Keep`]) are removed; others than daily ones (made
    /// before a migration, set aside, asked for) are never touched.
    ///
    /// # Errors
    /// [`DbError`]; a copy appears whole or not at all.
    pub fn back_up_daily(&self) -> Result<Option<PathBuf>, DbError> {
        self.back_up_at(now_ms())
    }

    /// Copies the database into the `backups` folder now.
    ///
    /// # Errors
    /// [`DbError`]; a copy appears whole or not at all.
    pub fn back_up_now(&self) -> Result<PathBuf, DbError> {
        Ok(self.back_up(BY_HAND, now_ms(), None)?.unwrap_or_default())
    }

    /// A copy of the database at a place where there is none.
    pub(crate) fn snapshot(&self, to: &Path) -> Result<(), DbError> {
        self.inner.db.copy_to(to)
    }

    fn back_up_at(&self, now: i64) -> Result<Option<PathBuf>, DbError> {
        let mut daily = self.dailies()?;
        daily.sort();
        let last = daily.last();
        if let Some((at, path)) = last
            && (now - at < DAY_MS || looked_at(path).is_some_and(|age| age < Duration::from_hours(24)))
        {
            return Ok(None);
        }
        let Some(made) = self.back_up(DAILY, now, last.map(|(_, path)| path.as_path()))? else { return Ok(None) };
        daily.push((now, made.clone()));
        let times: Vec<i64> = daily.iter().map(|(at, _)| *at).collect();
        let kept = kept(&times, self.keep()?);
        for (_, old) in daily.iter().filter(|(at, _)| !kept.contains(at)) {
            std::fs::remove_file(old).map_err(io(old))?;
        }
        Ok(Some(made))
    }

    /// The copies that were made by themselves, with their times.
    fn dailies(&self) -> Result<Vec<(i64, PathBuf)>, DbError> {
        let folder = self.root().join("backups");
        let mut daily = Vec::new();
        for entry in std::fs::read_dir(&folder).map_err(io(&folder))? {
            let path = entry.map_err(io(&folder))?.path();
            let name = path.file_name().and_then(|n| n.to_str()).unwrap_or_default();
            let rest = name.strip_prefix(DAILY);
            let at = rest.and_then(|n| n.strip_suffix(COMPRESSED).or_else(|| n.strip_suffix(PLAIN)));
            if let Some(at) = at.and_then(|at| at.parse().ok()) {
                daily.push((at, path));
            }
        }
        Ok(daily)
    }

    /// Makes a compressed copy. With `last`, none when the two are the same; that this was seen is noted on `last`.
    fn back_up(&self, label: &str, now: i64, last: Option<&Path>) -> Result<Option<PathBuf>, DbError> {
        let folder = self.root().join("backups");
        let desk = tempfile::Builder::new().prefix("copy-").tempdir_in(self.root().join("tmp")).map_err(io(&folder))?;
        let plain = desk.path().join("profile.sqlite");
        self.snapshot(&plain)?;
        if let Some(last) = last
            && same(last, &plain).map_err(io(last))?
        {
            File::options()
                .append(true)
                .open(last)
                .and_then(|f| f.set_modified(SystemTime::now()))
                .map_err(io(last))?;
            return Ok(None);
        }
        let goal = folder.join(format!("{label}{now}{COMPRESSED}"));
        let part = PartFile::beside(&goal).map_err(of_media(&goal))?;
        let compress = || -> std::io::Result<()> {
            let mut encoder = zstd::Encoder::new(File::create(part.path())?, 0)?;
            encoder.include_checksum(true)?;
            std::io::copy(&mut File::open(&plain)?, &mut encoder)?;
            encoder.finish()?.flush()
        };
        compress().map_err(io(&goal))?;
        part.commit().map_err(of_media(&goal))?;
        Ok(Some(goal))
    }
}

/// Writes a copy's database to a place where there is none.
pub(crate) fn unfold(copy: &Path, to: &Path) -> Result<(), MediaError> {
    let read = || -> std::io::Result<()> {
        if is_compressed(copy) {
            let mut from = zstd::Decoder::new(File::open(copy)?)?;
            std::io::copy(&mut from, &mut File::create_new(to)?)?;
        } else {
            std::fs::copy(copy, to)?;
        }
        Ok(())
    };
    read().map_err(MediaError::io("copied", copy))
}

fn is_compressed(path: &Path) -> bool {
    path.to_string_lossy().ends_with(COMPRESSED)
}

fn io(path: &Path) -> impl FnOnce(std::io::Error) -> DbError {
    let path = path.to_owned();
    move |source| DbError::Io { path, source }
}

fn of_media(path: &Path) -> impl FnOnce(MediaError) -> DbError {
    let path = path.to_owned();
    move |error| match error {
        MediaError::Io { path, source, .. } => DbError::Io { path, source },
        other @ MediaError::Outside(_) => DbError::Io { path, source: std::io::Error::other(other.to_string()) },
    }
}

/// How long ago a copy was seen to be the same as the database.
fn looked_at(copy: &Path) -> Option<Duration> {
    let at = copy.metadata().and_then(|meta| meta.modified()).ok()?;
    SystemTime::now().duration_since(at).ok()
}

/// Whether two databases hold the same. Their headers count the changes of the file (offsets 24 and 92 to 99, SQLite's file
/// format 1.3.7 and 1.3.19), which a copy may count anew.
fn same(copy: &Path, plain: &Path) -> std::io::Result<bool> {
    let copied = if is_compressed(copy) {
        match content(&mut zstd::Decoder::new(File::open(copy)?)?) {
            Ok(hash) => hash,
            // A copy that cannot be read is no copy.
            Err(error) => {
                tracing::warn!(%error, copy = %copy.display(), "a backup cannot be read; another is made");
                return Ok(false);
            }
        }
    } else {
        content(&mut File::open(copy)?)?
    };
    Ok(copied == content(&mut File::open(plain)?)?)
}

fn content(from: &mut dyn Read) -> std::io::Result<blake3::Hash> {
    let mut head = Vec::new();
    from.take(100).read_to_end(&mut head)?;
    for range in [24..28, 92..100] {
        if let Some(counters) = head.get_mut(range) {
            counters.fill(0);
        }
    }
    let mut hasher = blake3::Hasher::new();
    hasher.update(&head);
    hasher.update_reader(from)?;
    Ok(hasher.finalize())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::settings::Key;
    use crate::testkit::bench;

    fn change(profile: &Profile, to: i64) {
        profile.write::<_, DbError>(|tx| settings::set(tx, &Key::<i64>::new("counted"), &to)).unwrap();
    }

    fn names(profile: &Profile) -> Vec<String> {
        let entries = std::fs::read_dir(profile.root().join("backups")).unwrap();
        entries.map(|e| e.unwrap().file_name().into_string().unwrap()).collect()
    }

    #[test]
    fn there_is_one_copy_a_day_and_none_when_nothing_changed() {
        let bench = bench();
        let now = now_ms();
        let first = bench.profile.back_up_at(now).unwrap().unwrap();
        assert!(bench.profile.back_up_at(now + DAY_MS / 2).unwrap().is_none());
        let age = |path: &Path, age| {
            let at = SystemTime::now() - age;
            File::options().append(true).open(path).unwrap().set_modified(at).unwrap();
        };
        age(&first, Duration::from_hours(48));
        assert!(bench.profile.back_up_at(now + 2 * DAY_MS).unwrap().is_none(), "nothing changed");
        change(&bench.profile, 1);
        assert!(bench.profile.back_up_at(now + 2 * DAY_MS).unwrap().is_none(), "it was looked at a moment ago");
        age(&first, Duration::from_hours(25));
        let second = bench.profile.back_up_at(now + 3 * DAY_MS).unwrap().unwrap();
        assert!(first.exists() && second.exists());
    }

    #[test]
    fn a_copy_that_cannot_be_read_does_not_count_as_the_same() {
        let bench = bench();
        let first = bench.profile.back_up_at(1).unwrap().unwrap();
        let bytes = std::fs::read(&first).unwrap();
        std::fs::write(&first, &bytes[..bytes.len() / 2]).unwrap();
        let old = SystemTime::now() - Duration::from_hours(48);
        File::options().append(true).open(&first).unwrap().set_modified(old).unwrap();
        assert!(bench.profile.back_up_at(2 * DAY_MS).unwrap().is_some());
    }

    #[test]
    fn the_last_days_and_weeks_are_kept_and_what_was_asked_for_or_made_before_a_migration_stays() {
        let bench = bench();
        let folder = bench.profile.root().join("backups");
        bench.profile.set_keep(Keep { daily: 2, weekly: 1 }).unwrap();
        let asked = bench.profile.back_up_now().unwrap();
        let other = folder.join("profile-schema1-5.sqlite");
        std::fs::write(&other, "x").unwrap();
        for day in 1..=9 {
            std::fs::write(folder.join(format!("{DAILY}{}.sqlite", day * DAY_MS)), "x").unwrap();
        }
        for path in std::fs::read_dir(&folder).unwrap().map(|e| e.unwrap().path()) {
            let old = SystemTime::now() - Duration::from_hours(48);
            File::options().append(true).open(path).unwrap().set_modified(old).unwrap();
        }
        bench.profile.back_up_at(30 * DAY_MS).unwrap().unwrap();
        let mut daily: Vec<String> = names(&bench.profile).into_iter().filter(|n| n.starts_with(DAILY)).collect();
        daily.sort();
        let name = |day: i64, ending| format!("{DAILY}{}{ending}", day * DAY_MS);
        let mut wanted = [name(30, COMPRESSED), name(9, PLAIN), name(8, PLAIN)];
        wanted.sort();
        assert_eq!(daily, wanted);
        assert!(other.exists() && asked.exists());
    }

    #[test]
    fn of_the_older_ones_the_last_of_each_week_is_kept() {
        let times: Vec<i64> = (0..40).map(|day| day * DAY_MS).collect();
        let kept: Vec<i64> = kept(&times, Keep::default()).into_iter().map(|at| at / DAY_MS).collect();
        assert_eq!(kept, [13, 20, 27, 32, 33, 34, 35, 36, 37, 38, 39]);
        assert_eq!(super::kept(&[1], Keep { daily: 0, weekly: 0 }).len(), 1, "the last one always is");
    }
}
