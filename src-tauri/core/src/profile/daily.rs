//! A copy of the profile's database a day, for the day it is damaged.

use std::path::PathBuf;

use super::Profile;
use super::db::DbError;
use crate::time::now_ms;

/// A copy younger than this will do, milliseconds.
const DAY_MS: i64 = 24 * 60 * 60 * 1000;
/// How many daily copies are kept.
const KEPT: usize = 7;
const LABEL: &str = "daily";

impl Profile {
    /// Copies the database into the `backups` folder unless the last daily copy is younger than a day; gives the copy. The
    /// last seven daily copies are kept; others (made before a migration) are never touched.
    ///
    /// # Errors
    /// [`DbError`]; a copy appears whole or not at all.
    pub fn back_up_daily(&self) -> Result<Option<PathBuf>, DbError> {
        self.back_up_at(now_ms())
    }

    fn back_up_at(&self, now: i64) -> Result<Option<PathBuf>, DbError> {
        let folder = self.root().join("backups");
        let io = |source| DbError::Io { path: folder.clone(), source };
        let mut daily: Vec<(i64, PathBuf)> = Vec::new();
        for entry in std::fs::read_dir(&folder).map_err(io)? {
            let path = entry.map_err(io)?.path();
            let name = path.file_name().and_then(|n| n.to_str()).unwrap_or_default();
            let at = name.strip_prefix("profile-daily-").and_then(|n| n.strip_suffix(".sqlite"));
            if let Some(at) = at.and_then(|at| at.parse().ok()) {
                daily.push((at, path));
            }
        }
        daily.sort();
        if daily.last().is_some_and(|(at, _)| now - at < DAY_MS) {
            return Ok(None);
        }
        let made = self.inner.db.copy(&folder, LABEL)?;
        // One was just made, so one fewer of the old ones stays.
        for (_, old) in daily.iter().rev().skip(KEPT - 1) {
            std::fs::remove_file(old).map_err(io)?;
        }
        Ok(Some(made))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testkit::bench;

    #[test]
    fn there_is_one_copy_a_day_and_the_last_seven_are_kept() {
        let bench = bench();
        let folder = bench.profile.root().join("backups");
        let first = bench.profile.back_up_daily().unwrap().unwrap();
        assert!(first.starts_with(&folder) && bench.profile.back_up_daily().unwrap().is_none());
        let other = folder.join("profile-schema1-5.sqlite");
        std::fs::write(&other, "x").unwrap();
        for day in 1..=9 {
            std::fs::write(folder.join(format!("profile-daily-{day}.sqlite")), "x").unwrap();
        }
        std::fs::remove_file(&first).unwrap();
        bench.profile.back_up_daily().unwrap().unwrap();
        let names: Vec<String> =
            std::fs::read_dir(&folder).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
        assert_eq!(names.iter().filter(|n| n.starts_with("profile-daily-")).count(), KEPT);
        assert!(other.exists() && !names.contains(&"profile-daily-3.sqlite".to_owned()));
    }
}
