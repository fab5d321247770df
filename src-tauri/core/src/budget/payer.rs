//! Who pays: this process, for this profile, known by a lock file that the operating system lets go of when it dies.
//!
//! A process id would not do: it is given to others again, and another machine's says nothing here.

use std::fs::{File, TryLockError};
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use crate::profile::media::MediaError;

/// The owner of the calls that are under way through one open profile.
pub(crate) struct Payer {
    folder: PathBuf,
    owner: String,
    device: String,
    lock: Mutex<Option<File>>,
}

impl Payer {
    /// `folder` is made when the first money is reserved; a profile that never pays has none.
    pub(crate) fn new(folder: PathBuf, device: String) -> Self {
        Self { folder, owner: uuid::Uuid::now_v7().to_string(), device, lock: Mutex::new(None) }
    }

    /// Which machine this is.
    pub(super) fn device(&self) -> &str {
        &self.device
    }

    /// Its name. The lock is held from the first time on.
    pub(super) fn owner(&self) -> Result<&str, MediaError> {
        let mut lock = self.lock.lock().unwrap_or_else(PoisonError::into_inner);
        if lock.is_none() {
            std::fs::create_dir_all(&self.folder).map_err(MediaError::io("made", &self.folder))?;
            let path = self.folder.join(&self.owner);
            let file = File::options()
                .create(true)
                .truncate(false)
                .write(true)
                .open(&path)
                .map_err(MediaError::io("made", &path))?;
            file.lock().map_err(MediaError::io("locked", &path))?;
            *lock = Some(file);
        }
        Ok(&self.owner)
    }

    /// Whether this owner can end nothing any more. One that cannot be looked at counts as alive: its money stays held.
    pub(super) fn is_dead(&self, owner: &str) -> bool {
        if owner == self.owner {
            return false;
        }
        let path = self.folder.join(owner);
        match File::options().write(true).open(&path) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => true,
            Err(error) => {
                tracing::warn!(%error, path = %path.display(), "who pays cannot be looked at; its money stays held");
                false
            }
            Ok(file) => match file.try_lock() {
                Ok(()) => true,
                Err(TryLockError::WouldBlock) => false,
                Err(TryLockError::Error(error)) => {
                    tracing::warn!(%error, path = %path.display(), "who pays cannot be looked at; its money stays held");
                    false
                }
            },
        }
    }

    /// Removes the file of one that is dead, after its calls were ended.
    pub(super) fn bury(&self, owner: &str) {
        remove(&self.folder.join(owner));
    }
}

impl Drop for Payer {
    fn drop(&mut self) {
        let lock = self.lock.get_mut().unwrap_or_else(PoisonError::into_inner);
        if let Some(file) = lock.take() {
            drop(file);
            remove(&self.folder.join(&self.owner));
        }
    }
}

fn remove(path: &std::path::Path) {
    match std::fs::remove_file(path) {
        Ok(()) => {}
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
        // It is empty, and whoever looks at it later sees that its process is gone.
        Err(error) => tracing::debug!(%error, path = %path.display(), "a lock file stays"),
    }
}
