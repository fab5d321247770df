//! Piper's voices and the ONNX Runtime on this machine. They belong to the home, not to a profile, and come only when a
//! person asks: downloaded from the list in `catalog`, or taken from a folder or an archive. A voice may speak once its test
//! sentence was heard.
//!
//! What is not here: how such a voice speaks (`piper`), and whether a profile's chain asks it (`chain`).

mod archive;
mod catalog;
mod error;
mod fetch;
mod import;
mod install;
mod note;
mod offer;
mod place;
mod trial;

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::{Duration, Instant};

use ort::environment::Environment;
use tokio_util::sync::CancellationToken;

use super::piper::engine::{self, Engine, EngineError};
use crate::ffmpeg::{SharedTools, Toolbox};
pub use error::InstallError;
pub use install::Tell;
pub(crate) use note::InstalledVoice;
use note::RuntimeNote;
pub use offer::{Arriving, ArrivingStep, RuntimeOffer, VoiceCatalog, VoiceOffer, VoiceState};

/// The id under which the runtime is removed.
pub const RUNTIME: &str = "onnxruntime";
/// The name under which another base address is given.
pub const SERVICE: &str = "voices";
/// How often whoever looks is told of progress.
const TELL_EVERY: Duration = Duration::from_millis(250);

/// What is installed. Clones share it.
#[derive(Clone)]
pub struct Installed {
    inner: Arc<Inner>,
}

struct Inner {
    folder: PathBuf,
    toolbox: Toolbox,
    base: Option<String>,
    loaded: Mutex<Loaded>,
    doing: Mutex<Option<Doing>>,
}

#[derive(Default)]
struct Loaded {
    /// A process loads a runtime once and keeps it.
    runtime: Option<(String, Environment)>,
    engines: HashMap<String, Weak<Engine>>,
}

/// What is being installed now.
struct Doing {
    arriving: Arriving,
    cancel: CancellationToken,
    told: Instant,
}

/// The runtime that is installed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Runtime {
    pub(crate) version: String,
    pub(crate) library: PathBuf,
    /// BLAKE3.
    pub(crate) hash: String,
    pub(crate) bytes: u64,
}

impl std::fmt::Debug for Installed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Installed").field("folder", &self.inner.folder).finish_non_exhaustive()
    }
}

/// What the runtime's library is called on this system.
pub(crate) fn library_name() -> String {
    format!("{}onnxruntime{}", std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX)
}

impl Installed {
    /// Of the home in this folder. `base` stands for the hosts of everything that is downloaded.
    pub(crate) fn of(home: &Path, tools: SharedTools, base: Option<String>) -> Self {
        let inner = Inner {
            folder: home.join("voices"),
            toolbox: Toolbox::of(tools),
            base,
            loaded: Mutex::default(),
            doing: Mutex::default(),
        };
        Self { inner: Arc::new(inner) }
    }

    fn voices_folder(&self) -> PathBuf {
        self.inner.folder.join("piper")
    }

    fn runtime_folder(&self) -> PathBuf {
        self.inner.folder.join("runtime")
    }

    /// The voices that are there, by name. One that cannot be read is left out.
    pub(crate) fn voices(&self) -> Vec<InstalledVoice> {
        let Ok(entries) = std::fs::read_dir(self.voices_folder()) else { return Vec::new() };
        let folders = entries.flatten().map(|entry| entry.path()).filter(|path| path.join(note::NOTE).is_file());
        let mut voices: Vec<InstalledVoice> = folders
            .filter_map(|folder| {
                InstalledVoice::read(&folder)
                    .inspect_err(|error| {
                        tracing::warn!(%error, folder = %folder.display(), "an installed voice cannot be read");
                    })
                    .ok()
            })
            .collect();
        voices.sort_by(|a, b| a.note.id.cmp(&b.note.id));
        voices
    }

    /// The voice with this id.
    pub(crate) fn voice(&self, id: &str) -> Option<InstalledVoice> {
        self.voices().into_iter().find(|voice| voice.note.id == id)
    }

    /// The runtime, when it is there.
    pub(crate) fn runtime(&self) -> Option<Runtime> {
        let folder = self.runtime_folder();
        let path = folder.join(note::NOTE);
        if !path.is_file() {
            return None;
        }
        match note::read::<RuntimeNote>(&path) {
            Ok(note) => {
                let library = folder.join(&note.file);
                library.is_file().then_some(Runtime {
                    version: note.version,
                    library,
                    hash: note.hash,
                    bytes: note.bytes,
                })
            }
            Err(error) => {
                tracing::warn!(%error, "the installed runtime cannot be read");
                None
            }
        }
    }

    /// Why a voice that is there cannot speak, for a person; `None` when it can.
    pub(crate) fn lacks(&self, voice: &InstalledVoice) -> Option<&'static str> {
        if self.runtime().is_none() {
            return Some("ONNX Runtime is not installed");
        }
        if self.inner.toolbox.espeak_path().is_err() {
            return Some("espeak-ng is not installed");
        }
        voice.note.heard_with.is_none().then_some("its test sentence was not heard yet")
    }

    /// The model of a voice in memory. It stays there while anybody holds it. Blocking.
    pub(crate) fn engine(&self, voice: &InstalledVoice) -> Result<Arc<Engine>, EngineError> {
        let mut loaded = self.inner.loaded.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(engine) = loaded.engines.get(&voice.note.model).and_then(Weak::upgrade) {
            return Ok(engine);
        }
        let model = voice.model();
        let found = super::cache::hash_of(&model).map_err(|error| EngineError::Model(error.to_string()))?;
        if found != voice.note.model {
            let says = "its file was changed or damaged since it was installed; install it again";
            return Err(EngineError::Model(says.into()));
        }
        let environment = self.environment(&mut loaded)?;
        let engine = Arc::new(Engine::new(environment, model, voice.config.has_speakers()));
        loaded.engines.retain(|_, engine| engine.strong_count() > 0);
        loaded.engines.insert(voice.note.model.clone(), Arc::downgrade(&engine));
        Ok(engine)
    }

    /// The runtime, loaded.
    fn environment(&self, loaded: &mut Loaded) -> Result<Environment, EngineError> {
        if let Some((_, environment)) = &loaded.runtime {
            // One that was installed since is used after the next start.
            return Ok(environment.clone());
        }
        let none = || EngineError::Model("the ONNX Runtime is not installed".into());
        let runtime = self.runtime().ok_or_else(none)?;
        let failed = |says: String| EngineError::Runtime { path: runtime.library.clone(), says };
        let found = super::cache::hash_of(&runtime.library).map_err(|error| failed(error.to_string()))?;
        if found != runtime.hash {
            return Err(failed("it was changed or damaged since it was installed; install it again".into()));
        }
        let environment = engine::load_runtime(&runtime.library)?;
        loaded.runtime = Some((runtime.hash, environment.clone()));
        Ok(environment)
    }
}
