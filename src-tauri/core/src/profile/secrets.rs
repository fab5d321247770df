//! Credentials of one profile, in the OS keyring, and the store behind it.
//!
//! A secret goes in and is used in Rust; it is never in SQLite, a log, an error, an event or a process argument. The
//! profile's database keeps only the *names* of what was stored, so that deleting a profile can delete its entries.

use std::sync::Arc;

use super::db::{DbError, Reader, Writer};
use crate::error::{Code, Explain};
use crate::ids::ProfileId;

/// Why the store refused.
#[derive(Debug, thiserror::Error)]
pub enum SecretError {
    /// No keyring on this machine, or it is locked.
    #[error(
        "The system's keyring did not answer ({0}). Everything that needs no key goes on working. \
         Unlock it, or install one (on Linux: gnome-keyring or KWallet)."
    )]
    Unavailable(String),
    /// The names table.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl Explain for SecretError {
    fn code(&self) -> Code {
        match self {
            Self::Unavailable(_) => Code::Keyring,
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
    fn set(&self, service: &str, name: &str, secret: &str) -> Result<(), SecretError>;
    /// The secret, or `None` when there is none.
    ///
    /// # Errors
    /// [`SecretError::Unavailable`].
    fn get(&self, service: &str, name: &str) -> Result<Option<String>, SecretError>;
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
    fn set(&self, service: &str, name: &str, secret: &str) -> Result<(), SecretError> {
        let secret = secret.to_owned();
        Self::entry(service, name, move |e| e.set_password(&secret))
    }

    fn get(&self, service: &str, name: &str) -> Result<Option<String>, SecretError> {
        Self::entry(service, name, |e| match e.get_password() {
            Ok(secret) => Ok(Some(secret)),
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
    kept: std::sync::Mutex<std::collections::BTreeMap<(String, String), String>>,
}

impl InMemory {
    fn kept(&self) -> std::sync::MutexGuard<'_, std::collections::BTreeMap<(String, String), String>> {
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
    fn set(&self, service: &str, name: &str, secret: &str) -> Result<(), SecretError> {
        self.kept().insert((service.into(), name.into()), secret.into());
        Ok(())
    }

    fn get(&self, service: &str, name: &str) -> Result<Option<String>, SecretError> {
        Ok(self.kept().get(&(service.into(), name.into())).cloned())
    }

    fn remove(&self, service: &str, name: &str) -> Result<(), SecretError> {
        self.kept().remove(&(service.into(), name.into()));
        Ok(())
    }
}

/// The credentials of one profile. The service name holds the profile's id, so another profile cannot name them.
pub struct Secrets {
    store: Arc<dyn SecretStore>,
    service: String,
}

impl Secrets {
    pub(crate) fn of(profile: ProfileId, store: Arc<dyn SecretStore>) -> Self {
        Self { store, service: format!("edit-factory/{profile}") }
    }

    /// Stores a secret of this profile.
    ///
    /// # Errors
    /// [`SecretError`].
    pub fn set(&self, tx: &Writer<'_>, name: &str, secret: &str) -> Result<(), SecretError> {
        // The name first: a crash in between leaves a name without an entry, which deleting tolerates.
        tx.execute("INSERT INTO secret_names (name) VALUES (?1) ON CONFLICT DO NOTHING", [name])
            .map_err(DbError::from)?;
        self.store.set(&self.service, name, secret)
    }

    /// A secret of this profile, or `None`.
    ///
    /// # Errors
    /// [`SecretError::Unavailable`].
    pub fn get(&self, name: &str) -> Result<Option<String>, SecretError> {
        self.store.get(&self.service, name)
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

    pub(crate) fn remove(&self, name: &str) -> Result<(), SecretError> {
        self.store.remove(&self.service, name)
    }
}
