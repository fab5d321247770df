//! Secrets in a file with a passphrase (age), for machines without a keyring. One file in the home, entries by profile.
//!
//! Nobody gets one who did not ask for it: it is made when a secret is first put there. The passphrase is given once to a
//! process and kept in its memory alone.

use std::collections::BTreeMap;
use std::fs::File;
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};

use age::scrypt;
use secrecy::zeroize::Zeroizing;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::media::MediaError;
use super::part::PartFile;
use super::secrets::{SecretError, SecretStore};

/// Cost of a guess at the passphrase: 2^17 rounds of scrypt, a good part of a second.
const WORK: u8 = 17;
/// A passphrase of fewer characters is guessed.
const SHORTEST: usize = 8;

/// The file as it is for this process.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SecretFileState {
    /// It exists.
    pub there: bool,
    /// Its passphrase was given to this process.
    pub unlocked: bool,
}

type Entries = BTreeMap<String, BTreeMap<String, SecretString>>;

/// What was read last, and of which version of the file.
struct Open {
    passphrase: SecretString,
    read: Option<(std::time::SystemTime, Entries)>,
}

/// The file and, once it was given, its passphrase.
pub struct SecretFile {
    path: PathBuf,
    open: Mutex<Option<Open>>,
}

impl SecretFile {
    pub(crate) fn at(path: PathBuf) -> Self {
        Self { path, open: Mutex::new(None) }
    }

    fn opened(&self) -> MutexGuard<'_, Option<Open>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether it is there, and unlocked.
    #[must_use]
    pub fn state(&self) -> SecretFileState {
        SecretFileState { there: self.path.is_file(), unlocked: self.opened().is_some() }
    }

    /// Takes the passphrase: of the file that is there, or for the one that will be made.
    ///
    /// # Errors
    /// [`SecretError::WrongPassphrase`]; [`SecretError::Invalid`] for a new one that is too short.
    pub fn unlock(&self, passphrase: SecretString) -> Result<SecretFileState, SecretError> {
        let mut candidate = Open { passphrase, read: None };
        if self.path.is_file() {
            self.entries(&mut candidate)?;
        } else if candidate.passphrase.expose_secret().chars().count() < SHORTEST {
            return Err(SecretError::Invalid(format!("A passphrase has at least {SHORTEST} characters.")));
        }
        *self.opened() = Some(candidate);
        Ok(self.state())
    }

    /// What the file holds; read again only when somebody changed it.
    fn entries<'a>(&self, open: &'a mut Open) -> Result<&'a mut Entries, SecretError> {
        let changed = match self.path.metadata().and_then(|meta| meta.modified()) {
            Ok(changed) => changed,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => std::time::UNIX_EPOCH,
            Err(e) => return Err(MediaError::io("read", &self.path)(e).into()),
        };
        if open.read.as_ref().is_none_or(|(of, _)| *of != changed) {
            open.read = Some((changed, self.decrypt(&open.passphrase)?));
        }
        match &mut open.read {
            Some((_, entries)) => Ok(entries),
            None => Err(SecretError::FileLocked),
        }
    }

    fn decrypt(&self, passphrase: &SecretString) -> Result<Entries, SecretError> {
        let sealed = match std::fs::read(&self.path) {
            Ok(sealed) => sealed,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(Entries::new()),
            Err(e) => return Err(MediaError::io("read", &self.path)(e).into()),
        };
        let identity = scrypt::Identity::new(passphrase.clone());
        let plain = age::decrypt(&identity, &sealed).map_err(|error| match error {
            age::DecryptError::DecryptionFailed
            | age::DecryptError::KeyDecryptionFailed
            | age::DecryptError::NoMatchingKeys => SecretError::WrongPassphrase,
            other => SecretError::FileDamaged(other.to_string()),
        })?;
        let plain = Zeroizing::new(plain);
        let read: BTreeMap<String, BTreeMap<String, String>> = serde_json::from_slice(&plain)
            .map_err(|_| SecretError::FileDamaged("what is in it is not what was written".into()))?;
        let secret = |(service, names): (String, BTreeMap<String, String>)| {
            (service, names.into_iter().map(|(name, secret)| (name, SecretString::from(secret))).collect())
        };
        Ok(read.into_iter().map(secret).collect())
    }

    /// Changes the entries. Of several processes one changes it at a time, each on top of what the last one wrote.
    fn change(&self, work: impl FnOnce(&mut Entries)) -> Result<(), SecretError> {
        let mut opened = self.opened();
        let open = opened.as_mut().ok_or(SecretError::FileLocked)?;
        let beside = self.path.with_extension("lock");
        let lock = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&beside)
            .map_err(MediaError::io("made", &beside))?;
        lock.lock().map_err(MediaError::io("locked", &beside))?;
        // Not by its time: what is written now must hold what another process wrote in this very moment.
        let mut entries = self.decrypt(&open.passphrase)?;
        work(&mut entries);
        entries.retain(|_, names| !names.is_empty());
        self.write(&open.passphrase, &entries)?;
        open.read = None;
        Ok(())
    }

    fn write(&self, passphrase: &SecretString, entries: &Entries) -> Result<(), SecretError> {
        let bare: BTreeMap<&str, BTreeMap<&str, &str>> = entries
            .iter()
            .map(|(service, names)| {
                (service.as_str(), names.iter().map(|(n, s)| (n.as_str(), s.expose_secret())).collect())
            })
            .collect();
        let damaged = |what: &dyn std::fmt::Display| SecretError::FileDamaged(what.to_string());
        let plain = Zeroizing::new(serde_json::to_vec(&bare).map_err(|e| damaged(&e))?);
        let mut recipient = scrypt::Recipient::new(passphrase.clone());
        recipient.set_work_factor(WORK);
        let sealed = age::encrypt(&recipient, &plain).map_err(|e| damaged(&e))?;
        let part = PartFile::beside(&self.path)?;
        let mut options = File::options();
        options.create_new(true).write(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(part.path()).map_err(MediaError::io("written", &self.path))?;
        std::io::Write::write_all(&mut file, &sealed).map_err(MediaError::io("written", &self.path))?;
        drop(file);
        Ok(part.commit()?)
    }
}

impl SecretStore for SecretFile {
    fn set(&self, service: &str, name: &str, secret: &SecretString) -> Result<(), SecretError> {
        self.change(|entries| {
            entries.entry(service.to_owned()).or_default().insert(name.to_owned(), secret.clone());
        })
    }

    fn get(&self, service: &str, name: &str) -> Result<Option<SecretString>, SecretError> {
        let mut opened = self.opened();
        let open = opened.as_mut().ok_or(SecretError::FileLocked)?;
        Ok(self.entries(open)?.get(service).and_then(|names| names.get(name)).cloned())
    }

    fn remove(&self, service: &str, name: &str) -> Result<(), SecretError> {
        self.change(|entries| {
            if let Some(names) = entries.get_mut(service) {
                names.remove(name);
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_in_the_file_come_back_with_the_passphrase_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("secrets.age");
        let file = SecretFile::at(path.clone());
        assert!(matches!(file.get("a", "x"), Err(SecretError::FileLocked)));
        assert!(matches!(file.unlock("short".into()), Err(SecretError::Invalid(_))));
        assert_eq!(file.unlock("correct horse".into()).unwrap(), SecretFileState { there: false, unlocked: true });
        file.set("a", "x", &"planted-key-0123".into()).unwrap();
        file.set("b", "x", &"another-key-4567".into()).unwrap();
        let sealed = std::fs::read(&path).unwrap();
        assert!(!sealed.windows(11).any(|w| w == b"planted-key"));
        #[cfg(unix)]
        assert_eq!(std::os::unix::fs::PermissionsExt::mode(&path.metadata().unwrap().permissions()) & 0o777, 0o600);

        let again = SecretFile::at(path);
        assert!(matches!(again.unlock("wrong passphrase".into()), Err(SecretError::WrongPassphrase)));
        again.unlock("correct horse".into()).unwrap();
        let read = |service| again.get(service, "x").unwrap().map(|s| s.expose_secret().to_owned());
        assert_eq!(read("a").as_deref(), Some("planted-key-0123"));
        file.remove("a", "x").unwrap();
        assert_eq!((read("a"), read("b").as_deref()), (None, Some("another-key-4567")));
    }
}
