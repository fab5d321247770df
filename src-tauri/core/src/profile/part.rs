//! A file appears whole or not at all: written as `.part` beside its goal, synced, renamed.

use std::fs::File;
use std::path::{Path, PathBuf};

use super::media::MediaError;

/// A file on its way. Dropped without [`PartFile::commit`], it is removed.
#[derive(Debug)]
pub struct PartFile {
    goal: PathBuf,
    part: PathBuf,
    done: bool,
}

impl PartFile {
    /// Starts one beside `goal`, in the same folder so that the rename is atomic. Parent folders are made.
    pub(crate) fn beside(goal: &Path) -> Result<Self, MediaError> {
        if let Some(parent) = goal.parent() {
            std::fs::create_dir_all(parent).map_err(MediaError::io("made", parent))?;
        }
        // A name of its own for each try: what a killed process left, or still writes, is never mistaken for ours.
        let part = goal.with_file_name(format!(".{}.part", uuid::Uuid::now_v7()));
        Ok(Self { goal: goal.to_owned(), part, done: false })
    }

    /// Where to write.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.part
    }

    /// Where it will appear.
    #[must_use]
    pub fn goal(&self) -> &Path {
        &self.goal
    }

    /// Writes all of it and commits.
    ///
    /// # Errors
    /// [`MediaError::Io`]; nothing is left behind then.
    pub fn write(self, bytes: &[u8]) -> Result<(), MediaError> {
        std::fs::write(&self.part, bytes).map_err(MediaError::io("written", &self.goal))?;
        self.commit()
    }

    /// Syncs the file to the disk and gives it its name, replacing what was there.
    ///
    /// # Errors
    /// [`MediaError::Io`]; what stood under the name before is untouched then.
    pub fn commit(self) -> Result<(), MediaError> {
        let goal = self.goal.clone();
        self.commit_as(&goal)
    }

    /// As [`Self::commit`], under another name in the same folder: for names that are known only after writing.
    ///
    /// # Errors
    /// As [`Self::commit`].
    pub(crate) fn commit_as(mut self, goal: &Path) -> Result<(), MediaError> {
        let sync = || -> std::io::Result<()> {
            File::options().write(true).open(&self.part)?.sync_all()?;
            std::fs::rename(&self.part, goal)?;
            #[cfg(unix)]
            if let Some(parent) = goal.parent() {
                File::open(parent)?.sync_all()?;
            }
            Ok(())
        };
        sync().map_err(MediaError::io("written", goal))?;
        self.done = true;
        Ok(())
    }
}

impl Drop for PartFile {
    fn drop(&mut self) {
        if self.done {
            return;
        }
        match std::fs::remove_file(&self.part) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                tracing::warn!(%error, path = %self.part.display(), "an unfinished file was left behind");
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_appears_only_on_commit() {
        let dir = tempfile::tempdir().unwrap();
        let goal = dir.path().join("sub/clip.mp4");
        let part = PartFile::beside(&goal).unwrap();
        std::fs::write(part.path(), b"half").unwrap();
        assert!(!goal.exists());
        drop(part);
        assert_eq!(std::fs::read_dir(dir.path().join("sub")).unwrap().count(), 0);
        PartFile::beside(&goal).unwrap().write(b"whole").unwrap();
        assert_eq!(std::fs::read(&goal).unwrap(), b"whole");
        assert_eq!(std::fs::read_dir(dir.path().join("sub")).unwrap().count(), 1);
    }
}
