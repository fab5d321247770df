//! Paths inside a profile, and the one folder that turns them into real ones.
//!
//! [`MediaPath`] is relative, has no `..`, and is UTF-8 because we name every file inside a profile ourselves. A
//! user's own odd file name is kept as a display name in the database, never as a path.

use std::fmt;
use std::path::{Component, Path, PathBuf};

use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, ValueRef};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::part::PartFile;
use crate::error::{Code, Explain};
use crate::ids::JobId;

/// Why a path was refused or a file could not be reached.
#[derive(Debug, thiserror::Error)]
pub enum MediaError {
    /// Absolute, `..`, empty, or with a NUL.
    #[error("\"{0}\" is not a path inside a profile. Nothing was read or written.")]
    Outside(String),
    /// The system refused.
    #[error("{} could not be {what}: {source}", path.display())]
    Io {
        /// "written", "read", "made", …
        what: &'static str,
        /// The file.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
}

impl MediaError {
    /// An I/O failure on a file.
    pub fn io(what: &'static str, path: &Path) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Io { what, path, source }
    }
}

impl Explain for MediaError {
    fn code(&self) -> Code {
        match self {
            Self::Outside(_) => Code::OutsideProfile,
            Self::Io { source, .. } if crate::error::is_disk_full(source) => Code::DiskFull,
            Self::Io { .. } => Code::Unreadable,
        }
    }
}

/// A path inside a profile's folder: relative, with `/` between parts, never leaving it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(try_from = "String", into = "String")]
pub struct MediaPath(String);

impl MediaPath {
    /// Checks the text.
    ///
    /// # Errors
    /// [`MediaError::Outside`] when it is empty, absolute, has `.`, `..`, a backslash, a drive, or a NUL.
    pub fn new(text: impl Into<String>) -> Result<Self, MediaError> {
        let text = text.into();
        let sound = !text.is_empty()
            && !text.contains(['\0', '\\'])
            && !text.split('/').any(|part| part.is_empty() || part == "." || part == ".." || part.contains(':'))
            && Path::new(&text).components().all(|c| matches!(c, Component::Normal(_)));
        if sound { Ok(Self(text)) } else { Err(MediaError::Outside(text)) }
    }

    /// The text, with `/` between parts.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The last part.
    #[must_use]
    pub fn file_name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or(&self.0)
    }
}

impl fmt::Display for MediaPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for MediaPath {
    type Error = MediaError;
    fn try_from(text: String) -> Result<Self, MediaError> {
        Self::new(text)
    }
}

impl From<MediaPath> for String {
    fn from(path: MediaPath) -> Self {
        path.0
    }
}

impl ToSql for MediaPath {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(self.0.as_str().into())
    }
}

impl FromSql for MediaPath {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        Self::new(value.as_str()?).map_err(|e| FromSqlError::Other(Box::new(e)))
    }
}

/// The folder of one profile. Only [`crate::home::Home`] makes one.
#[derive(Debug)]
pub struct Folder {
    root: PathBuf,
    fonts: PathBuf,
}

/// The folders every profile has.
pub(super) const PARTS: [&str; 7] = ["media", "clips", "inbox", "cache", "tmp", "backups", "trash"];

impl Folder {
    /// Makes the profile's folders where they are missing. `fonts` is the program's unpacked font folder.
    pub(crate) fn open(root: PathBuf, fonts: PathBuf) -> Result<Self, MediaError> {
        for part in PARTS {
            let path = root.join(part);
            std::fs::create_dir_all(&path).map_err(MediaError::io("made", &path))?;
        }
        // Links in the way to the home are resolved once, so that the check in `existing` compares like with like.
        let root = root.canonicalize().map_err(MediaError::io("read", &root))?;
        Ok(Self { root, fonts })
    }

    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// The bundled fonts, unpacked: what libass is pointed at. The same files for every profile, never written by one.
    #[must_use]
    pub fn fonts(&self) -> &Path {
        &self.fonts
    }

    /// The folder that is watched for new footage.
    #[must_use]
    pub fn inbox(&self) -> PathBuf {
        self.root.join("inbox")
    }

    /// The real path of a file of this profile. The file need not exist.
    #[must_use]
    pub fn path(&self, path: &MediaPath) -> PathBuf {
        path.0.split('/').fold(self.root.clone(), |folder, part| folder.join(part))
    }

    /// The real path of a file that is there, after following links.
    ///
    /// # Errors
    /// [`MediaError::Outside`] when a link leads out of the profile; [`MediaError::Io`] when the file is missing.
    pub fn existing(&self, path: &MediaPath) -> Result<PathBuf, MediaError> {
        let wanted = self.path(path);
        let real = wanted.canonicalize().map_err(MediaError::io("read", &wanted))?;
        if real.starts_with(&self.root) { Ok(real) } else { Err(MediaError::Outside(path.0.clone())) }
    }

    /// A file to be written under this path: it appears, whole, on [`PartFile::commit`]. Parent folders are made.
    ///
    /// # Errors
    /// [`MediaError::Io`] when a folder cannot be made.
    pub fn part(&self, path: &MediaPath) -> Result<PartFile, MediaError> {
        PartFile::beside(&self.path(path))
    }

    /// The folder for a job's temporary files: `tmp/<job>/`. Gone, with what is in it, when the value is dropped.
    ///
    /// # Errors
    /// [`MediaError::Io`] when it cannot be made.
    pub fn job_tmp(&self, job: JobId) -> Result<JobTmp, MediaError> {
        let path = self.root.join("tmp").join(job.to_string());
        std::fs::create_dir_all(&path).map_err(MediaError::io("made", &path))?;
        Ok(JobTmp { path })
    }

    /// Refuses a path the user named (to import, or to export to) that lies in another profile of this home.
    ///
    /// # Errors
    /// [`MediaError::Outside`].
    pub fn refuse_other_profiles(&self, path: &Path) -> Result<(), MediaError> {
        let Some(profiles) = self.root.parent() else { return Ok(()) };
        // A goal that is not there yet is judged by the nearest folder above it that is.
        let real = path.ancestors().find_map(|p| p.canonicalize().ok()).unwrap_or_else(|| path.to_owned());
        if real.starts_with(profiles) && !real.starts_with(&self.root) {
            return Err(MediaError::Outside(path.display().to_string()));
        }
        Ok(())
    }

    /// Removes a file or folder of this profile for good; it is fine if it is not there.
    ///
    /// # Errors
    /// [`MediaError::Io`] when the system refuses.
    pub fn remove(&self, path: &MediaPath) -> Result<(), MediaError> {
        let real = self.path(path);
        let gone = if real.is_dir() { std::fs::remove_dir_all(&real) } else { std::fs::remove_file(&real) };
        match gone {
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(()),
            other => other.map_err(MediaError::io("removed", &real)),
        }
    }
}

/// The temporary folder of one job; removed on drop.
#[derive(Debug)]
pub struct JobTmp {
    path: PathBuf,
}

impl JobTmp {
    /// Its real path.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for JobTmp {
    fn drop(&mut self) {
        if let Err(error) = std::fs::remove_dir_all(&self.path) {
            tracing::warn!(%error, path = %self.path.display(), "a job's temporary folder was left behind");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn paths_that_leave_the_profile_are_refused() {
        for bad in ["", "/etc/passwd", "../x", "a/../../x", "a//b", "./a", "a/.", "C:/x", "a\\b", "a\0b", "media/.."] {
            assert!(MediaPath::new(bad).is_err(), "{bad:?}");
        }
        assert!(MediaPath::new("media/…emoji 🎬 'quote' %20.mp4").is_ok());
    }

    proptest! {
        #[test]
        fn an_accepted_path_always_stays_inside(text in "[a-z./\\\\:~% \u{0}]{0,24}") {
            let folder = Folder { root: PathBuf::from("/p/root"), fonts: PathBuf::new() };
            if let Ok(path) = MediaPath::new(text) {
                let real = folder.path(&path);
                prop_assert!(real.starts_with("/p/root") && real != Path::new("/p/root"));
                prop_assert!(!real.components().any(|c| matches!(c, Component::ParentDir)));
            }
        }
    }

    #[test]
    fn a_path_in_another_profile_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        let mine = Folder::open(dir.path().join("profiles/a"), PathBuf::new()).unwrap();
        let theirs = Folder::open(dir.path().join("profiles/b"), PathBuf::new()).unwrap();
        std::fs::write(theirs.root().join("media/wedding.mp4"), "x").unwrap();
        for bad in ["media/wedding.mp4", "media/not-there.mp4", "inbox/x/y", "../b/inbox"] {
            assert!(mine.refuse_other_profiles(&theirs.root().join(bad)).is_err(), "{bad}");
        }
        assert!(mine.refuse_other_profiles(&mine.inbox().join("a.mp4")).is_ok());
        assert!(mine.refuse_other_profiles(&dir.path().join("a.mp4")).is_ok());
    }

    #[cfg(unix)]
    #[test]
    fn a_link_that_leads_out_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        let folder = Folder::open(dir.path().join("p"), PathBuf::new()).unwrap();
        std::fs::write(dir.path().join("secret"), "x").unwrap();
        std::os::unix::fs::symlink(dir.path().join("secret"), dir.path().join("p/media/a.mp4")).unwrap();
        let path = MediaPath::new("media/a.mp4").unwrap();
        assert!(matches!(folder.existing(&path), Err(MediaError::Outside(_))));
    }
}
