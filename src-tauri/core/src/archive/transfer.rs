//! The export or import that is going on: how far it is, and the way to stop it. One at a time in a process.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde::{Deserialize, Serialize};
use tokio_util::sync::CancellationToken;
use ts_rs::TS;

use super::ArchiveError;

/// Which way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum TransferKind {
    /// A profile into a file.
    Export,
    /// A profile out of a file.
    Import,
}

/// What is going on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Transfer {
    /// Which way.
    pub kind: TransferKind,
    /// Name of the profile; empty while that is not known.
    pub name: String,
    /// Bytes that are done.
    pub done: u64,
    /// Bytes in all; 0 while that is not known.
    pub total: u64,
}

/// What is going on, for whoever shows it. Clones share it.
#[derive(Debug, Clone, Default)]
pub struct Transfers {
    running: Arc<Mutex<Option<Running>>>,
}

#[derive(Debug)]
struct Running {
    shown: Transfer,
    stop: CancellationToken,
}

impl Transfers {
    fn lock(&self) -> MutexGuard<'_, Option<Running>> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What is going on, if anything is.
    #[must_use]
    pub fn show(&self) -> Option<Transfer> {
        self.lock().as_ref().map(|running| running.shown.clone())
    }

    /// Stops it; it fails with [`ArchiveError::Cancelled`] soon.
    pub fn stop(&self) {
        if let Some(running) = self.lock().as_ref() {
            running.stop.cancel();
        }
    }

    /// Begins one, which ends when the value is dropped.
    pub(crate) fn begin(&self, kind: TransferKind, cancel: &CancellationToken) -> Result<Ongoing, ArchiveError> {
        let mut running = self.lock();
        if running.is_some() {
            return Err(ArchiveError::Busy);
        }
        let stop = cancel.child_token();
        let shown = Transfer { kind, name: String::new(), done: 0, total: 0 };
        *running = Some(Running { shown, stop: stop.clone() });
        Ok(Ongoing { transfers: self.clone(), stop })
    }
}

/// The work's side of it.
#[derive(Debug)]
pub(crate) struct Ongoing {
    transfers: Transfers,
    stop: CancellationToken,
}

impl Ongoing {
    /// Says what it is about.
    pub(crate) fn about(&self, name: &str, total: u64) {
        if let Some(running) = self.transfers.lock().as_mut() {
            name.clone_into(&mut running.shown.name);
            running.shown.total = total;
        }
    }

    /// So many bytes more are done.
    pub(crate) fn advance(&self, bytes: u64) -> Result<(), ArchiveError> {
        if self.stop.is_cancelled() {
            return Err(ArchiveError::Cancelled);
        }
        if let Some(running) = self.transfers.lock().as_mut() {
            running.shown.done += bytes;
        }
        Ok(())
    }
}

impl Drop for Ongoing {
    fn drop(&mut self) {
        *self.transfers.lock() = None;
    }
}
