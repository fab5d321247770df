//! The runner lock: of all processes that have a profile open, one runs its jobs.

use std::fs::{File, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::Profile;
use super::media::MediaError;
use crate::error::{Code, Explain};

/// Who holds the lock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    /// "the window", "edit-factory make", …
    pub name: String,
    /// Process id.
    pub pid: u32,
    /// Since when, UTC milliseconds.
    pub since: i64,
}

/// Why the lock was not had.
#[derive(Debug, thiserror::Error)]
pub enum LockError {
    /// Another process has it.
    #[error(
        "{} (process {}) is running this profile's jobs. What you queued will be run there.",
        holder.as_ref().map_or("Another process", |h| h.name.as_str()),
        holder.as_ref().map_or_else(|| "unknown".to_owned(), |h| h.pid.to_string())
    )]
    Held {
        /// Who, when it could be read.
        holder: Option<Holder>,
    },
    /// The lock file.
    #[error(transparent)]
    Media(#[from] MediaError),
}

impl Explain for LockError {
    fn code(&self) -> Code {
        match self {
            Self::Held { .. } => Code::RunnerBusy,
            Self::Media(e) => e.code(),
        }
    }

    fn details(&self) -> Value {
        match self {
            Self::Held { holder } => json!({ "holder": holder }),
            Self::Media(_) => json!({}),
        }
    }
}

/// Proof that this process runs the profile's jobs. The operating system lets go of it when the process dies.
#[derive(Debug)]
pub struct RunnerLock {
    _file: File,
}

impl RunnerLock {
    /// Takes the lock of the profile in this folder, which need not open.
    pub(crate) fn take(root: &Path, process_name: &str) -> Result<Self, LockError> {
        let path = root.join("runner.lock");
        let mut file = File::options()
            .create(true)
            .truncate(false)
            .read(true)
            .write(true)
            .open(&path)
            .map_err(MediaError::io("opened", &path))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(LockError::Held { holder: holder(root) }),
            Err(TryLockError::Error(e)) => return Err(MediaError::io("locked", &path)(e).into()),
        }
        let holder = Holder { name: process_name.to_owned(), pid: std::process::id(), since: crate::time::now_ms() };
        let text = serde_json::to_vec(&holder).unwrap_or_default();
        file.set_len(0)
            .and_then(|()| file.rewind())
            .and_then(|()| file.write_all(&text))
            .map_err(MediaError::io("written", &path))?;
        Ok(Self { _file: file })
    }
}

/// Who wrote the lock file last. Meaningful only while the lock is held.
fn holder(root: &Path) -> Option<Holder> {
    let mut text = String::new();
    File::open(root.join("runner.lock")).ok()?.read_to_string(&mut text).ok()?;
    serde_json::from_str(&text).ok()
}

impl Profile {
    /// Takes the runner lock.
    ///
    /// # Errors
    /// [`LockError::Held`] with the holder when another process, or another part of this one, has it.
    pub fn lock_runner(&self) -> Result<RunnerLock, LockError> {
        RunnerLock::take(self.root(), self.process_name())
    }
}
