//! A profile: the handle through which everything of one brand is reached.
//!
//! A [`Profile`] is a value you hold, not an id you pass. It is a cheap clone over private parts (database, folder,
//! secrets, events); only [`crate::home::Home`] makes one. A function that touches data takes `&Profile` (or a
//! [`db::Reader`]/[`db::Writer`] that only a profile hands out), so code that forgets the profile does not compile.
//! A background task owns its clone: switching profiles elsewhere changes nothing for it.

pub mod daily;
pub mod db;
pub mod events;
mod keep;
pub mod lock;
pub mod media;
pub mod part;
pub mod secret_file;
pub mod secrets;
pub mod settings;
pub mod storage;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use tokio::sync::Semaphore;

use crate::budget::Payer;
use crate::ffmpeg::Toolbox;
use crate::home::claims::Claims;
use crate::ids::ProfileId;
use crate::speech::chain::breaker::Breakers;
use crate::speech::installed::Installed;
use db::{Db, DbError, Reader, Writer};
use events::{Event, Events};
use media::Folder;
use secrets::Secrets;

/// One brand's workspace, open. Clones share the same parts.
#[derive(Clone)]
pub struct Profile {
    inner: Arc<Inner>,
    toolbox: Toolbox,
}

pub(crate) struct Inner {
    id: ProfileId,
    db: Db,
    folder: Folder,
    secrets: Secrets,
    events: Events,
    payer: Payer,
    claims: Claims,
    device: String,
    toolbox: Toolbox,
    encoders: Arc<Semaphore>,
    endpoints: BTreeMap<String, String>,
    breakers: Breakers,
    installed: Installed,
    process_name: String,
    span: tracing::Span,
}

/// What [`crate::home::Home`] puts together to open a profile.
pub(crate) struct Parts {
    pub id: ProfileId,
    pub db: Db,
    pub folder: Folder,
    pub secrets: Secrets,
    pub toolbox: Toolbox,
    pub encoders: Arc<Semaphore>,
    pub endpoints: BTreeMap<String, String>,
    /// The same for all profiles of the home.
    pub installed: Installed,
    pub process_name: String,
    /// Which machine this is, the same for all profiles of the home.
    pub device: String,
    /// What of the world outside is this profile's.
    pub claims: Claims,
}

impl Profile {
    pub(crate) fn assemble(parts: Parts) -> Self {
        let span = tracing::info_span!("profile", profile = %parts.id);
        let toolbox = parts.toolbox.clone();
        Self {
            toolbox,
            inner: Arc::new(Inner {
                id: parts.id,
                payer: Payer::new(parts.folder.root().join("payers"), parts.device.clone()),
                claims: parts.claims,
                device: parts.device,
                db: parts.db,
                folder: parts.folder,
                secrets: parts.secrets,
                events: Events::new(),
                toolbox: parts.toolbox,
                encoders: parts.encoders,
                endpoints: parts.endpoints,
                breakers: Breakers::default(),
                installed: parts.installed,
                process_name: parts.process_name,
                span,
            }),
        }
    }

    pub(crate) fn downgrade(&self) -> std::sync::Weak<Inner> {
        Arc::downgrade(&self.inner)
    }

    pub(crate) fn from_inner(inner: Arc<Inner>) -> Self {
        Self { toolbox: inner.toolbox.clone(), inner }
    }

    /// The same profile, whose tools keep a journal of what this handle and its clones run with them.
    pub(crate) fn with_journal(&self) -> Self {
        Self { inner: Arc::clone(&self.inner), toolbox: self.toolbox.with_journal() }
    }

    /// Which profile this is.
    #[must_use]
    pub fn id(&self) -> ProfileId {
        self.inner.id
    }

    /// Reads from the profile's database.
    ///
    /// # Errors
    /// What `work` returns, or a [`DbError`] when no connection can be had.
    pub fn read<T, E: From<DbError>>(&self, work: impl FnOnce(&Reader<'_>) -> Result<T, E>) -> Result<T, E> {
        self.inner.db.read(work)
    }

    /// Changes the profile's database in one IMMEDIATE transaction: committed when `work` returns `Ok`, undone otherwise.
    ///
    /// # Errors
    /// What `work` returns, or a [`DbError`] when the transaction cannot start or commit.
    pub fn write<T, E: From<DbError>>(&self, work: impl FnOnce(&Writer<'_>) -> Result<T, E>) -> Result<T, E> {
        self.inner.db.write(work)
    }

    /// The profile's folder: the only way from a [`media::MediaPath`] to a real path.
    #[must_use]
    pub fn folder(&self) -> &Folder {
        &self.inner.folder
    }

    /// The profile's credentials.
    #[must_use]
    pub fn secrets(&self) -> &Secrets {
        &self.inner.secrets
    }

    /// Who this process is in the ledger.
    pub(crate) fn payer(&self) -> &Payer {
        &self.inner.payer
    }

    /// What of the world outside belongs to this profile alone.
    pub(crate) fn claims(&self) -> &Claims {
        &self.inner.claims
    }

    /// Which machine this is, the same for all profiles of the home.
    pub(crate) fn device(&self) -> &str {
        &self.inner.device
    }

    /// Where to hear what changes in this profile.
    #[must_use]
    pub fn events(&self) -> &Events {
        &self.inner.events
    }

    /// Tells whoever listens to this profile.
    pub fn announce(&self, event: Event) {
        self.inner.events.send(event);
    }

    /// The outside programs this profile's work runs.
    #[must_use]
    pub fn toolbox(&self) -> &Toolbox {
        &self.toolbox
    }

    /// The places for encoders that all profiles of this process share.
    #[must_use]
    pub fn encoders(&self) -> &Arc<Semaphore> {
        &self.inner.encoders
    }

    /// The address that was given for a service instead of its real one.
    #[must_use]
    pub fn endpoint(&self, service: &str) -> Option<&str> {
        self.inner.endpoints.get(service).map(String::as_str)
    }

    /// Piper's voices on this machine.
    pub(crate) fn installed(&self) -> &Installed {
        &self.inner.installed
    }

    /// Which voice providers of this profile are left alone for a while.
    pub(crate) fn breakers(&self) -> &Breakers {
        &self.inner.breakers
    }

    /// Who this process is, for the runner lock's message.
    #[must_use]
    pub fn process_name(&self) -> &str {
        &self.inner.process_name
    }

    /// The tracing span that stamps this profile's id on every log line of work done for it.
    #[must_use]
    pub fn span(&self) -> tracing::Span {
        self.inner.span.clone()
    }

    /// The real path of the profile's folder, for messages to the person whose folder it is.
    #[must_use]
    pub fn root(&self) -> &Path {
        self.inner.folder.root()
    }
}

impl std::fmt::Debug for Profile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Profile").field("id", &self.inner.id).finish_non_exhaustive()
    }
}
