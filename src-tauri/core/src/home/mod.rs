//! The home: the folder that holds all profiles, and the small app database that lists them.
//!
//! Only [`Home`] makes a [`Profile`]. It opens a profile once and hands the same handle out again while anybody holds it.

mod archive;
mod backups;
pub(crate) mod claims;
mod device;
mod registry;
mod resume;
mod settings;

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, Weak};

use rusqlite_migration::{M, Migrations};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tokio::sync::Semaphore;
use ts_rs::TS;

use crate::archive::{ArchiveError, Transfers};
use crate::captions::fonts::FontError;
use crate::error::{Code, Explain};
use crate::ffmpeg::{SharedTools, Toolbox};
use crate::host::Host;
use crate::ids::ProfileId;
use crate::profile::db::{Db, DbError, Reader};
use crate::profile::lock::LockError;
use crate::profile::media::{Folder, MediaError};
use crate::profile::secret_file::SecretFile;
use crate::profile::secrets::{SecretError, Secrets};
use crate::profile::{Inner, Parts, Profile};
use crate::speech::installed::{self, Installed};
use crate::sync::capture;
pub use backups::Backup;
pub use registry::COLOURS;
pub use resume::Resumed;
pub use settings::{AppSettings, Theme};

/// Why something about the home or its list of profiles failed.
#[derive(Debug, thiserror::Error)]
pub enum HomeError {
    /// No such profile.
    #[error("There is no profile \"{0}\" here. `edit-factory profile list` shows the ones there are.")]
    NotFound(String),
    /// The name is taken.
    #[error("There is already a profile named \"{0}\". Choose another name.")]
    NameTaken(String),
    /// The name cannot be used.
    #[error("A profile's name has 1 to 300 characters and no control characters.")]
    BadName,
    /// Not one of the profile colours.
    #[error("\"{0}\" is not a profile colour. There are: {list}.", list = COLOURS.join(", "))]
    BadColour(String),
    /// Its folder is gone.
    #[error(
        "The folder of profile \"{name}\" is missing: {}. Nothing was changed. Put it back (perhaps from the trash), or \
         delete the profile to take it off the list.", folder.display()
    )]
    Missing {
        /// The profile.
        name: String,
        /// Where its folder should be.
        folder: PathBuf,
    },
    /// A setting that makes no sense.
    #[error("The settings were not changed: {0}.")]
    BadSetting(String),
    /// No such copy.
    #[error("There is no backup \"{0}\" of this profile. Nothing was changed.")]
    NoBackup(String),
    /// It is in use.
    #[error(
        "\"{0}\" is open in this program. Switch every window to another profile and let its jobs end, then try again."
    )]
    Open(String),
    /// The operating system's trash did not take the folder.
    #[error("The folder {} could not be moved to the trash: {source}. Nothing was deleted.", folder.display())]
    Trash {
        /// The folder.
        folder: PathBuf,
        /// What the system said.
        #[source]
        source: trash::Error,
    },
    /// Its jobs are running.
    #[error(transparent)]
    Busy(#[from] LockError),
    /// The keyring.
    #[error(transparent)]
    Secret(#[from] SecretError),
    /// The database of a profile could not be opened.
    #[error("{source}")]
    Unopened {
        /// Of which profile.
        id: ProfileId,
        /// What is wrong with it.
        source: DbError,
    },
    /// A database.
    #[error(transparent)]
    Db(#[from] DbError),
    /// A folder.
    #[error(transparent)]
    Media(#[from] MediaError),
    /// The bundled fonts.
    #[error(transparent)]
    Fonts(#[from] FontError),
    /// A profile in one file.
    #[error(transparent)]
    Archive(#[from] ArchiveError),
}

impl From<rusqlite::Error> for HomeError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Db(error.into())
    }
}

impl Explain for HomeError {
    fn code(&self) -> Code {
        match self {
            Self::NotFound(_) | Self::Missing { .. } | Self::NoBackup(_) => Code::NotFound,
            Self::Open(_) => Code::WrongState,
            Self::NameTaken(_) => Code::Exists,
            Self::BadName | Self::BadColour(_) | Self::BadSetting(_) => Code::InvalidInput,
            Self::Trash { .. } => Code::Internal,
            Self::Busy(e) => e.code(),
            Self::Secret(e) => e.code(),
            Self::Db(e) | Self::Unopened { source: e, .. } => e.code(),
            Self::Media(e) => e.code(),
            Self::Fonts(e) => e.code(),
            Self::Archive(e) => e.code(),
        }
    }

    fn details(&self) -> Value {
        match self {
            Self::Busy(e) => e.details(),
            Self::Db(e) => e.details(),
            Self::Archive(e) => e.details(),
            // Its copies can be offered.
            Self::Unopened { id, source } => {
                let mut details = source.details();
                details["profile"] = json!(id);
                details
            }
            _ => json!({}),
        }
    }
}

/// A profile in the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ProfileInfo {
    /// Its id.
    pub id: ProfileId,
    /// Its name, unique in this home (letter case aside).
    pub name: String,
    /// One of [`COLOURS`].
    pub colour: String,
    /// Opened when no other is asked for.
    pub default: bool,
    /// UTC milliseconds.
    pub created_at: i64,
    /// UTC milliseconds of the last use.
    pub used_at: i64,
    /// Its folder is not there.
    pub missing: bool,
}

/// The home, open. Clones share the same parts.
#[derive(Clone)]
pub struct Home {
    inner: Arc<HomeInner>,
}

struct HomeInner {
    host: Host,
    root: PathBuf,
    app: Arc<Db>,
    fonts: PathBuf,
    device: String,
    secret_file: Arc<SecretFile>,
    installed: Installed,
    encoders: Arc<Semaphore>,
    tools: SharedTools,
    transfers: Transfers,
    open: Mutex<HashMap<ProfileId, Weak<Inner>>>,
}

fn app_migrations() -> (Migrations<'static>, i64) {
    let steps = vec![
        M::up(include_str!("../../../../migrations/app/0001_initial.sql")),
        M::up(include_str!("../../../../migrations/app/0002_claims.sql")),
    ];
    let known = i64::try_from(steps.len()).unwrap_or(i64::MAX);
    (Migrations::new(steps), known)
}

fn profile_migrations() -> (Migrations<'static>, i64) {
    let steps = vec![
        M::up(include_str!("../../../../migrations/profile/0001_initial.sql")),
        M::up(include_str!("../../../../migrations/profile/0002_window.sql")),
        M::up(include_str!("../../../../migrations/profile/0003_money.sql")),
        M::up(include_str!("../../../../migrations/profile/0004_shares.sql")),
        M::up(include_str!("../../../../migrations/profile/0005_voice_of_clips.sql")),
        M::up(include_str!("../../../../migrations/profile/0006_sync.sql")),
        M::up(include_str!("../../../../migrations/profile/0007_sync_media.sql")),
        M::up(include_str!("../../../../migrations/profile/0008_publications.sql")),
        M::up(include_str!("../../../../migrations/profile/0009_publishing.sql")),
        M::up(include_str!("../../../../migrations/profile/0010_published.sql")),
    ];
    let known = i64::try_from(steps.len()).unwrap_or(i64::MAX);
    (Migrations::new(steps), known)
}

impl Home {
    /// Opens the home, making it when it is not there. Profiles whose folder is there but which are not listed (put
    /// back from the trash) are listed again.
    ///
    /// # Errors
    /// [`HomeError`] when the folder or the app database cannot be used.
    pub fn open(host: Host) -> Result<Self, HomeError> {
        std::fs::create_dir_all(host.home.join("profiles")).map_err(MediaError::io("made", &host.home))?;
        let root = host.home.canonicalize().map_err(MediaError::io("read", &host.home))?;
        let (migrations, known) = app_migrations();
        let app = Arc::new(Db::open(&root.join("app.sqlite"), &root.join("backups"), &migrations, known)?);
        let fonts = crate::captions::fonts::unpack(&root)?;
        let encoders = Arc::new(Semaphore::new(host.concurrency.max(1)));
        let device = device::of(&app)?;
        let secret_file = Arc::new(SecretFile::at(root.join("secrets.age")));
        let transfers = Transfers::default();
        let (tools, open) = (SharedTools::new(host.tools.clone()), Mutex::new(HashMap::new()));
        let installed = Installed::of(&root, tools.clone(), host.endpoints.get(installed::SERVICE).cloned());
        let inner =
            HomeInner { host, root, app, fonts, device, secret_file, installed, encoders, tools, transfers, open };
        let home = Self { inner: Arc::new(inner) };
        home.inner.tools.replace(home.tools());
        crate::archive::sweep(home.root());
        home.adopt_unlisted()?;
        Ok(home)
    }

    /// The home's folder.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.inner.root
    }

    /// What the program gave at the start.
    #[must_use]
    pub fn host(&self) -> &Host {
        &self.inner.host
    }

    /// The bundled fonts, unpacked.
    #[must_use]
    pub fn fonts(&self) -> &Path {
        &self.inner.fonts
    }

    /// The file with a passphrase that keeps secrets where there is no keyring.
    #[must_use]
    pub fn secret_file(&self) -> &SecretFile {
        &self.inner.secret_file
    }

    /// Piper's voices and the ONNX Runtime on this machine.
    #[must_use]
    pub fn installed(&self) -> &Installed {
        &self.inner.installed
    }

    /// The profile with this id. The same handle is handed out while anybody holds it.
    ///
    /// # Errors
    /// [`HomeError::NotFound`], [`HomeError::Missing`], or what opening its database says (newer, damaged, …). Nothing
    /// of the profile is changed then.
    pub fn profile(&self, id: ProfileId) -> Result<Profile, HomeError> {
        let info = self.info(id)?;
        let mut open = self.inner.open.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(inner) = open.get(&id).and_then(Weak::upgrade) {
            return Ok(Profile::from_inner(inner));
        }
        let root = self.folder_of(id);
        // A folder that vanished must not be made anew, empty: the person would think everything was deleted.
        if !root.join("profile.sqlite").is_file() {
            return Err(HomeError::Missing { name: info.name, folder: root });
        }
        let profile = self.assemble(id)?;
        open.insert(id, profile.downgrade());
        // Money that a dead process held is free again. Should that fail, the next paid call tries it before it reserves.
        if let Err(error) = crate::budget::recover(&profile) {
            tracing::warn!(profile = %id, %error, "what a dead process held is still held");
        }
        Ok(profile)
    }

    /// Whether anybody in this process holds the profile.
    #[must_use]
    pub fn is_held(&self, id: ProfileId) -> bool {
        let open = self.inner.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.get(&id).is_some_and(|inner| inner.strong_count() > 0)
    }

    fn assemble(&self, id: ProfileId) -> Result<Profile, HomeError> {
        let folder = Folder::open(self.folder_of(id), self.inner.fonts.clone())?;
        let (migrations, known) = profile_migrations();
        let root = folder.root().to_owned();
        let db = Db::open(&root.join("profile.sqlite"), &root.join("backups"), &migrations, known)
            .map_err(|source| HomeError::Unopened { id, source })?;
        // Before anybody can change anything: a migration may have taken triggers with it, or brought columns.
        if db.read(capture::is_stale).map_err(|source| HomeError::Unopened { id, source })? {
            db.write(capture::refresh).map_err(|source| HomeError::Unopened { id, source })?;
        }
        Ok(Profile::assemble(Parts {
            id,
            db,
            folder,
            secrets: Secrets::of(id, self.inner.host.secrets.clone(), self.inner.secret_file.clone()),
            toolbox: Toolbox::of(self.inner.tools.clone()),
            encoders: self.inner.encoders.clone(),
            endpoints: self.inner.host.endpoints.clone(),
            installed: self.inner.installed.clone(),
            process_name: self.inner.host.process_name.clone(),
            device: self.inner.device.clone(),
            claims: claims::Claims::of(self.inner.app.clone(), id),
        }))
    }

    fn folder_of(&self, id: ProfileId) -> PathBuf {
        self.inner.root.join("profiles").join(id.to_string())
    }

    fn read<T>(&self, work: impl FnOnce(&Reader<'_>) -> Result<T, HomeError>) -> Result<T, HomeError> {
        self.inner.app.read(work)
    }
}

impl std::fmt::Debug for Home {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Home").field("root", &self.inner.root).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
