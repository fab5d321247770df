//! The stores that keep the secrets of a profile: the OS keyring, or a file with a passphrase.
//!
//! A secret goes in and is used in Rust; it is never in SQLite, a log, an error, an event or a process argument. What is
//! not here: which secrets there are and what may be said of them; that is in the room `credentials`.

use std::sync::Arc;

use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::db::{DbError, Reader};
use super::media::MediaError;
use super::secret_file::SecretFile;
use crate::error::{Code, Explain};
use crate::ids::ProfileId;

/// Why the store refused.
#[derive(Debug, thiserror::Error)]
pub enum SecretError {
    /// No keyring on this machine, or it is locked.
    #[error(
        "The system's keyring did not answer ({0}). Everything that needs no key goes on working. \
         Unlock it, or install one (on Linux: gnome-keyring or KWallet), or keep the keys in a file with a passphrase."
    )]
    Unavailable(String),
    /// The file with a passphrase was not unlocked in this process.
    #[error(
        "The keys are in a file with a passphrase, which was not given yet. Everything that needs no key goes on working."
    )]
    FileLocked,
    /// The passphrase does not open the file.
    #[error("That is not the passphrase of the file with the keys. Nothing was changed.")]
    WrongPassphrase,
    /// The file is not what we wrote.
    #[error("The file with the keys cannot be read: {0}. It was not changed.")]
    FileDamaged(String),
    /// What was given is no key, or not for anybody known.
    #[error("{0}")]
    Invalid(String),
    /// The file with the keys, or its folder.
    #[error(transparent)]
    Media(#[from] MediaError),
    /// The names table.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl Explain for SecretError {
    fn code(&self) -> Code {
        match self {
            Self::Unavailable(_) | Self::FileLocked | Self::WrongPassphrase | Self::FileDamaged(_) => Code::Keyring,
            Self::Invalid(_) => Code::InvalidInput,
            Self::Media(e) => e.code(),
            Self::Db(e) => e.code(),
        }
    }
}

/// Where secrets live: the OS keyring, or memory for tests.
pub trait SecretStore: Send + Sync {
    /// Stores `secret` under (service, name), replacing what was there.
    ///
    /// # Errors
    /// [`SecretError::Unavailable`].
    fn set(&self, service: &str, name: &str, secret: &SecretString) -> Result<(), SecretError>;
    /// The secret, or `None` when there is none.
    ///
    /// # Errors
    /// [`SecretError::Unavailable`].
    fn get(&self, service: &str, name: &str) -> Result<Option<SecretString>, SecretError>;
    /// Removes it; fine if it was not there.
    ///
    /// # Errors
    /// [`SecretError::Unavailable`].
    fn remove(&self, service: &str, name: &str) -> Result<(), SecretError>;
}

/// The platform's keyring: Secret Service, Keychain or Credential Manager.
#[derive(Debug, Default)]
pub struct Keyring;

impl Keyring {
    fn store() -> Result<Arc<keyring_core::CredentialStore>, SecretError> {
        let unavailable = |e: keyring_core::Error| SecretError::Unavailable(e.to_string());
        #[cfg(target_os = "linux")]
        let store = zbus_secret_service_keyring_store::Store::new().map_err(unavailable)?;
        #[cfg(target_os = "macos")]
        let store = apple_native_keyring_store::keychain::Store::new().map_err(unavailable)?;
        #[cfg(target_os = "windows")]
        let store = windows_native_keyring_store::Store::new().map_err(unavailable)?;
        Ok(store)
    }

    /// Runs one call on a thread of its own with a limit: a locked keyring with a display blocks until its window is
    /// answered, and the work must not.
    fn within_limit<T: Send + 'static>(
        work: impl FnOnce() -> Result<T, SecretError> + Send + 'static,
    ) -> Result<T, SecretError> {
        let (send, receive) = std::sync::mpsc::sync_channel(1);
        std::thread::Builder::new()
            .name("keyring".into())
            .spawn(move || {
                // The receiver is gone when the limit has passed: there is nobody left to tell.
                drop(send.send(work()));
            })
            .map_err(|e| SecretError::Unavailable(e.to_string()))?;
        receive
            .recv_timeout(std::time::Duration::from_secs(20))
            .map_err(|_| SecretError::Unavailable("it is waiting to be unlocked".into()))?
    }

    fn entry<T: Send + 'static>(
        service: &str,
        name: &str,
        work: impl FnOnce(keyring_core::Entry) -> Result<T, keyring_core::Error> + Send + 'static,
    ) -> Result<T, SecretError> {
        let (service, name) = (service.to_owned(), name.to_owned());
        Self::within_limit(move || {
            let entry = Self::store()?.build(&service, &name, None);
            entry.and_then(work).map_err(|e| SecretError::Unavailable(e.to_string()))
        })
    }
}

impl SecretStore for Keyring {
    fn set(&self, service: &str, name: &str, secret: &SecretString) -> Result<(), SecretError> {
        let secret = secret.clone();
        Self::entry(service, name, move |e| e.set_password(secret.expose_secret()))
    }

    fn get(&self, service: &str, name: &str) -> Result<Option<SecretString>, SecretError> {
        Self::entry(service, name, |e| match e.get_password() {
            Ok(secret) => Ok(Some(secret.into())),
            Err(keyring_core::Error::NoEntry) => Ok(None),
            Err(e) => Err(e),
        })
    }

    fn remove(&self, service: &str, name: &str) -> Result<(), SecretError> {
        Self::entry(service, name, |e| match e.delete_credential() {
            Ok(()) | Err(keyring_core::Error::NoEntry) => Ok(()),
            Err(e) => Err(e),
        })
    }
}

/// A store in memory, for tests and for `doctor` on machines without a keyring.
#[derive(Debug, Default)]
pub struct InMemory {
    kept: std::sync::Mutex<std::collections::BTreeMap<(String, String), SecretString>>,
}

impl InMemory {
    fn kept(&self) -> std::sync::MutexGuard<'_, std::collections::BTreeMap<(String, String), SecretString>> {
        self.kept.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// How many entries there are, over all services.
    #[must_use]
    pub fn len(&self) -> usize {
        self.kept().len()
    }

    /// True when nothing is stored.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.kept().is_empty()
    }
}

impl SecretStore for InMemory {
    fn set(&self, service: &str, name: &str, secret: &SecretString) -> Result<(), SecretError> {
        self.kept().insert((service.into(), name.into()), secret.clone());
        Ok(())
    }

    fn get(&self, service: &str, name: &str) -> Result<Option<SecretString>, SecretError> {
        Ok(self.kept().get(&(service.into(), name.into())).cloned())
    }

    fn remove(&self, service: &str, name: &str) -> Result<(), SecretError> {
        self.kept().remove(&(service.into(), name.into()));
        Ok(())
    }
}

/// Where a secret is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum KeptIn {
    /// The OS keyring.
    Keyring,
    /// The file with a passphrase, in the home.
    File,
}

/// The stores of one profile. The service name holds the profile's id, so another profile cannot name its entries.
pub struct Secrets {
    keyring: Arc<dyn SecretStore>,
    file: Arc<SecretFile>,
    service: String,
}

impl Secrets {
    pub(crate) fn of(profile: ProfileId, keyring: Arc<dyn SecretStore>, file: Arc<SecretFile>) -> Self {
        Self { keyring, file, service: format!("edit-factory/{profile}") }
    }

    fn store(&self, kept_in: KeptIn) -> &dyn SecretStore {
        match kept_in {
            KeptIn::Keyring => self.keyring.as_ref(),
            KeptIn::File => self.file.as_ref(),
        }
    }

    pub(crate) fn set(&self, kept_in: KeptIn, name: &str, secret: &SecretString) -> Result<(), SecretError> {
        self.store(kept_in).set(&self.service, name, secret)
    }

    pub(crate) fn get(&self, kept_in: KeptIn, name: &str) -> Result<Option<SecretString>, SecretError> {
        self.store(kept_in).get(&self.service, name)
    }

    pub(crate) fn remove(&self, kept_in: KeptIn, name: &str) -> Result<(), SecretError> {
        self.store(kept_in).remove(&self.service, name)
    }

    /// Whether the file is there and unlocked in this process.
    pub(crate) fn file_is_open(&self) -> bool {
        self.file.state().unlocked && self.file.state().there
    }

    /// Whether the passphrase of the file, or of the one that will be made, was given to this process.
    pub(crate) fn file_is_unlocked(&self) -> bool {
        self.file.state().unlocked
    }

    /// The names of what is stored; never the secrets.
    ///
    /// # Errors
    /// [`SecretError::Db`].
    pub fn names(&self, tx: &Reader<'_>) -> Result<Vec<String>, SecretError> {
        let mut query = tx.prepare_cached("SELECT name FROM secret_names ORDER BY name").map_err(DbError::from)?;
        let names = query.query_map([], |r| r.get(0)).and_then(Iterator::collect).map_err(DbError::from)?;
        Ok(names)
    }
}
