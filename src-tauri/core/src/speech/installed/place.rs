//! One installation at a time, and things put in their place whole.

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::PoisonError;
use std::time::Instant;

use tokio_util::sync::CancellationToken;

use super::error::InstallError;
use super::note::{self, NOTE, RuntimeNote, VoiceNote};
use super::offer::{Arriving, ArrivingStep};
use super::{Doing, Installed, Runtime, TELL_EVERY};
use crate::profile::media::MediaError;
use crate::profile::part::PartFile;

/// Proof that nobody else installs or removes anything in this home.
#[derive(Debug)]
pub(super) struct Work {
    installed: Installed,
    pub(super) cancel: CancellationToken,
    _lock: File,
}

impl Drop for Work {
    fn drop(&mut self) {
        *self.installed.inner.doing.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

impl Installed {
    pub(super) fn arriving_folder(&self) -> PathBuf {
        self.inner.folder.join("arriving")
    }

    /// What is on its way now, in this process.
    pub(super) fn arriving(&self) -> Option<Arriving> {
        let doing = self.inner.doing.lock().unwrap_or_else(PoisonError::into_inner);
        doing.as_ref().map(|doing| doing.arriving.clone())
    }

    /// Stops what is on its way. What was downloaded is kept.
    pub fn stop(&self) {
        if let Some(doing) = self.inner.doing.lock().unwrap_or_else(PoisonError::into_inner).as_ref() {
            doing.cancel.cancel();
        }
    }

    pub(super) fn begin(&self, id: &str, cancel: &CancellationToken) -> Result<Work, InstallError> {
        let folder = &self.inner.folder;
        std::fs::create_dir_all(folder).map_err(MediaError::io("made", folder))?;
        let path = folder.join("installing.lock");
        let file = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)
            .map_err(MediaError::io("opened", &path))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(InstallError::Busy),
            Err(TryLockError::Error(error)) => return Err(MediaError::io("locked", &path)(error).into()),
        }
        self.sweep()?;
        let cancel = cancel.child_token();
        let arriving = Arriving { id: id.to_owned(), step: ArrivingStep::Copy, done: 0, total: None };
        let doing = Doing { arriving, cancel: cancel.clone(), told: Instant::now() };
        *self.inner.doing.lock().unwrap_or_else(PoisonError::into_inner) = Some(doing);
        Ok(Work { installed: self.clone(), cancel, _lock: file })
    }

    /// Deletes what an installation that was killed left behind, but not downloads, which the next try goes on with. Only
    /// for whoever holds the lock.
    fn sweep(&self) -> Result<(), InstallError> {
        let list = super::offer::list()?;
        let Ok(entries) = std::fs::read_dir(self.arriving_folder()) else { return Ok(()) };
        for path in entries.flatten().map(|entry| entry.path()) {
            let name = note::shown(&path);
            if name != super::RUNTIME && list.voice(&name).is_none() {
                std::fs::remove_dir_all(&path).map_err(MediaError::io("deleted", &path))?;
            }
        }
        Ok(())
    }

    /// Notes how far it is; gives whether it is time to tell.
    pub(super) fn progress(&self, step: ArrivingStep, done: u64, total: Option<u64>) -> bool {
        let mut doing = self.inner.doing.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(doing) = doing.as_mut() else { return false };
        let other = doing.arriving.step != step;
        doing.arriving = Arriving { id: doing.arriving.id.clone(), step, done, total };
        let tell = other || doing.told.elapsed() >= TELL_EVERY;
        if tell {
            doing.told = Instant::now();
        }
        tell
    }

    /// Puts a voice whose files lie in `from` where voices are, in place of one with the same name.
    pub(super) fn place_voice(&self, from: &Path, note: &VoiceNote) -> Result<(), InstallError> {
        note::write(&from.join(NOTE), note)?;
        let goal = self.voices_folder().join(&note.id);
        std::fs::create_dir_all(self.voices_folder()).map_err(MediaError::io("made", &goal))?;
        let old = self.arriving_folder().join(format!("gone-{}", uuid::Uuid::now_v7()));
        if goal.exists() {
            std::fs::rename(&goal, &old).map_err(MediaError::io("moved", &goal))?;
        }
        std::fs::rename(from, &goal).map_err(MediaError::io("written", &goal))?;
        sync_folder(&self.voices_folder())?;
        if old.exists() {
            std::fs::remove_dir_all(&old).map_err(MediaError::io("deleted", &old))?;
        }
        Ok(())
    }

    /// Makes a library that lies in a folder of runtimes the one that is used, and takes the ones before it away.
    pub(super) fn place_runtime(&self, goal: PathBuf, version: &str, source: &str) -> Result<Runtime, InstallError> {
        let hash = crate::speech::cache::hash_of(&goal)?;
        let bytes = goal.metadata().map_err(MediaError::io("read", &goal))?.len();
        let folder = self.runtime_folder();
        let file = goal.strip_prefix(&folder).unwrap_or(&goal).to_string_lossy().into_owned();
        let note = RuntimeNote {
            version: version.to_owned(),
            file,
            hash: hash.clone(),
            bytes,
            source: source.to_owned(),
            installed_at: crate::time::now_ms(),
        };
        note::write(&folder.join(NOTE), &note)?;
        for entry in std::fs::read_dir(&folder).map_err(MediaError::io("read", &folder))?.flatten() {
            let old = entry.path();
            if old.is_dir() && !goal.starts_with(&old) {
                // Windows keeps a library that is loaded; it goes the next time.
                if let Err(error) = std::fs::remove_dir_all(&old) {
                    tracing::info!(%error, folder = %old.display(), "an old runtime is still in use");
                }
            }
        }
        Ok(Runtime { version: note.version, library: goal, hash, bytes })
    }

    /// A library on its way to its place. Each has a folder of its own, for a loaded one cannot be replaced everywhere.
    pub(super) fn library_part(&self, version: &str) -> Result<PartFile, InstallError> {
        let plain: String = version.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '.').collect();
        let stamp = crate::time::now_ms();
        let folder = self.runtime_folder().join(format!("{plain}-{stamp}"));
        Ok(PartFile::beside(&folder.join(super::library_name()))?)
    }
}

fn sync_folder(folder: &Path) -> Result<(), InstallError> {
    #[cfg(unix)]
    File::open(folder).and_then(|file| file.sync_all()).map_err(MediaError::io("written", folder))?;
    Ok(())
}
